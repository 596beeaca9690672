package org.altmin.linalg.cpu.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.Stream;
import org.altmin.linalg.Expr;
import org.altmin.linalg.Kernel;
import org.altmin.linalg.LinearAlgebra;
import org.altmin.linalg.LinearAlgebraOptions;
import org.altmin.linalg.Matrix;
import org.altmin.linalg.Precision;
import org.altmin.linalg.RandomStream;
import org.altmin.linalg.Reduction;
import org.altmin.linalg.cpu.CpuProvider;
import org.altmin.testkit.reference.ExprInterpreter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Random kernels, bit for bit against the {@link ExprInterpreter}. */
class EvaluatorTest {

    private static final int INPUTS = 4;
    private static final int PARAMETERS = 2;
    private static final int KERNELS = 5;
    private static final int[][] SHAPES = {
        {1, 1}, {1, 5000}, {2, 3}, {7, 1}, {10, 3001}, {60, 90}, {130, 30}, {513, 5}, {1025, 4}, {2053, 3}, {9000, 1}
    };

    static Stream<Arguments> cases() {
        List<Arguments> result = new ArrayList<>();
        for (int[] shape : SHAPES) {
            for (Precision precision : Precision.values()) {
                result.add(Arguments.of(shape[0], shape[1], precision, false));
            }
            result.add(Arguments.of(shape[0], shape[1], Precision.FLOAT32, true));
        }
        return result.stream();
    }

    @ParameterizedTest(name = "{0} x {1} {2} inDouble={3}")
    @MethodSource("cases")
    void applyAgreesWithTheInterpreter(int rows, int columns, Precision precision, boolean inDouble) {
        for (int seed = 0; seed < KERNELS; seed++) {
            Case one = new Case(seed, rows, columns, precision, inDouble);
            double[][] alone = one.run(1);
            double[][] together = one.run(3);
            requireSameBits(one, together, alone);
            one.verify(alone);
        }
    }

    @ParameterizedTest(name = "{0} x {1} {2} inDouble={3}")
    @MethodSource("cases")
    void reductionsAgreeWithTheInterpreter(int rows, int columns, Precision precision, boolean inDouble) {
        for (int seed = 0; seed < KERNELS; seed++) {
            for (Reduction reduction : Reduction.values()) {
                Case one = new Case(seed, rows, columns, precision, inDouble);
                double[][] alone = one.runReductions(1, reduction);
                double[][] together = one.runReductions(3, reduction);
                requireSameBits(one, together, alone);
                one.verifyReductions(reduction, alone);
            }
        }
    }

    private static void requireSameBits(Case one, double[][] together, double[][] alone) {
        for (int i = 0; i < alone.length; i++) {
            assertThat(together[i]).as("with several threads, %s", one).isEqualTo(alone[i]);
        }
    }

    /** One kernel with its arguments. */
    private static final class Case {

        private final long seed;
        private final int rows;
        private final int columns;
        private final Precision precision;
        private final Expr[] outputs;
        private final Expr[] totals;
        private final Kernel kernel;
        private final Kernel mapping;
        private final double[] parameters;
        private final int[][] shapes = new int[INPUTS][];
        private final double[][] elements = new double[INPUTS][];
        /** The input in whose place an output is computed, or −1. */
        private final int[] places;
        private final DoubleUnaryOperator stored;
        private final DoubleUnaryOperator evaluated;
        private final Precision arithmetic;

        Case(long seed, int rows, int columns, Precision precision, boolean inDouble) {
            RandomStream random = new RandomStream(seed).split(rows + "x" + columns);
            this.seed = seed;
            this.rows = rows;
            this.columns = columns;
            this.precision = precision;
            stored = precision == Precision.FLOAT32 ? x -> (float) x : x -> x;
            evaluated = inDouble ? x -> x : stored;
            arithmetic = inDouble ? Precision.FLOAT64 : precision;
            RandomExpressions expressions =
                    new RandomExpressions(random, INPUTS, PARAMETERS, random.nextInt(3) == 0);
            outputs = expressions(expressions, 1 + random.nextInt(3));
            totals = expressions(expressions, random.nextInt(3));
            Kernel.Builder builder = Kernel.builder();
            Kernel.Builder first = Kernel.builder().output(outputs[0]);
            if (inDouble) {
                builder.inDouble();
                first.inDouble();
            }
            Arrays.stream(outputs).forEach(builder::output);
            for (int i = 0; i < totals.length; i++) {
                builder.total(Reduction.values()[i % 2], totals[i]);
            }
            kernel = builder.build();
            mapping = first.build();
            parameters = new double[] {random.nextGaussian(), random.nextGaussian()};
            places = new int[outputs.length];
            Arrays.fill(places, -1);
            for (int i = 0; i < INPUTS; i++) {
                int kind = random.nextInt(6);
                shapes[i] = new int[] {kind % 4 == 1 || kind == 3 ? 1 : rows, kind % 4 == 2 || kind == 3 ? 1 : columns};
                elements[i] = new double[shapes[i][0] * shapes[i][1]];
                Arrays.setAll(elements[i], k -> stored.applyAsDouble(random.nextInt(20) == 0
                        ? special(random.nextInt(5))
                        : 2 * random.nextGaussian()));
                if (elements[i].length == rows * columns && random.nextInt(2) == 0) {
                    places[random.nextInt(places.length)] = i;
                }
            }
        }

        private static Expr[] expressions(RandomExpressions expressions, int count) {
            Expr[] result = new Expr[count];
            Arrays.setAll(result, i -> expressions.next(4));
            return result;
        }

        private static double special(int kind) {
            return new double[] {0, -0.0, Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY}[kind];
        }

        /** The outputs, then the totals. */
        double[][] run(int threads) {
            try (LinearAlgebra la = open(threads)) {
                Matrix[] inputs = upload(la);
                Matrix[] targets = new Matrix[outputs.length];
                for (int i = 0; i < targets.length; i++) {
                    targets[i] = places[i] < 0 ? view(la, rows, columns) : inputs[places[i]];
                }
                double[] sums = new double[totals.length];
                la.apply(kernel, targets, sums, parameters, inputs);
                double[][] result = new double[outputs.length + 1][];
                for (int i = 0; i < targets.length; i++) {
                    result[i] = la.toArray(targets[i]);
                }
                result[outputs.length] = sums;
                return result;
            }
        }

        void verify(double[][] actual) {
            for (int i = 0; i < outputs.length; i++) {
                double[] expected = Arrays.stream(interpret(outputs[i])).map(stored).toArray();
                assertThat(actual[i]).as("output %d of %s", i, this).isEqualTo(expected);
            }
            for (int i = 0; i < totals.length; i++) {
                double[] x = interpret(totals[i]);
                verifyReduction("total " + i, Reduction.values()[i % 2], x, evaluated, actual[outputs.length][i],
                        1e-12);
            }
        }

        /** Along rows, then along columns. */
        double[][] runReductions(int threads, Reduction reduction) {
            try (LinearAlgebra la = open(threads)) {
                Matrix[] inputs = upload(la);
                Matrix whole = la.allocate(rows, columns);
                inputs = Arrays.copyOf(inputs, INPUTS + 1);
                inputs[INPUTS] = whole;
                Matrix alongRows = view(la, rows, 1);
                Matrix alongColumns = view(la, 1, columns);
                la.reduceRows(mapping, reduction, alongRows, parameters, inputs);
                la.reduceColumns(mapping, reduction, alongColumns, parameters, inputs);
                return new double[][] {la.toArray(alongRows), la.toArray(alongColumns)};
            }
        }

        void verifyReductions(Reduction reduction, double[][] actual) {
            double[] x = interpret(outputs[0]);
            double tolerance = precision == Precision.FLOAT32 ? 1e-7 : 1e-12;
            for (int i = 0; i < rows; i++) {
                int row = i;
                double[] elements = new double[columns];
                Arrays.setAll(elements, j -> x[row + j * rows]);
                verifyReduction("row " + i, reduction, elements, stored, actual[0][i], tolerance);
            }
            for (int j = 0; j < columns; j++) {
                double[] elements = Arrays.copyOfRange(x, j * rows, (j + 1) * rows);
                verifyReduction("column " + j, reduction, elements, stored, actual[1][j], tolerance);
            }
        }

        private static double reduce(Reduction reduction, double[] x) {
            return switch (reduction) {
                case SUM -> Arrays.stream(x).sum();
                case MAX -> Arrays.stream(x).reduce(Double.NEGATIVE_INFINITY, Math::max);
            };
        }

        private void verifyReduction(String what, Reduction reduction, double[] x, DoubleUnaryOperator rounding,
                double actual, double tolerance) {
            double expected = reduce(reduction, x);
            double size = Arrays.stream(x).map(Math::abs).sum();
            if (reduction == Reduction.MAX) {
                assertThat(actual).as("%s of %s", what, this).isEqualTo((Double) rounding.applyAsDouble(expected));
            } else if (Double.isFinite(size) && size < Float.MAX_VALUE) {
                assertThat(actual).as("%s of %s", what, this).isCloseTo(expected, within(tolerance * size + 1e-45));
            }
        }

        private double[] interpret(Expr expr) {
            double[] result = new double[rows * columns];
            for (int j = 0; j < columns; j++) {
                double[][] column = new double[INPUTS][];
                for (int i = 0; i < INPUTS; i++) {
                    int from = shapes[i][1] == 1 ? 0 : j * shapes[i][0];
                    column[i] = Arrays.copyOfRange(elements[i], from, from + shapes[i][0]);
                }
                double[] values = ExprInterpreter.evaluate(expr, arithmetic, rows, parameters, column);
                System.arraycopy(values, 0, result, j * rows, rows);
            }
            return result;
        }

        private Matrix[] upload(LinearAlgebra la) {
            Matrix[] inputs = new Matrix[INPUTS];
            for (int i = 0; i < INPUTS; i++) {
                inputs[i] = view(la, shapes[i][0], shapes[i][1]);
                la.upload(elements[i], inputs[i]);
            }
            return inputs;
        }

        /** Not at the beginning of its buffer. */
        private static Matrix view(LinearAlgebra la, int rows, int columns) {
            return la.allocate(rows, columns + 3).columns(2, columns + 2);
        }

        private LinearAlgebra open(int threads) {
            return new LinearAlgebra("cpu", new CpuProvider().open(
                    LinearAlgebraOptions.of(precision).withThreads(threads)));
        }
    
        @Override
        public String toString() {
            return "the kernel of seed " + seed;
        }
    }
}

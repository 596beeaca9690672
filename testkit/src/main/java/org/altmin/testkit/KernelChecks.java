package org.altmin.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.altmin.linalg.Expr;
import org.altmin.linalg.Kernel;
import org.altmin.linalg.LinearAlgebra;
import org.altmin.linalg.Matrix;
import org.altmin.linalg.Precision;
import org.altmin.linalg.RandomStream;
import org.altmin.linalg.Reduction;
import org.altmin.testkit.reference.Dense;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** map and apply: broadcasting, several outputs, outputs in place, totals, sizes that cross chunk borders. */
abstract class KernelChecks extends BackendChecks {

    static final int[] ROWS = {1, 2, 3, 10, 63, 784, 1000, 1537};
    private static final double[] NONE = {};

    KernelChecks(LinearAlgebraContract contract) {
        super(contract);
    }

    @ParameterizedTest
    @EnumSource(Precision.class)
    void broadcastsRowsColumnsAndElements(Precision precision) {
        Expr expr = Expr.input(0).times(Expr.input(1)).minus(Expr.input(2).max(Expr.input(3)))
                .plus(Expr.parameter(0).times(Expr.input(1)));
        double[] parameters = {0.3};
        for (int rows : ROWS) {
            for (int columns : new int[] {1, 2, 7, 130}) {
                List<Dense> inputs = List.of(random(precision, rows, columns, 1), random(precision, rows, 1, 2),
                        random(precision, 1, columns, 3), random(precision, 1, 1, 4));
                assertMapped(precision, expr, rows, columns, parameters, inputs);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Precision.class)
    void broadcastsWithoutAFullInput(Precision precision) {
        Expr outer = Expr.input(0).plus(Expr.input(1));
        for (int rows : ROWS) {
            assertMapped(precision, outer, rows, 33, NONE,
                    List.of(random(precision, rows, 1, 1), random(precision, 1, 33, 2)));
            assertMapped(precision, outer, rows, 33, NONE,
                    List.of(random(precision, 1, 1, 1), random(precision, 1, 33, 2)));
            assertMapped(precision, outer, rows, 33, NONE,
                    List.of(random(precision, rows, 1, 1), random(precision, 1, 1, 2)));
            assertMapped(precision, outer, rows, 33, NONE,
                    List.of(random(precision, 1, 1, 1), random(precision, 1, 1, 2)));
            assertMapped(precision, Expr.parameter(1), rows, 33, new double[] {1, 2}, List.of());
        }
    }

    @ParameterizedTest
    @EnumSource(Precision.class)
    void allowsSurplusInputsAndParameters(Precision precision) {
        assertMapped(precision, Expr.input(1).negate(), 10, 20, new double[] {1, 2, 3},
                List.of(random(precision, 1, 20, 1), random(precision, 10, 20, 2), random(precision, 10, 1, 3)));
    }

    @ParameterizedTest
    @EnumSource(Precision.class)
    void crossesChunkBorders(Precision precision) {
        Expr expr = Expr.input(0).max(0).times(Expr.input(1)).plus(Expr.input(2));
        for (int[] shape : new int[][] {{1000, 1001}, {784, 503}, {10, 30_011}, {1, 150_001}, {1_000_003, 1},
                {3, 70_001}, {4097, 129}}) {
            int rows = shape[0];
            int columns = shape[1];
            assertMapped(precision, expr, rows, columns, NONE, List.of(random(precision, rows, columns, 1),
                    random(precision, rows, 1, 2), random(precision, 1, columns, 3)));
        }
    }

    @ParameterizedTest
    @EnumSource(Precision.class)
    void doesNothingOnEmptyMatrices(Precision precision) {
        LinearAlgebra la = la(precision);
        Kernel kernel = Kernel.builder().output(Expr.input(0).exp()).sum(Expr.input(0))
                .total(Reduction.MAX, Expr.input(0)).build();
        double[] totals = {7, 7};
        for (int[] shape : new int[][] {{0, 4}, {4, 0}, {0, 0}}) {
            Matrix empty = zeros(precision, shape[0], shape[1]);
            la.apply(kernel, new Matrix[] {empty}, totals, NONE, zeros(precision, shape[0], shape[1]));
            assertThat(totals).containsExactly(0, Double.NEGATIVE_INFINITY);
        }
    }

    @ParameterizedTest
    @EnumSource(Precision.class)
    void writesSeveralOutputsInOnePass(Precision precision) {
        LinearAlgebra la = la(precision);
        Expr x = Expr.input(0);
        Expr y = Expr.input(1);
        List<Expr> exprs = List.of(x.plus(y), x, Expr.constant(3), x.minus(y).abs().sqrt(), x.plus(y).times(x), x);
        Kernel.Builder builder = Kernel.builder();
        exprs.forEach(builder::output);
        Kernel kernel = builder.build();
        for (int rows : ROWS) {
            List<Dense> inputs = List.of(random(precision, rows, 90, 1), random(precision, rows, 1, 2));
            Matrix[] outputs = new Matrix[exprs.size()];
            for (int k = 0; k < outputs.length; k++) {
                outputs[k] = view(precision, Dense.zeros(rows, 90));
            }
            la.apply(kernel, outputs, NONE, NONE, on(precision, inputs));
            for (int k = 0; k < outputs.length; k++) {
                Agreement.assertIdentical("output " + k,
                        Dense.of(exprs.get(k), precision, rows, 90, NONE, inputs), Dense.of(outputs[k]));
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Precision.class)
    void writesOverItsInputs(Precision precision) {
        Expr x = Expr.input(0);
        Expr y = Expr.input(1);
        Kernel kernel = Kernel.builder().output(y.times(2)).output(x.plus(y)).build();
        for (int rows : ROWS) {
            List<Dense> inputs = List.of(random(precision, rows, 701, 1), random(precision, rows, 701, 2));
            Matrix[] matrices = on(precision, inputs);
            la(precision).apply(kernel, matrices, NONE, NONE, matrices);
            Agreement.assertIdentical("first", Dense.of(y.times(2), precision, rows, 701, NONE, inputs),
                    Dense.of(matrices[0]));
            Agreement.assertIdentical("second", Dense.of(x.plus(y), precision, rows, 701, NONE, inputs),
                    Dense.of(matrices[1]));
        }
    }

    @ParameterizedTest
    @EnumSource(Precision.class)
    void writesOneViewFromAnotherOfTheSameMatrix(Precision precision) {
        Dense elements = random(precision, 10, 200, 3);
        Matrix whole = matrix(precision, elements);
        la(precision).map(whole.columns(100, 200), Kernel.map(Expr.input(0).times(2)), whole.columns(0, 100));
        Agreement.assertIdentical("the source", elements.columns(0, 100), Dense.of(whole.columns(0, 100)));
        Agreement.assertIdentical("the target", elements.columns(0, 100).map(x -> 2 * x),
                Dense.of(whole.columns(100, 200)));
    }

    @ParameterizedTest
    @EnumSource(Precision.class)
    void totalsBesideOutputs(Precision precision) {
        LinearAlgebra la = la(precision);
        Expr x = Expr.input(0);
        Kernel kernel = Kernel.builder().output(x.max(0)).sum(x).sum(x.square()).total(Reduction.MAX, x)
                .total(Reduction.MAX, x.negate()).sum(Expr.constant(1)).build();
        for (int rows : ROWS) {
            for (int columns : new int[] {1, 5, 401}) {
                Dense elements = random(precision, rows, columns, 5);
                Matrix onX = view(precision, elements);
                double[] totals = new double[5];
                la.apply(kernel, new Matrix[] {onX}, totals, NONE, onX);
                Agreement.assertIdentical("the output", elements.map(e -> Math.max(e, 0)), Dense.of(onX));
                assertTotals(precision, elements, totals);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Precision.class)
    void accumulatesTotalsInDouble(Precision precision) {
        LinearAlgebra la = la(precision);
        int count = 2_003_000;
        Matrix x = zeros(precision, 1, count);
        la.fill(x, 0.1);
        double element = precision == Precision.FLOAT32 ? 0.1f : 0.1;
        assertThat(la.reduce(Kernel.sum(Expr.input(0)), x)).isCloseTo(element * count, within(1e-5));
        la.fill(x.columns(0, 1), 1e8);
        assertThat(la.reduce(Kernel.sum(Expr.input(0)), x)).isCloseTo(1e8 + element * (count - 1), within(0.5));
    }

    @ParameterizedTest
    @EnumSource(Precision.class)
    void reducesWhatIsBroadcast(Precision precision) {
        LinearAlgebra la = la(precision);
        Kernel kernel = Kernel.sum(Expr.input(0).times(Expr.input(1)));
        Matrix column = matrix(precision, new Dense(3, 1, 1, 2, 3));
        Matrix row = matrix(precision, new Dense(1, 4, 1, 10, 100, 1000));
        assertThat(la.reduce(kernel, column, row)).isEqualTo(6 * 1111);
        assertThat(la.reduce(Kernel.sum(Expr.parameter(0)), new double[] {4}, column, row)).isEqualTo(48);
        assertThat(la.reduce(Kernel.sum(Expr.parameter(0)), new double[] {4})).isEqualTo(4);
    }

    @ParameterizedTest
    @EnumSource(Precision.class)
    void maximaFollowTheRulesForNaNAndZero(Precision precision) {
        LinearAlgebra la = la(precision);
        Kernel kernel = Kernel.reduce(Reduction.MAX, Expr.input(0));
        Dense zeros = Dense.zeros(7, 700).map(x -> -0.0);
        Matrix x = matrix(precision, zeros);
        assertThat(Agreement.identical(-0.0, la.reduce(kernel, x))).as("max of -0").isTrue();
        zeros.set(3, 650, 0);
        la.upload(zeros.values(), x);
        assertThat(Agreement.identical(0, la.reduce(kernel, x))).as("max of -0 and 0").isTrue();
        zeros.set(2, 333, Double.NaN);
        zeros.set(2, 334, Double.POSITIVE_INFINITY);
        la.upload(zeros.values(), x);
        assertThat(la.reduce(kernel, x)).isNaN();
        assertThat(la.reduce(Kernel.sum(Expr.input(0)), x)).isNaN();
        la.fill(x, Double.NEGATIVE_INFINITY);
        assertThat(la.reduce(kernel, x)).isEqualTo(Double.NEGATIVE_INFINITY);
    }

    @ParameterizedTest
    @EnumSource(Precision.class)
    void evaluatesInDoubleWhereAskedTo(Precision precision) {
        LinearAlgebra la = la(precision);
        Expr lost = Expr.input(0).times(Expr.constant(1 + 1e-12)).minus(Expr.input(0)).dividedBy(Expr.parameter(0));
        Kernel kernel = Kernel.builder().output(lost).sum(lost).inDouble().build();
        Dense x = random(precision, 10, 301, 6);
        double[] parameters = {1e-12};
        Matrix output = zeros(precision, 10, 301);
        double[] totals = new double[1];
        la.apply(kernel, new Matrix[] {output}, totals, parameters, matrix(precision, x));
        Dense expected = Dense.of(lost, Precision.FLOAT64, 10, 301, parameters, List.of(x));
        Agreement.assertIdentical("in double", expected.rounded(precision), Dense.of(output));
        double sum = 0;
        for (double value : expected.values()) {
            sum += value;
        }
        assertThat(totals[0]).isCloseTo(sum, within(1e-8));
    }

    @ParameterizedTest
    @EnumSource(Precision.class)
    void roundsConstantsAndParametersToThePrecision(Precision precision) {
        assertMapped(precision, Expr.input(0).plus(Expr.constant(0.1)).times(Expr.parameter(0)), 5, 7,
                new double[] {1 / 3.0}, List.of(random(precision, 5, 7, 8)));
    }

    /** What depends on no element is computed once, and must be what it would be at an element. */
    @ParameterizedTest
    @EnumSource(Precision.class)
    void computesWithParametersAsWithElements(Precision precision) {
        Kernel ofParameters = Kernel.map(ofTwo(Expr.parameter(0), Expr.parameter(1)));
        Kernel ofElements = Kernel.map(ofTwo(Expr.input(1), Expr.input(2)));
        Matrix x = matrix(precision, random(precision, 10, 33, 9));
        Matrix once = zeros(precision, 10, 33);
        Matrix each = zeros(precision, 10, 33);
        for (int seed = 0; seed < 40; seed += 2) {
            Dense p = random(precision, 1, 1, seed);
            Dense q = random(precision, 1, 1, seed + 1);
            la(precision).map(once, ofParameters, new double[] {p.values()[0], q.values()[0]}, x);
            la(precision).map(each, ofElements, NONE, x, matrix(precision, p), matrix(precision, q));
            Agreement.assertIdentical("of parameters", Dense.of(each), Dense.of(once));
        }
    }

    private static Expr ofTwo(Expr p, Expr q) {
        Expr share = p.square().dividedBy(p.minus(q));
        Expr chosen = Expr.select(q.lessThan(p), share.sqrt().exp(), share);
        return Expr.input(0).times(chosen).plus(q.tanh().max(p));
    }

    /** Random expressions of exact operations over special values; a difference is a wrong program. */
    @ParameterizedTest
    @EnumSource(Precision.class)
    void agreesOnRandomExpressions(Precision precision) {
        double[] specials = {0, -0.0, 1, -1, 2, 0.5, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, Double.NaN,
                1e-40, 3e38, -1e-20};
        for (int seed = 0; seed < 200; seed++) {
            RandomExpressions source = new RandomExpressions(seed);
            Expr expr = source.next(2 + seed % 25);
            Dense first = random(precision, 11, 23, seed);
            Dense second = random(precision, 11, 1, seed + 1);
            Dense third = random(precision, 1, 23, seed + 2);
            RandomStream random = new RandomStream(seed);
            for (int k = 0; k < 40; k++) {
                first.values()[random.nextInt(first.values().length)] = specials[random.nextInt(specials.length)];
                third.values()[random.nextInt(23)] = specials[random.nextInt(specials.length)];
            }
            assertMapped(precision, expr, 11, 23, new double[] {0.7, -1.25},
                    List.of(first.rounded(precision), second, third.rounded(precision)));
        }
    }

    private void assertMapped(Precision precision, Expr expr, int rows, int columns, double[] parameters,
            List<Dense> inputs) {
        Matrix output = view(precision, Dense.zeros(rows, columns));
        Kernel kernel = Kernel.map(expr);
        la(precision).map(output, kernel, parameters, on(precision, inputs));
        Dense expected = Dense.of(expr, precision, rows, columns, parameters, inputs);
        Agreement.assertIdentical(kernel + " over " + inputs, expected, Dense.of(output));
        release();
    }

    private Matrix[] on(Precision precision, List<Dense> inputs) {
        List<Matrix> result = new ArrayList<>();
        inputs.forEach(input -> result.add(view(precision, input)));
        return result.toArray(Matrix[]::new);
    }

    private static void assertTotals(Precision precision, Dense elements, double[] totals) {
        double sum = 0;
        double absolute = 0;
        double squares = 0;
        double largest = Double.NEGATIVE_INFINITY;
        double smallest = Double.POSITIVE_INFINITY;
        for (double e : elements.values()) {
            sum += e;
            absolute += Math.abs(e);
            squares += precision == Precision.FLOAT32 ? (float) (e * e) : e * e;
            largest = Math.max(largest, e);
            smallest = Math.min(smallest, e);
        }
        assertThat(totals[0]).isCloseTo(sum, within(1e-11 * absolute));
        assertThat(totals[1]).isCloseTo(squares, within(1e-11 * squares));
        assertThat(totals[2]).isEqualTo(largest);
        assertThat(totals[3]).isEqualTo(-smallest);
        assertThat(totals[4]).isEqualTo(elements.values().length);
    }
}

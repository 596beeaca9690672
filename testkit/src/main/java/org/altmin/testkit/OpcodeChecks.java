package org.altmin.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.altmin.linalg.BinaryOperation;
import org.altmin.linalg.Expr;
import org.altmin.linalg.Kernel;
import org.altmin.linalg.LinearAlgebra;
import org.altmin.linalg.Matrix;
import org.altmin.linalg.Precision;
import org.altmin.linalg.RandomStream;
import org.altmin.linalg.UnaryOperation;
import org.altmin.testkit.reference.Dense;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every operation of the expression language over ±0, ±∞, NaN, denormal, tiny, huge and random operands. */
abstract class OpcodeChecks extends BackendChecks {

    private static final Set<UnaryOperation> EXACT =
            Set.of(UnaryOperation.NEGATE, UnaryOperation.ABS, UnaryOperation.SQRT);
    private static final int RANDOM_OPERANDS = 6000;
    private static final double[] MAGNITUDES = {0, Double.POSITIVE_INFINITY, Float.MIN_VALUE, 1e-42, 1e-40,
            Float.MIN_NORMAL, 0x1.fffffep-127, 1e-30, 1e-20, 1e-10, 1e-8, 6e-8, 1.2e-7, 1e-6, 1e-4, 2.44e-4, 0.01, 0.1,
            0.25, 0.34, 0.5, 0.625, Math.log(2) / 2, Math.log(2), 0.7, 0.9, 0.999999, 0.99999994, 1, 1.0000001, 1.5, 2,
            Math.E, 3, 7.9, 9, 10, 15.9, 17, 20, 22, 50, 87.3, 88, 88.7, 88.73, 89, 103, 104, 110, 127, 128, 150, 1000,
            65504, 8388608, 16777216, 2147483648d, 1e10, 1e20, 1e38, Float.MAX_VALUE};
    private static final double[] DOUBLE_MAGNITUDES = {Double.MIN_VALUE, 1e-310, Double.MIN_NORMAL, 1e-300, 1e-200,
            1e-17, 1e-16, 709.7, 709.8, 710, 745, 746, 800, 1e150, 1e300, Double.MAX_VALUE};

    OpcodeChecks(LinearAlgebraContract contract) {
        super(contract);
    }

    static List<Arguments> unaryOperations() {
        return combined(UnaryOperation.values());
    }

    static List<Arguments> binaryOperations() {
        return combined(BinaryOperation.values());
    }

    @ParameterizedTest
    @MethodSource("unaryOperations")
    void evaluatesUnary(UnaryOperation operation, Precision precision) {
        double[] operands = operands(precision);
        Kernel kernel = Kernel.map(new Expr.Unary(operation, Expr.input(0)));
        double[] results = run(precision, kernel, operands);
        for (int i = 0; i < operands.length; i++) {
            double expected = operation.apply(operands[i]);
            boolean right = EXACT.contains(operation)
                    ? Agreement.identical(stored(precision, expected), results[i])
                    : Agreement.elementary(precision, expected, results[i]);
            if (!right) {
                throw new AssertionError(operation + "(" + operands[i] + ") in " + precision + " is " + results[i]
                        + ", expected " + expected);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("unaryOperations")
    void neverLeavesTheRangeOfAFunction(UnaryOperation operation, Precision precision) {
        double[] operands = operands(precision);
        double[] results = run(precision, Kernel.map(new Expr.Unary(operation, Expr.input(0))), operands);
        for (int i = 0; i < operands.length; i++) {
            double lower = switch (operation) {
                case EXP, SQRT, ABS, LOGISTIC -> 0;
                case EXPM1, TANH -> -1;
                default -> Double.NEGATIVE_INFINITY;
            };
            double upper = switch (operation) {
                case TANH, LOGISTIC -> 1;
                default -> Double.POSITIVE_INFINITY;
            };
            if (results[i] < lower || results[i] > upper) {
                throw new AssertionError(operation + "(" + operands[i] + ") in " + precision + " is " + results[i]
                        + ", outside [" + lower + ", " + upper + "]");
            }
        }
    }

    @ParameterizedTest
    @MethodSource("binaryOperations")
    void evaluatesBinary(BinaryOperation operation, Precision precision) {
        double[][] pairs = pairs(precision);
        Kernel kernel = Kernel.map(new Expr.Binary(operation, Expr.input(0), Expr.input(1)));
        double[] results = run(precision, kernel, pairs);
        for (int i = 0; i < results.length; i++) {
            double expected = operation.apply(pairs[0][i], pairs[1][i]);
            if (!Agreement.identical(stored(precision, expected), results[i])) {
                throw new AssertionError(operation + "(" + pairs[0][i] + ", " + pairs[1][i] + ") in " + precision
                        + " is " + results[i] + ", expected " + stored(precision, expected));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("binaryOperations")
    void evaluatesBinaryWithAUniform(BinaryOperation operation, Precision precision) {
        double[] operands = operands(precision);
        double[] specials = specials(precision);
        Kernel left = Kernel.map(new Expr.Binary(operation, Expr.parameter(0), Expr.input(0)));
        Kernel right = Kernel.map(new Expr.Binary(operation, Expr.input(0), Expr.parameter(0)));
        for (int k = 0; k < specials.length; k += 3) {
            double special = specials[k];
            double[] onLeft = runWith(new double[] {special}, precision, left, operands);
            double[] onRight = runWith(new double[] {special}, precision, right, operands);
            for (int i = 0; i < operands.length; i++) {
                assertStored(precision, operation, special, operands[i], onLeft[i]);
                assertStored(precision, operation, operands[i], special, onRight[i]);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Precision.class)
    void selects(Precision precision) {
        double[] condition = operands(precision);
        Kernel kernel = Kernel.map(Expr.select(Expr.input(0), Expr.input(1), Expr.input(2)));
        double[] specials = specials(precision);
        double[] yes = new double[condition.length];
        double[] no = new double[condition.length];
        for (int i = 0; i < condition.length; i++) {
            yes[i] = specials[i * 7 % specials.length];
            no[i] = specials[i * 13 % specials.length];
        }
        double[] results = run(precision, kernel, condition, yes, no);
        for (int i = 0; i < results.length; i++) {
            double expected = condition[i] > 0 ? yes[i] : no[i];
            assertThat(Agreement.identical(expected, results[i]))
                    .as("select(%s, %s, %s) is %s", condition[i], yes[i], no[i], results[i]).isTrue();
        }
    }

    @ParameterizedTest
    @EnumSource(Precision.class)
    void keepsConstantsAndParameters(Precision precision) {
        for (double special : specials(precision)) {
            double[] one = {1};
            double constant = run(precision, Kernel.map(Expr.constant(special)), one)[0];
            assertThat(Agreement.identical(special, constant)).as("constant %s is %s", special, constant).isTrue();
            double parameter = runWith(new double[] {special}, precision, Kernel.map(Expr.parameter(0)), one)[0];
            assertThat(Agreement.identical(special, parameter)).as("parameter %s is %s", special, parameter).isTrue();
        }
        assertThat(run(precision, Kernel.map(Expr.constant(0.1)), new double[1])[0])
                .isEqualTo(stored(precision, 0.1));
    }

    @ParameterizedTest
    @EnumSource(Precision.class)
    void doesNotContractAProductAndASum(Precision precision) {
        double[] x = random(precision, 2000, 1, 1).values();
        double[] y = random(precision, 2000, 1, 2).values();
        double[] z = new double[2000];
        for (int i = 0; i < z.length; i++) {
            z[i] = -stored(precision, x[i] * y[i]);
        }
        Kernel kernel = Kernel.map(Expr.input(0).times(Expr.input(1)).plus(Expr.input(2)));
        assertThat(run(precision, kernel, x, y, z)).containsOnly(0);
    }

    private void assertStored(Precision precision, BinaryOperation operation, double x, double y, double actual) {
        double expected = stored(precision, operation.apply(x, y));
        if (!Agreement.identical(expected, actual)) {
            throw new AssertionError(operation + "(" + x + ", " + y + ") in " + precision
                    + " with a uniform operand is " + actual + ", expected " + expected);
        }
    }

    private double[] run(Precision precision, Kernel kernel, double[]... inputs) {
        return runWith(new double[0], precision, kernel, inputs);
    }

    /** Inputs as matrices of 17 rows, filled up with ones. */
    private double[] runWith(double[] parameters, Precision precision, Kernel kernel, double[]... inputs) {
        int rows = 17;
        int columns = (inputs[0].length + rows - 1) / rows;
        LinearAlgebra la = la(precision);
        Matrix[] onInputs = new Matrix[inputs.length];
        for (int k = 0; k < inputs.length; k++) {
            Dense padded = Dense.zeros(rows, columns).map(x -> 1);
            System.arraycopy(inputs[k], 0, padded.values(), 0, inputs[k].length);
            onInputs[k] = la.of(rows, columns, padded.values());
        }
        Matrix output = la.allocate(rows, columns);
        la.map(output, kernel, parameters, onInputs);
        double[] result = Arrays.copyOf(la.toArray(output), inputs[0].length);
        la.release(output);
        List.of(onInputs).forEach(la::release);
        return result;
    }

    private static double stored(Precision precision, double value) {
        return precision == Precision.FLOAT32 ? (float) value : value;
    }

    private static double[] specials(Precision precision) {
        List<Double> result = new ArrayList<>();
        result.add(Double.NaN);
        for (double magnitude : MAGNITUDES) {
            result.add(stored(precision, magnitude));
            result.add(stored(precision, -magnitude));
        }
        if (precision == Precision.FLOAT64) {
            for (double magnitude : DOUBLE_MAGNITUDES) {
                result.add(magnitude);
                result.add(-magnitude);
            }
        }
        return result.stream().mapToDouble(Double::doubleValue).toArray();
    }

    private static double[] operands(Precision precision) {
        double[] specials = specials(precision);
        double[] result = Arrays.copyOf(specials, specials.length + RANDOM_OPERANDS);
        RandomStream random = new RandomStream(99);
        for (int i = specials.length; i < result.length; i++) {
            result[i] = stored(precision, switch (i % 4) {
                case 0 -> random.nextDouble(-1, 1);
                case 1 -> random.nextDouble(-20, 20);
                case 2 -> random.nextDouble(-110, 110);
                default -> power(precision, random);
            });
        }
        return result;
    }

    /** Any exponent is as likely as any other. */
    private static double power(Precision precision, RandomStream random) {
        int smallest = precision == Precision.FLOAT32 ? -149 : -1074;
        int largest = precision == Precision.FLOAT32 ? 127 : 1023;
        double mantissa = random.nextDouble(1, 2) * (random.nextInt(2) == 0 ? 1 : -1);
        return Math.scalb(mantissa, smallest + random.nextInt(largest - smallest + 1));
    }

    /** All pairs of special operands, and random pairs. */
    private static double[][] pairs(Precision precision) {
        double[] specials = specials(precision);
        double[] operands = operands(precision);
        int squares = specials.length * specials.length;
        double[][] result = new double[2][squares + operands.length];
        for (int i = 0; i < squares; i++) {
            result[0][i] = specials[i / specials.length];
            result[1][i] = specials[i % specials.length];
        }
        for (int i = 0; i < operands.length; i++) {
            result[0][squares + i] = operands[i];
            result[1][squares + i] = operands[(i * 31 + 7) % operands.length];
        }
        return result;
    }

    private static List<Arguments> combined(Object[] operations) {
        List<Arguments> result = new ArrayList<>();
        for (Object operation : operations) {
            for (Precision precision : Precision.values()) {
                result.add(Arguments.of(operation, precision));
            }
        }
        return result;
    }
}

package org.altmin.linalg.cpu.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Arrays;
import java.util.Random;
import java.util.function.DoubleFunction;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.Stream;
import org.altmin.linalg.UnaryOperation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class DoubleKernelsTest {

    private static final double INF = Double.POSITIVE_INFINITY;
    private static final double[] SPECIAL = {
        0.0, -0.0, INF, -INF, Double.NaN, Double.longBitsToDouble(0x7ff8000000012345L),
        Double.longBitsToDouble(0xfff8000000000001L),
        Double.MIN_VALUE, -Double.MIN_VALUE, 0x0.fffffep-126, -0x0.fffffep-126, Double.MIN_NORMAL, -Double.MIN_NORMAL,
        Double.MAX_VALUE, -Double.MAX_VALUE, 1, -1, Math.nextUp(1), Math.nextDown(1),
        Math.nextUp(-1), Math.nextDown(-1),
        0.5, -0.5, 2, 709.78, 710, -708, -745.2, -746, 1000, -1000
    };
    private static final int[] LENGTHS = {0, 1, 2, 7, 63, 64, 1023, 1024, 1025, 3001};

    interface UnaryKernel {
        void run(double[] x, int xo, double[] out, int o, int n);
    }

    interface BinaryKernel {
        void run(double[] x, int xo, double[] y, int yo, double[] out, int o, int n);
    }

    interface DoubleBinary {
        double apply(double x, double y);
    }

    /**
     * @param ulp how far it may be from {@code reference}
     */
    record Unary(String name, UnaryKernel kernel, DoubleUnaryOperator reference, double ulp) {
        boolean agrees(double value, double expected) {
            return Double.compare(value, expected) == 0
                    || expected != 0 && Math.abs(value - expected) <= ulp * Math.ulp(expected);
        }

        @Override
        public String toString() {
            return name;
        }
    }

    /** How far from the exact values results may be. */
    record Accuracy(String name, UnaryKernel kernel, DoubleFunction<BigDecimal> exact, double ulp, double from,
            double to) {
    }

    record Binary(String name, BinaryKernel kernel, DoubleBinary reference) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Unary> unary() {
        return Stream.of(
                new Unary("neg", DoubleKernels::neg, x -> -x, 0),
                new Unary("abs", DoubleKernels::abs, Math::abs, 0),
                new Unary("sqrt", DoubleKernels::sqrt, Math::sqrt, 0),
                // What Math may be off by is added to what the kernel may be off by.
                new Unary("exp", DoubleKernels::exp, Math::exp, 0.76 + 1),
                new Unary("expm1", DoubleKernels::expm1, Math::expm1, 1.2 + 1),
                new Unary("log", DoubleKernels::log, Math::log, 0.9 + 1),
                new Unary("log1p", DoubleKernels::log1p, Math::log1p, 1.3 + 1),
                new Unary("tanh", DoubleKernels::tanh, Math::tanh, 2.3 + 2.5),
                new Unary("logistic", DoubleKernels::logistic, UnaryOperation.LOGISTIC::apply, 2 + 2));
    }

    static Stream<Accuracy> accuracies() {
        return Stream.of(
                new Accuracy("exp", DoubleKernels::exp, ExactFunctions::exp, 0.76, -745, -700),
                new Accuracy("exp", DoubleKernels::exp, ExactFunctions::exp, 0.66, -708, 709),
                new Accuracy("expm1", DoubleKernels::expm1, ExactFunctions::expm1, 1.2, -40, 709),
                new Accuracy("expm1", DoubleKernels::expm1, ExactFunctions::expm1, 1.2, -1.5, 1.5),
                new Accuracy("expm1", DoubleKernels::expm1, ExactFunctions::expm1, 1.2, -1e-3, 1e-3),
                new Accuracy("log", DoubleKernels::log, ExactFunctions::log, 0.9, 0.5, 2),
                new Accuracy("log", DoubleKernels::log, ExactFunctions::log, 0.9, 0, 0x1p-1022),
                new Accuracy("log", DoubleKernels::log, ExactFunctions::log, 0.9, 0, Double.MAX_VALUE),
                new Accuracy("log1p", DoubleKernels::log1p, ExactFunctions::log1p, 1.3, -1, 2),
                new Accuracy("log1p", DoubleKernels::log1p, ExactFunctions::log1p, 1.3, -1e-3, 1e-3),
                new Accuracy("log1p", DoubleKernels::log1p, ExactFunctions::log1p, 1.3, 0, 1e12),
                new Accuracy("tanh", DoubleKernels::tanh, ExactFunctions::tanh, 2.3, -1, 1),
                new Accuracy("tanh", DoubleKernels::tanh, ExactFunctions::tanh, 2.3, -1e-3, 1e-3),
                new Accuracy("tanh", DoubleKernels::tanh, ExactFunctions::tanh, 2.3, -25, 25),
                new Accuracy("logistic", DoubleKernels::logistic, ExactFunctions::logistic, 2, -30, 30),
                new Accuracy("logistic", DoubleKernels::logistic, ExactFunctions::logistic, 2, -700, 0));
    }

    static Stream<Binary> binary() {
        return Stream.of(
                new Binary("add", DoubleKernels::add, (x, y) -> x + y),
                new Binary("sub", DoubleKernels::sub, (x, y) -> x - y),
                new Binary("mul", DoubleKernels::mul, (x, y) -> x * y),
                new Binary("div", DoubleKernels::div, (x, y) -> x / y),
                new Binary("min", DoubleKernels::min, Math::min),
                new Binary("max", DoubleKernels::max, Math::max),
                new Binary("lt", DoubleKernels::lt, (x, y) -> x < y ? 1 : 0),
                new Binary("le", DoubleKernels::le, (x, y) -> x <= y ? 1 : 0),
                new Binary("eq", DoubleKernels::eq, (x, y) -> x == y ? 1 : 0));
    }

    @ParameterizedTest
    @MethodSource("unary")
    void specialValues(Unary f) {
        check(f, SPECIAL);
    }

    @ParameterizedTest
    @MethodSource("unary")
    void everyExponent(Unary f) {
        double[] x = new double[4096 * 32];
        for (int i = 0; i < x.length; i++) {
            x[i] = Double.longBitsToDouble(((long) (i >> 5) << 52) | ((i & 31) * 0x842108421085L));
        }
        check(f, x);
    }

    @ParameterizedTest
    @MethodSource("unary")
    void randomBits(Unary f) {
        Random random = new Random(1);
        double[] x = new double[1_000_000];
        for (int i = 0; i < x.length; i++) {
            x[i] = Double.longBitsToDouble(random.nextLong());
        }
        check(f, x);
    }

    @ParameterizedTest
    @MethodSource("unary")
    void denseGrids(Unary f) {
        check(f, grid(-1.01, 1.01));
        check(f, grid(-10, 10));
        check(f, grid(-110, 100));
    }

    @ParameterizedTest
    @MethodSource("accuracies")
    void isAsAccurateAsDocumented(Accuracy f) {
        Random random = new Random(3);
        double[] x = new double[4000];
        for (int i = 0; i < x.length; i++) {
            x[i] = f.from + random.nextDouble() * (f.to - f.from);
        }
        double[] out = new double[x.length];
        f.kernel.run(x, 0, out, 0, x.length);
        for (int i = 0; i < x.length; i++) {
            BigDecimal exact = f.exact.apply(x[i]);
            BigDecimal unit = new BigDecimal(Math.ulp(exact.doubleValue()));
            BigDecimal error = new BigDecimal(out[i]).subtract(exact).divide(unit, MathContext.DECIMAL32);
            assertThat(Math.abs(error.doubleValue())).as("ulp of %s(%s)", f.name, x[i]).isLessThanOrEqualTo(f.ulp);
        }
    }

    @Test
    void tanhIsOddAndSaturatesAtOne() {
        double[] x = grid(0, 30);
        double[] minus = new double[x.length];
        DoubleKernels.neg(x, 0, minus, 0, x.length);
        double[] out = new double[x.length];
        DoubleKernels.tanh(x, 0, out, 0, x.length);
        DoubleKernels.tanh(minus, 0, minus, 0, x.length);
        for (int i = 0; i < x.length; i++) {
            assertThat(minus[i]).isEqualTo(-out[i]);
            assertThat(out[i]).isLessThanOrEqualTo(1);
        }
        double[] large = {INF, -INF, 22, -22, 1e300};
        DoubleKernels.tanh(large, 0, large, 0, large.length);
        assertThat(large).containsExactly(1, -1, 1, -1, 1);
    }

    @ParameterizedTest
    @MethodSource("unary")
    void unarySlices(Unary f) {
        double[] x = grid(-3, 3);
        for (int n : LENGTHS) {
            double[] expected = new double[n];
            f.kernel.run(x, 0, expected, 0, n);
            for (int xo = 0; xo < 4; xo += 3) {
                for (int o = 0; o < 6; o += 5) {
                    double[] shifted = new double[n + xo + 1];
                    System.arraycopy(x, 0, shifted, xo, n);
                    double[] out = filled(n + o + 2);
                    f.kernel.run(shifted, xo, out, o, n);
                    assertSlice(out, o, expected);
                }
            }
            double[] inPlace = filled(n + 4);
            System.arraycopy(x, 0, inPlace, 3, n);
            f.kernel.run(inPlace, 3, inPlace, 3, n);
            assertSlice(inPlace, 3, expected);
        }
    }

    @ParameterizedTest
    @MethodSource("binary")
    void everyPairOfSpecialValues(Binary f) {
        int k = SPECIAL.length;
        double[] x = new double[k * k];
        double[] y = new double[k * k];
        for (int i = 0; i < k * k; i++) {
            x[i] = SPECIAL[i / k];
            y[i] = SPECIAL[i % k];
        }
        check(f, x, y);
    }

    @ParameterizedTest
    @MethodSource("binary")
    void randomPairs(Binary f) {
        Random random = new Random(2);
        double[] x = new double[1_000_000];
        double[] y = new double[x.length];
        for (int i = 0; i < x.length; i++) {
            x[i] = Double.longBitsToDouble(random.nextLong());
            y[i] = i % 3 == 0 ? Double.longBitsToDouble(Double.doubleToRawLongBits(x[i]) + random.nextInt(3) - 1)
                    : Double.longBitsToDouble(random.nextLong());
        }
        check(f, x, y);
    }

    @ParameterizedTest
    @MethodSource("binary")
    void binarySlices(Binary f) {
        double[] x = grid(-3, 3);
        double[] y = grid(5, -2);
        for (int n : LENGTHS) {
            double[] expected = new double[n];
            for (int i = 0; i < n; i++) {
                expected[i] = f.reference.apply(x[i + 3], y[i + 1]);
            }
            double[] out = filled(n + 7);
            f.kernel.run(x, 3, y, 1, out, 5, n);
            assertSlice(out, 5, expected);

            double[] first = filled(n + 4);
            System.arraycopy(x, 3, first, 3, n);
            f.kernel.run(first, 3, y, 1, first, 3, n);
            assertSlice(first, 3, expected);

            double[] second = filled(n + 4);
            System.arraycopy(y, 1, second, 1, n);
            f.kernel.run(x, 3, second, 1, second, 1, n);
            assertSlice(second, 1, expected);

            double[] aligned = filled(n + 4);
            System.arraycopy(y, 1, aligned, 3, n);
            f.kernel.run(x, 3, aligned, 3, aligned, 3, n);
            assertSlice(aligned, 3, expected);
        }
    }

    @Test
    void selectReturnsTheChosenBits() {
        double[] conditions = {0, -0, 1, Double.NaN, Double.MIN_VALUE, -2, INF};
        int k = SPECIAL.length;
        int n = conditions.length * k * k;
        double[] condition = new double[n + 1];
        double[] x = new double[n + 2];
        double[] y = new double[n + 3];
        for (int i = 0; i < n; i++) {
            condition[i + 1] = conditions[i / (k * k)];
            x[i + 2] = SPECIAL[i / k % k];
            y[i + 3] = SPECIAL[i % k];
        }
        double[] out = filled(n + 4);
        DoubleKernels.select(condition, 1, x, 2, y, 3, out, 2, n);
        for (int i = 0; i < n; i++) {
            double expected = condition[i + 1] > 0 ? x[i + 2] : y[i + 3];
            assertThat(Double.doubleToRawLongBits(out[i + 2])).isEqualTo(Double.doubleToRawLongBits(expected));
        }
        DoubleKernels.select(condition, 1, x, 2, y, 3, condition, 1, n);
        assertThat(Arrays.copyOfRange(condition, 1, n + 1)).usingComparator(Arrays::compare)
                .isEqualTo(Arrays.copyOfRange(out, 2, n + 2));
    }

    @Test
    void fillTouchesOnlyItsSlice() {
        double[] out = filled(9);
        DoubleKernels.fill(2.5, out, 3, 4);
        assertSlice(out, 3, new double[] {2.5, 2.5, 2.5, 2.5});
    }

    @Test
    void sumIsInAFixedOrder() {
        for (int n : LENGTHS) {
            double[] x = grid(-3, 4);
            double[] shifted = new double[n + 5];
            System.arraycopy(x, 0, shifted, 5, n);
            double expected = 0;
            for (int i = 0; i < n; i++) {
                expected += x[i];
            }
            double sum = DoubleKernels.sum(x, 0, n);
            assertThat(sum).isCloseTo(expected, within(1e-9));
            assertThat(DoubleKernels.sum(shifted, 5, n)).isEqualTo(sum);
        }
        assertThat(DoubleKernels.sum(new double[] {1e8, 1, -1e8}, 0, 3)).isEqualTo(1.0);
        assertThat(DoubleKernels.sum(new double[] {INF, -INF}, 0, 2)).isNaN();
    }

    @Test
    void maximumFindsEveryPosition() {
        for (int n : LENGTHS) {
            double[] x = new double[n + 3];
            Arrays.fill(x, 100);
            for (int at = 0; at < n; at += 1 + n / 50) {
                Arrays.fill(x, 2, n + 2, -5);
                x[2 + at] = -1;
                assertThat(DoubleKernels.max(x, 2, n)).isEqualTo(-1);
                x[2 + at] = Double.NaN;
                assertThat(DoubleKernels.max(x, 2, n)).isNaN();
            }
        }
        assertThat(DoubleKernels.max(new double[0], 0, 0)).isEqualTo(-INF);
        assertThat(Double.doubleToRawLongBits(DoubleKernels.max(new double[] {-0, 0, -0}, 0, 3))).isZero();
    }

    private static void check(Unary f, double[] x) {
        double[] out = new double[x.length];
        f.kernel.run(x, 0, out, 0, x.length);
        for (int i = 0; i < x.length; i++) {
            double expected = f.reference.applyAsDouble(x[i]);
            if (!f.agrees(out[i], expected)) {
                throw new AssertionError(f + "(" + x[i] + ") = " + out[i] + ", expected " + expected);
            }
        }
    }

    private static void check(Binary f, double[] x, double[] y) {
        double[] out = new double[x.length];
        f.kernel.run(x, 0, y, 0, out, 0, x.length);
        for (int i = 0; i < x.length; i++) {
            double expected = f.reference.apply(x[i], y[i]);
            if (Double.compare(out[i], expected) != 0) {
                throw new AssertionError(f + "(" + x[i] + ", " + y[i] + ") = " + out[i] + ", expected " + expected);
            }
        }
    }

    private static double[] grid(double low, double high) {
        double[] x = new double[500_000];
        for (int i = 0; i < x.length; i++) {
            x[i] = (low + (high - low) * i / (x.length - 1));
        }
        return x;
    }

    private static double[] filled(int n) {
        double[] x = new double[n];
        Arrays.fill(x, -77);
        return x;
    }

    /** {@code out} holds {@code expected} at {@code o}; around it, what {@link #filled} left is untouched. */
    private static void assertSlice(double[] out, int o, double[] expected) {
        assertThat(Arrays.compare(out, o, o + expected.length, expected, 0, expected.length)).isZero();
        for (int i = 0; i < o; i++) {
            assertThat(out[i]).isEqualTo(-77);
        }
        for (int i = o + expected.length; i < out.length; i++) {
            assertThat(out[i]).isEqualTo(-77);
        }
    }
}

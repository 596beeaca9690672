package org.altmin.linalg.cpu.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class FloatKernelsTest {

    private static final float INF = Float.POSITIVE_INFINITY;
    private static final float[] SPECIAL = {
        0f, -0f, INF, -INF, Float.NaN, Float.intBitsToFloat(0x7fc12345), Float.intBitsToFloat(0xffc00001),
        Float.MIN_VALUE, -Float.MIN_VALUE, 0x0.fffffep-126f, -0x0.fffffep-126f, Float.MIN_NORMAL, -Float.MIN_NORMAL,
        Float.MAX_VALUE, -Float.MAX_VALUE, 1f, -1f, Math.nextUp(1f), Math.nextDown(1f),
        Math.nextUp(-1f), Math.nextDown(-1f),
        0.5f, -0.5f, 2f, 9.02f, -9.02f, 20f, -20f, 88.72283f, 88.722839f, 88.73f, 89f, 90f, 1000f,
        -87.3f, -88f, -103.97f, -104f, -105f, -1000f
    };
    private static final int[] LENGTHS = {0, 1, 2, 7, 63, 64, 1023, 1024, 1025, 3001};

    interface UnaryKernel {
        void run(float[] x, int xo, float[] out, int o, int n);
    }

    interface BinaryKernel {
        void run(float[] x, int xo, float[] y, int yo, float[] out, int o, int n);
    }

    interface FloatBinary {
        float apply(float x, float y);
    }

    record Unary(String name, UnaryKernel kernel, DoubleUnaryOperator reference, double ulp) {
        @Override
        public String toString() {
            return name;
        }
    }

    record Binary(String name, BinaryKernel kernel, FloatBinary reference) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Unary> unary() {
        return Stream.of(
                new Unary("neg", FloatKernels::neg, x -> -x, 0),
                new Unary("abs", FloatKernels::abs, Math::abs, 0),
                new Unary("sqrt", FloatKernels::sqrt, Math::sqrt, 0.5),
                new Unary("exp", FloatKernels::exp, Math::exp, 2.4),
                new Unary("expm1", FloatKernels::expm1, Math::expm1, 2.4),
                new Unary("log", FloatKernels::log, Math::log, 1.1),
                new Unary("log1p", FloatKernels::log1p, Math::log1p, 1.4),
                new Unary("tanh", FloatKernels::tanh, Math::tanh, 5.3));
    }

    static Stream<Binary> binary() {
        return Stream.of(
                new Binary("add", FloatKernels::add, (x, y) -> x + y),
                new Binary("sub", FloatKernels::sub, (x, y) -> x - y),
                new Binary("mul", FloatKernels::mul, (x, y) -> x * y),
                new Binary("div", FloatKernels::div, (x, y) -> x / y),
                new Binary("min", FloatKernels::min, Math::min),
                new Binary("max", FloatKernels::max, Math::max),
                new Binary("lt", FloatKernels::lt, (x, y) -> x < y ? 1 : 0),
                new Binary("le", FloatKernels::le, (x, y) -> x <= y ? 1 : 0),
                new Binary("eq", FloatKernels::eq, (x, y) -> x == y ? 1 : 0));
    }

    @ParameterizedTest
    @MethodSource("unary")
    void specialValues(Unary f) {
        check(f, SPECIAL);
    }

    @ParameterizedTest
    @MethodSource("unary")
    void everyExponent(Unary f) {
        float[] x = new float[512 * 256];
        for (int i = 0; i < x.length; i++) {
            x[i] = Float.intBitsToFloat(((i >> 8) << 23) | ((i & 255) * 0x8081));
        }
        check(f, x);
    }

    @ParameterizedTest
    @MethodSource("unary")
    void randomBits(Unary f) {
        Random random = new Random(1);
        float[] x = new float[1_000_000];
        for (int i = 0; i < x.length; i++) {
            x[i] = Float.intBitsToFloat(random.nextInt());
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

    @Test
    void tanhSaturatesAtOne() {
        float[] x = grid(-12, 12);
        float[] out = new float[x.length];
        FloatKernels.tanh(x, 0, out, 0, x.length);
        for (int i = 0; i < x.length; i++) {
            assertThat(Math.abs(out[i])).isLessThanOrEqualTo(1f);
            assertThat(Math.abs(out[i] - Math.tanh(x[i]))).isLessThanOrEqualTo(2e-7);
        }
        float[] large = {INF, -INF, 9.02f, -9.02f, 1e30f};
        FloatKernels.tanh(large, 0, large, 0, large.length);
        assertThat(large).containsExactly(1f, -1f, 1f, -1f, 1f);
    }

    @Test
    void logisticIsWithinItsBound() {
        float[] x = grid(-20, 20);
        float[] out = new float[x.length];
        FloatKernels.logistic(x, 0, out, 0, x.length);
        for (int i = 0; i < x.length; i++) {
            assertThat(out[i]).isBetween(0f, 1f);
            assertThat((double) out[i]).isCloseTo(1 / (1 + Math.exp(-x[i])), within(1.3e-7));
        }
        float[] special = {INF, -INF, Float.NaN, 18.04f, -18.04f, Float.MAX_VALUE, -Float.MAX_VALUE, 0f, -0f};
        FloatKernels.logistic(special, 0, special, 0, special.length);
        assertThat(special).containsExactly(1f, 0f, Float.NaN, 1f, 0f, 1f, 0f, 0.5f, 0.5f);
    }

    @ParameterizedTest
    @MethodSource("unary")
    void unarySlices(Unary f) {
        float[] x = grid(-3, 3);
        for (int n : LENGTHS) {
            float[] expected = new float[n];
            f.kernel.run(x, 0, expected, 0, n);
            for (int xo = 0; xo < 4; xo += 3) {
                for (int o = 0; o < 6; o += 5) {
                    float[] shifted = new float[n + xo + 1];
                    System.arraycopy(x, 0, shifted, xo, n);
                    float[] out = filled(n + o + 2);
                    f.kernel.run(shifted, xo, out, o, n);
                    assertSlice(out, o, expected);
                }
            }
            float[] inPlace = filled(n + 4);
            System.arraycopy(x, 0, inPlace, 3, n);
            f.kernel.run(inPlace, 3, inPlace, 3, n);
            assertSlice(inPlace, 3, expected);
        }
    }

    @ParameterizedTest
    @MethodSource("binary")
    void everyPairOfSpecialValues(Binary f) {
        int k = SPECIAL.length;
        float[] x = new float[k * k];
        float[] y = new float[k * k];
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
        float[] x = new float[1_000_000];
        float[] y = new float[x.length];
        for (int i = 0; i < x.length; i++) {
            x[i] = Float.intBitsToFloat(random.nextInt());
            y[i] = i % 3 == 0 ? Float.intBitsToFloat(Float.floatToRawIntBits(x[i]) + random.nextInt(3) - 1)
                    : Float.intBitsToFloat(random.nextInt());
        }
        check(f, x, y);
    }

    @ParameterizedTest
    @MethodSource("binary")
    void binarySlices(Binary f) {
        float[] x = grid(-3, 3);
        float[] y = grid(5, -2);
        for (int n : LENGTHS) {
            float[] expected = new float[n];
            for (int i = 0; i < n; i++) {
                expected[i] = f.reference.apply(x[i + 3], y[i + 1]);
            }
            float[] out = filled(n + 7);
            f.kernel.run(x, 3, y, 1, out, 5, n);
            assertSlice(out, 5, expected);

            float[] first = filled(n + 4);
            System.arraycopy(x, 3, first, 3, n);
            f.kernel.run(first, 3, y, 1, first, 3, n);
            assertSlice(first, 3, expected);

            float[] second = filled(n + 4);
            System.arraycopy(y, 1, second, 1, n);
            f.kernel.run(x, 3, second, 1, second, 1, n);
            assertSlice(second, 1, expected);

            float[] aligned = filled(n + 4);
            System.arraycopy(y, 1, aligned, 3, n);
            f.kernel.run(x, 3, aligned, 3, aligned, 3, n);
            assertSlice(aligned, 3, expected);
        }
    }

    @Test
    void selectReturnsTheChosenBits() {
        float[] conditions = {0f, -0f, 1f, Float.NaN, Float.MIN_VALUE, -2f, INF};
        int k = SPECIAL.length;
        int n = conditions.length * k * k;
        float[] condition = new float[n + 1];
        float[] x = new float[n + 2];
        float[] y = new float[n + 3];
        for (int i = 0; i < n; i++) {
            condition[i + 1] = conditions[i / (k * k)];
            x[i + 2] = SPECIAL[i / k % k];
            y[i + 3] = SPECIAL[i % k];
        }
        float[] out = filled(n + 4);
        FloatKernels.select(condition, 1, x, 2, y, 3, out, 2, n);
        for (int i = 0; i < n; i++) {
            float expected = condition[i + 1] > 0 ? x[i + 2] : y[i + 3];
            assertThat(Float.floatToRawIntBits(out[i + 2])).isEqualTo(Float.floatToRawIntBits(expected));
        }
        FloatKernels.select(condition, 1, x, 2, y, 3, condition, 1, n);
        assertThat(Arrays.copyOfRange(condition, 1, n + 1)).usingComparator(Arrays::compare)
                .isEqualTo(Arrays.copyOfRange(out, 2, n + 2));
    }

    @Test
    void fillTouchesOnlyItsSlice() {
        float[] out = filled(9);
        FloatKernels.fill(2.5f, out, 3, 4);
        assertSlice(out, 3, new float[] {2.5f, 2.5f, 2.5f, 2.5f});
    }

    @Test
    void sumAccumulatesInDoubleInAFixedOrder() {
        for (int n : LENGTHS) {
            float[] x = grid(-3, 4);
            float[] shifted = new float[n + 5];
            System.arraycopy(x, 0, shifted, 5, n);
            double expected = 0;
            for (int i = 0; i < n; i++) {
                expected += x[i];
            }
            double sum = FloatKernels.sum(x, 0, n);
            assertThat(sum).isCloseTo(expected, within(1e-9));
            assertThat(FloatKernels.sum(shifted, 5, n)).isEqualTo(sum);
        }
        assertThat(FloatKernels.sum(new float[] {1e8f, 1f, -1e8f}, 0, 3)).isEqualTo(1.0);
        assertThat(FloatKernels.sum(new float[] {INF, -INF}, 0, 2)).isNaN();
    }

    @Test
    void maximumFindsEveryPosition() {
        for (int n : LENGTHS) {
            float[] x = new float[n + 3];
            Arrays.fill(x, 100f);
            for (int at = 0; at < n; at += 1 + n / 50) {
                Arrays.fill(x, 2, n + 2, -5f);
                x[2 + at] = -1f;
                assertThat(FloatKernels.max(x, 2, n)).isEqualTo(-1f);
                x[2 + at] = Float.NaN;
                assertThat(FloatKernels.max(x, 2, n)).isNaN();
            }
        }
        assertThat(FloatKernels.max(new float[0], 0, 0)).isEqualTo(-INF);
        assertThat(Float.floatToRawIntBits(FloatKernels.max(new float[] {-0f, 0f, -0f}, 0, 3))).isZero();
    }

    private static void check(Unary f, float[] x) {
        float[] out = new float[x.length];
        f.kernel.run(x, 0, out, 0, x.length);
        for (int i = 0; i < x.length; i++) {
            double exact = f.reference.applyAsDouble(x[i]);
            float rounded = (float) exact;
            boolean finite = !Float.isNaN(rounded) && !Float.isInfinite(rounded) && rounded != 0;
            boolean good = finite
                    ? Math.abs(out[i] - exact) <= f.ulp * Math.ulp(rounded)
                    : Float.compare(out[i], rounded) == 0;
            if (!good) {
                throw new AssertionError(f + "(" + x[i] + ") = " + out[i] + ", expected " + exact);
            }
        }
    }

    private static void check(Binary f, float[] x, float[] y) {
        float[] out = new float[x.length];
        f.kernel.run(x, 0, y, 0, out, 0, x.length);
        for (int i = 0; i < x.length; i++) {
            float expected = f.reference.apply(x[i], y[i]);
            if (Float.compare(out[i], expected) != 0) {
                throw new AssertionError(f + "(" + x[i] + ", " + y[i] + ") = " + out[i] + ", expected " + expected);
            }
        }
    }

    private static float[] grid(double low, double high) {
        float[] x = new float[500_000];
        for (int i = 0; i < x.length; i++) {
            x[i] = (float) (low + (high - low) * i / (x.length - 1));
        }
        return x;
    }

    private static float[] filled(int n) {
        float[] x = new float[n];
        Arrays.fill(x, -77f);
        return x;
    }

    /** {@code out} holds {@code expected} at {@code o}; around it, what {@link #filled} left is untouched. */
    private static void assertSlice(float[] out, int o, float[] expected) {
        assertThat(Arrays.compare(out, o, o + expected.length, expected, 0, expected.length)).isZero();
        for (int i = 0; i < o; i++) {
            assertThat(out[i]).isEqualTo(-77f);
        }
        for (int i = o + expected.length; i < out.length; i++) {
            assertThat(out[i]).isEqualTo(-77f);
        }
    }
}

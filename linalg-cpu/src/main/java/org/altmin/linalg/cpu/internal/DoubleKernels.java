package org.altmin.linalg.cpu.internal;

import static org.altmin.linalg.cpu.internal.Scratch.BLOCK;
import static org.altmin.linalg.cpu.internal.Scratch.LONG;

import java.util.Arrays;

/**
 * The kernels of {@link FloatKernels} on {@code double[]}, written in the same forms, with the same rules for slices
 * and special values.
 *
 * <p>Polynomials interpolate at Chebyshev nodes, in 60-digit arithmetic. Accuracy is the largest difference from the
 * exact value, in units in the last place (ulp) of the rounded result, at 750,000 or more random inputs of a function.
 */
final class DoubleKernels {

    /** As many elements of the five arrays that elementary functions work on stay in the first-level cache. */
    private static final int FUNCTION_BLOCK = BLOCK / 2;

    /** Adding 1.5·2⁵² rounds to the nearest integer and leaves it in the low bits, in two's complement. */
    private static final double ROUND = 0x1.8p52;

    private static final long ROUND_BITS = 0x4338000000000000L;
    private static final long ONE_BITS = 0x3ff0000000000000L;
    private static final long INFINITY_BITS = 0x7ff0000000000000L;
    private static final long NEGATIVE_INFINITY_BITS = 0xfff0000000000000L;
    private static final long NAN_BITS = 0x7ff8000000000000L;
    private static final long MAGNITUDE = 0x7fffffffffffffffL;
    private static final long FRACTION = 0x000fffffffffffffL;
    private static final long MIN_NORMAL_BITS = 0x0010000000000000L;
    private static final long SQRT_HALF_BITS = 0x3fe6a09e667f3bcdL;
    private static final int EXPONENT_SHIFT = 52;
    private static final int BIAS = 1023;

    /** ln 2 in two parts; the first has 42 bits, so that its product with an exponent is exact. */
    private static final double LN2_HIGH = 0x1.62e42fefa38p-1;

    private static final double LN2_LOW = 0x1.ef35793c7673p-45;
    private static final double LOG2_E = 0x1.71547652b82fep0;

    private interface Unary {
        void run(double[] x, double[] out, int from, int to);
    }

    private interface Binary {
        void run(double[] x, double[] y, double[] out, int from, int to);
    }

    /** Replaces the first {@code n} of {@code s.d} by their function. */
    private interface BlockKernel {
        void run(Scratch s, int n);
    }

    private DoubleKernels() {
    }

    static void fill(double value, double[] out, int o, int n) {
        Arrays.fill(out, o, o + n, value);
    }

    static void neg(double[] x, int xo, double[] out, int o, int n) {
        apply((a, r, from, to) -> {
            for (int i = from; i < to; i++) {
                r[i] = -a[i];
            }
        }, x, xo, out, o, n);
    }

    static void abs(double[] x, int xo, double[] out, int o, int n) {
        apply((a, r, from, to) -> {
            for (int i = from; i < to; i++) {
                r[i] = Math.abs(a[i]);
            }
        }, x, xo, out, o, n);
    }

    static void sqrt(double[] x, int xo, double[] out, int o, int n) {
        apply((a, r, from, to) -> {
            for (int i = from; i < to; i++) {
                r[i] = Math.sqrt(a[i]);
            }
        }, x, xo, out, o, n);
    }

    /**
     * e<sup>x</sup> = 2<sup>k</sup>·e<sup>r</sup> with |r| ≤ ½ ln 2, within 0.66 ulp; 0.76 ulp where it is subnormal.
     * Scaling by 2<sup>k</sup> in two steps keeps every factor normal, so that overflow and gradual underflow need no
     * special case.
     */
    static void exp(double[] x, int xo, double[] out, int o, int n) {
        applyInBlocks((s, m) -> {
            splitExponential(s, m);
            joinExp(s.d, s.g, s.e, s.f, m);
        }, x, xo, out, o, n);
    }

    /** e<sup>x</sup> - 1 = 2<sup>k</sup>(e<sup>r</sup> - 1) + 2<sup>k</sup> - 1 as in {@link #exp}, within 1.2 ulp. */
    static void expm1(double[] x, int xo, double[] out, int o, int n) {
        applyInBlocks((s, m) -> {
            splitExponential(s, m);
            joinExpm1(s.d, s.g, s.e, s.f, m);
        }, x, xo, out, o, n);
    }

    /**
     * log x = e·ln 2 + log(1 + f) with x = 2<sup>e</sup>(1 + f) and 1 + f in [√½, √2), within 0.9 ulp; subnormal x are
     * scaled up first.
     */
    static void log(double[] x, int xo, double[] out, int o, int n) {
        applyInBlocks((s, m) -> {
            scaleSubnormals(s.d, s.f, m);
            splitLogarithm(s, m);
            subtract(s.e, s.f, m);
            joinLogarithm(s.d, s.e, m);
        }, x, xo, out, o, n);
    }

    /** log(1 + x) = log u + c/u, where u is 1 + x rounded and c what the rounding lost, within 1.3 ulp. */
    static void log1p(double[] x, int xo, double[] out, int o, int n) {
        applyInBlocks((s, m) -> {
            System.arraycopy(s.d, 0, s.g, 0, m);
            onePlus(s.d, s.f, m);
            splitLogarithm(s, m);
            joinLogarithm(s.d, s.e, m);
            joinLog1p(s.d, s.f, s.g, m);
        }, x, xo, out, o, n);
    }

    /** tanh |x| = m/(m + 2) with m = e<sup>2|x|</sup> - 1, within 2.3 ulp; beyond 22 the result rounds to ±1. */
    static void tanh(double[] x, int xo, double[] out, int o, int n) {
        applyInBlocks((s, m) -> {
            s.c.load(s.d, 0, m);
            doubleMagnitude(s.d, m);
            splitExponential(s, m);
            joinExpm1(s.d, s.g, s.e, s.f, m);
            s.c.store(s.e, 0, m);
            joinTanh(s.d, s.e, m);
        }, x, xo, out, o, n);
    }

    /** 1/(1 + e<sup>-x</sup>), within 2 ulp. */
    static void logistic(double[] x, int xo, double[] out, int o, int n) {
        applyInBlocks((s, m) -> {
            neg(s.d, 0, s.d, 0, m);
            splitExponential(s, m);
            joinExp(s.d, s.g, s.e, s.f, m);
            reciprocalOfOnePlus(s.d, m);
        }, x, xo, out, o, n);
    }

    static void add(double[] x, int xo, double[] y, int yo, double[] out, int o, int n) {
        apply((a, b, r, from, to) -> {
            for (int i = from; i < to; i++) {
                r[i] = a[i] + b[i];
            }
        }, x, xo, y, yo, out, o, n);
    }

    static void sub(double[] x, int xo, double[] y, int yo, double[] out, int o, int n) {
        apply((a, b, r, from, to) -> {
            for (int i = from; i < to; i++) {
                r[i] = a[i] - b[i];
            }
        }, x, xo, y, yo, out, o, n);
    }

    static void mul(double[] x, int xo, double[] y, int yo, double[] out, int o, int n) {
        apply((a, b, r, from, to) -> {
            for (int i = from; i < to; i++) {
                r[i] = a[i] * b[i];
            }
        }, x, xo, y, yo, out, o, n);
    }

    static void div(double[] x, int xo, double[] y, int yo, double[] out, int o, int n) {
        apply((a, b, r, from, to) -> {
            for (int i = from; i < to; i++) {
                r[i] = a[i] / b[i];
            }
        }, x, xo, y, yo, out, o, n);
    }

    /** {@link Math#min(double, double)}: NaN wins, and -0 is less than +0. */
    static void min(double[] x, int xo, double[] y, int yo, double[] out, int o, int n) {
        apply((a, b, r, from, to) -> {
            for (int i = from; i < to; i++) {
                r[i] = Math.min(a[i], b[i]);
            }
        }, x, xo, y, yo, out, o, n);
    }

    /** {@link Math#max(double, double)}: NaN wins, and -0 is less than +0. */
    static void max(double[] x, int xo, double[] y, int yo, double[] out, int o, int n) {
        apply((a, b, r, from, to) -> {
            for (int i = from; i < to; i++) {
                r[i] = Math.max(a[i], b[i]);
            }
        }, x, xo, y, yo, out, o, n);
    }

    /**
     * {@code x < y} as 1 or 0; 0 when either is NaN. That is where y - x is positive, since subtraction underflows
     * gradually, and equal infinities give NaN.
     */
    static void lt(double[] x, int xo, double[] y, int yo, double[] out, int o, int n) {
        Scratch s = Scratch.get();
        for (int start = 0; start < n; start += BLOCK) {
            int m = Math.min(BLOCK, n - start);
            sub(y, yo + start, x, xo + start, s.d, 0, m);
            positiveBits(s.a.load(s.d, 0, m), m);
            s.a.store(out, o + start, m);
        }
    }

    /** {@code x <= y} as 1 or 0; 0 when either is NaN. */
    static void le(double[] x, int xo, double[] y, int yo, double[] out, int o, int n) {
        Scratch s = Scratch.get();
        for (int start = 0; start < n; start += BLOCK) {
            int m = Math.min(BLOCK, n - start);
            leBits(s.a.load(x, xo + start, m), s.b.load(y, yo + start, m), m);
            s.a.store(out, o + start, m);
        }
    }

    /** {@code x == y} as 1 or 0; 0 when either is NaN. */
    static void eq(double[] x, int xo, double[] y, int yo, double[] out, int o, int n) {
        Scratch s = Scratch.get();
        for (int start = 0; start < n; start += BLOCK) {
            int m = Math.min(BLOCK, n - start);
            eqBits(s.a.load(x, xo + start, m), s.b.load(y, yo + start, m), m);
            s.a.store(out, o + start, m);
        }
    }

    /** {@code condition > 0 ? x : y}, bit for bit, whatever the other one holds; a NaN condition is false. */
    static void select(
            double[] condition, int conditionAt, double[] x, int xo, double[] y, int yo, double[] out, int o, int n) {
        Scratch s = Scratch.get();
        for (int start = 0; start < n; start += BLOCK) {
            int m = Math.min(BLOCK, n - start);
            blendBits(s.a.load(condition, conditionAt + start, m), s.b.load(x, xo + start, m),
                    s.c.load(y, yo + start, m), m);
            s.a.store(out, o + start, m);
        }
    }

    /** The sum, always added in the same order. */
    static double sum(double[] x, int xo, int n) {
        double s0 = 0;
        double s1 = 0;
        double s2 = 0;
        double s3 = 0;
        double s4 = 0;
        double s5 = 0;
        double s6 = 0;
        double s7 = 0;
        int i = 0;
        for (; i <= n - 8; i += 8) {
            s0 += x[xo + i];
            s1 += x[xo + i + 1];
            s2 += x[xo + i + 2];
            s3 += x[xo + i + 3];
            s4 += x[xo + i + 4];
            s5 += x[xo + i + 5];
            s6 += x[xo + i + 6];
            s7 += x[xo + i + 7];
        }
        for (; i < n; i++) {
            s0 += x[xo + i];
        }
        return ((s0 + s1) + (s2 + s3)) + ((s4 + s5) + (s6 + s7));
    }

    /** The sum of the rounded products, added in the order of {@link #sum}. */
    static double dot(double[] x, int xo, double[] y, int yo, int n) {
        double s0 = 0;
        double s1 = 0;
        double s2 = 0;
        double s3 = 0;
        double s4 = 0;
        double s5 = 0;
        double s6 = 0;
        double s7 = 0;
        int i = 0;
        for (; i <= n - 8; i += 8) {
            s0 += x[xo + i] * y[yo + i];
            s1 += x[xo + i + 1] * y[yo + i + 1];
            s2 += x[xo + i + 2] * y[yo + i + 2];
            s3 += x[xo + i + 3] * y[yo + i + 3];
            s4 += x[xo + i + 4] * y[yo + i + 4];
            s5 += x[xo + i + 5] * y[yo + i + 5];
            s6 += x[xo + i + 6] * y[yo + i + 6];
            s7 += x[xo + i + 7] * y[yo + i + 7];
        }
        for (; i < n; i++) {
            s0 += x[xo + i] * y[yo + i];
        }
        return ((s0 + s1) + (s2 + s3)) + ((s4 + s5) + (s6 + s7));
    }

    /** Adds each element to an accumulator of its own. */
    static void accumulate(double[] accumulators, int to, double[] x, int xo, int n) {
        for (int i = 0; i < n; i++) {
            accumulators[to + i] += x[xo + i];
        }
    }

    static void accumulateProducts(double[] accumulators, int to, double[] x, int xo, double[] y, int yo, int n) {
        for (int i = 0; i < n; i++) {
            accumulators[to + i] += x[xo + i] * y[yo + i];
        }
    }

    /** The largest element by {@link Math#max(double, double)}; -∞ when there is none. */
    static double max(double[] x, int xo, int n) {
        Scratch s = Scratch.get();
        double result = Double.NEGATIVE_INFINITY;
        for (int start = 0; start < n; start += BLOCK) {
            int m = Math.min(BLOCK, n - start);
            System.arraycopy(x, xo + start, s.d, 0, m);
            // A plain reduction is not vectorised; folding the block onto its first half is.
            while (m > 1) {
                int half = m / 2;
                System.arraycopy(s.d, m - half, s.e, 0, half);
                max(s.d, 0, s.e, 0, s.d, 0, half);
                m -= half;
            }
            result = Math.max(result, s.d[0]);
        }
        return result;
    }

    /**
     * C2 vectorises a loop only when all arrays are read and written at the same index; unequal offsets are copied
     * away.
     */
    private static void apply(Unary kernel, double[] x, int xo, double[] out, int o, int n) {
        if (xo == o) {
            kernel.run(x, out, o, o + n);
        } else {
            System.arraycopy(x, xo, out, o, n);
            kernel.run(out, out, o, o + n);
        }
    }

    private static void apply(
            Binary kernel, double[] x, int xo, double[] y, int yo, double[] out, int o, int n) {
        if (xo == o && yo == o) {
            kernel.run(x, y, out, o, o + n);
            return;
        }
        Scratch s = Scratch.get();
        for (int start = 0; start < n; start += BLOCK) {
            int m = Math.min(BLOCK, n - start);
            System.arraycopy(x, xo + start, s.d, 0, m);
            System.arraycopy(y, yo + start, s.e, 0, m);
            kernel.run(s.d, s.e, s.d, 0, m);
            System.arraycopy(s.d, 0, out, o + start, m);
        }
    }

    private static void applyInBlocks(BlockKernel kernel, double[] x, int xo, double[] out, int o, int n) {
        Scratch s = Scratch.get();
        for (int start = 0; start < n; start += FUNCTION_BLOCK) {
            int m = Math.min(FUNCTION_BLOCK, n - start);
            System.arraycopy(x, xo + start, s.d, 0, m);
            kernel.run(s, m);
            System.arraycopy(s.d, 0, out, o + start, m);
        }
    }

    private static void positiveBits(byte[] x, int n) {
        for (int i = 0; i < n; i++) {
            LONG.set(x, 8 * i, ~notPositive((long) LONG.get(x, 8 * i)) & ONE_BITS);
        }
    }

    private static void leBits(byte[] x, byte[] y, int n) {
        for (int i = 0; i < n; i++) {
            long a = (long) LONG.get(x, 8 * i);
            long b = (long) LONG.get(y, 8 * i);
            LONG.set(x, 8 * i, ~less(b, a) & ordered(a, b) & ONE_BITS);
        }
    }

    private static void eqBits(byte[] x, byte[] y, int n) {
        for (int i = 0; i < n; i++) {
            long a = (long) LONG.get(x, 8 * i);
            long b = (long) LONG.get(y, 8 * i);
            LONG.set(x, 8 * i, ~nonZero(rank(a) - rank(b)) & ordered(a, b) & ONE_BITS);
        }
    }

    private static void blendBits(byte[] condition, byte[] x, byte[] y, int n) {
        for (int i = 0; i < n; i++) {
            long pickY = notPositive((long) LONG.get(condition, 8 * i));
            long a = (long) LONG.get(x, 8 * i);
            long b = (long) LONG.get(y, 8 * i);
            LONG.set(condition, 8 * i, a ^ ((a ^ b) & pickY));
        }
    }

    /** All ones for the bits of zero, of a negative number or of NaN. */
    private static long notPositive(long bits) {
        return (bits | (bits - 1) | (INFINITY_BITS - bits)) >> 63;
    }

    private static long nonZero(long v) {
        return (v | -v) >> 63;
    }

    /** An integer that orders like the number, and is 0 for both zeros. */
    private static long rank(long bits) {
        long sign = bits >> 63;
        return ((bits & MAGNITUDE) ^ sign) - sign;
    }

    private static long less(long a, long b) {
        long ra = rank(a);
        long rb = rank(b);
        // The sign of ra - rb, corrected where the difference overflows.
        return ((ra & ~rb) | (~(ra ^ rb) & (ra - rb))) >> 63;
    }

    private static long ordered(long a, long b) {
        return ~((INFINITY_BITS - (a & MAGNITUDE)) | (INFINITY_BITS - (b & MAGNITUDE))) >> 63;
    }

    /**
     * Turns {@code s.d} into an h and {@code s.g} into a small t such that e<sup>r</sup> - 1 = h - t, {@code s.e} and
     * {@code s.f} into two powers of two whose product is 2<sup>k</sup>.
     */
    private static void splitExponential(Scratch s, int n) {
        reduceExponent(s.d, s.g, s.e, n);
        powersOfTwo(s.a.load(s.e, 0, n), s.b.bits, n);
        s.a.store(s.e, 0, n);
        s.b.store(s.f, 0, n);
    }

    private static void reduceExponent(double[] x, double[] tail, double[] rounded, int n) {
        for (int i = 0; i < n; i++) {
            // Beyond these bounds the result is 0 or infinite, and k would leave the exponent's range.
            double t = Math.max(-746, Math.min(710, x[i]));
            double z = t * LOG2_E + ROUND;
            double k = z - ROUND;
            double h = t - k * LN2_HIGH;
            double low = k * LN2_LOW;
            double r = h - low;
            double q = 2.5105217004720745e-8 + r * 2.0914686968086876e-9;
            q = 2.75572736431103e-7 + r * q;
            q = 2.7557255400206422e-6 + r * q;
            q = 2.4801587325547743e-5 + r * q;
            q = 1.9841269874820627e-4 + r * q;
            q = 1.3888888888883748e-3 + r * q;
            q = 8.333333333326136e-3 + r * q;
            q = 0.04166666666666667 + r * q;
            q = 0.1666666666666667 + r * q;
            q = 0.5 + r * q;
            x[i] = h;
            tail[i] = low - r * r * q;
            rounded[i] = z;
        }
    }

    /** {@code first} holds k + {@link #ROUND}; both become about half of the power, by whole exponents. */
    private static void powersOfTwo(byte[] first, byte[] second, int n) {
        for (int i = 0; i < n; i++) {
            long k = (long) LONG.get(first, 8 * i);
            long half = k >>> 1;
            LONG.set(first, 8 * i, (half + BIAS) << EXPONENT_SHIFT);
            LONG.set(second, 8 * i, (k - half + BIAS) << EXPONENT_SHIFT);
        }
    }

    private static void joinExp(double[] h, double[] tail, double[] scale, double[] secondScale, int n) {
        for (int i = 0; i < n; i++) {
            double sum = 1 + h[i];
            double lost = 1 - sum + h[i];
            h[i] = (sum + (lost - tail[i])) * scale[i] * secondScale[i];
        }
    }

    private static void joinExpm1(double[] h, double[] tail, double[] scale, double[] secondScale, int n) {
        for (int i = 0; i < n; i++) {
            double s = scale[i];
            double t = secondScale[i];
            // Their product may overflow where the result does not; subtracting +0 keeps -0.
            h[i] = s * (t * h[i] - (1 / s - t) - t * tail[i]);
        }
    }

    private static void doubleMagnitude(double[] x, int n) {
        for (int i = 0; i < n; i++) {
            x[i] = 2 * Math.min(22, Math.abs(x[i]));
        }
    }

    private static void joinTanh(double[] expm1, double[] x, int n) {
        for (int i = 0; i < n; i++) {
            // ±1, or x itself where that is ±0 or NaN.
            double sign = Math.max(-1, Math.min(1, x[i] * 0x1p1022 * 0x1p1022));
            expm1[i] = sign * (expm1[i] / (expm1[i] + 2));
        }
    }

    private static void reciprocalOfOnePlus(double[] x, int n) {
        for (int i = 0; i < n; i++) {
            x[i] = 1 / (1 + x[i]);
        }
    }

    /** Multiplies positive subnormals by 2⁵²; {@code lowered} becomes 52 for them, 0 elsewhere. */
    private static void scaleSubnormals(double[] x, double[] lowered, int n) {
        for (int i = 0; i < n; i++) {
            double below = 1 - Math.min(1, x[i] * 0x1p1022);
            double subnormal = Math.min(1, below * 0x1p52);
            x[i] *= 1 + subnormal * 0xfffffffffffffp0;
            lowered[i] = subnormal * 52;
        }
    }

    private static void onePlus(double[] x, double[] correction, int n) {
        for (int i = 0; i < n; i++) {
            // The bounds keep infinity and -1 from making NaN of a correction that is zero there.
            double finite = Math.min(Double.MAX_VALUE, x[i]);
            double u = 1 + finite;
            correction[i] = (finite - (u - 1)) / Math.max(Double.MIN_NORMAL, u);
            x[i] += 1;
        }
    }

    private static void subtract(double[] x, double[] y, int n) {
        for (int i = 0; i < n; i++) {
            x[i] -= y[i];
        }
    }

    private static void joinLog1p(double[] log, double[] correction, double[] x, int n) {
        for (int i = 0; i < n; i++) {
            // log(1 + x) never exceeds x; the bound also turns +0 into -0 where x is.
            log[i] = Math.min(x[i], log[i] + correction[i]);
        }
    }

    /** Turns {@code s.d}, which must hold no positive subnormal, into 1 + f, and {@code s.e} into exponents. */
    private static void splitLogarithm(Scratch s, int n) {
        splitLogarithm(s.a.load(s.d, 0, n), s.b.bits, n);
        s.a.store(s.d, 0, n);
        s.b.store(s.e, 0, n);
    }

    /**
     * {@code x} becomes 1 + f, {@code exponent} becomes e + {@link #ROUND}, or the result itself where that is -∞, ∞ or
     * NaN.
     */
    private static void splitLogarithm(byte[] x, byte[] exponent, int n) {
        for (int i = 0; i < n; i++) {
            long bits = (long) LONG.get(x, 8 * i);
            long fromSqrtHalf = bits - SQRT_HALF_BITS;
            long fromNormal = bits - MIN_NORMAL_BITS;
            long special = (fromNormal | (INFINITY_BITS - MIN_NORMAL_BITS - 1 - fromNormal)) >> 63;
            long nonZero = nonZero(bits << 1);
            long result = (nonZero & (bits | ((bits >> 63) & NAN_BITS))) | (~nonZero & NEGATIVE_INFINITY_BITS);
            LONG.set(x, 8 * i, SQRT_HALF_BITS + (fromSqrtHalf & FRACTION));
            LONG.set(exponent, 8 * i, (special & result)
                    | (~special & (ROUND_BITS + (fromSqrtHalf >> EXPONENT_SHIFT))));
        }
    }

    private static void joinLogarithm(double[] onePlusF, double[] exponent, int n) {
        for (int i = 0; i < n; i++) {
            double f = onePlusF[i] - 1;
            double e = exponent[i] - ROUND;
            double s = f / (2 + f);
            double w = s * s;
            double p = 0.15331710618210773 + w * 0.14616585424888623;
            p = 0.18182889455674947 + w * p;
            p = 0.22222211130259878 + w * p;
            p = 0.2857142862600327 + w * p;
            p = 0.39999999999899444 + w * p;
            p = 0.666666666666667 + w * p;
            double h = 0.5 * f * f;
            // log(1 + f) = 2 artanh s = f - (h - s (h + w p)).
            onePlusF[i] = e * LN2_HIGH - (h - (s * (h + w * p) + e * LN2_LOW) - f);
        }
    }
}

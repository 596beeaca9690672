package org.altmin.linalg.cpu.internal;

import static org.altmin.linalg.cpu.internal.Scratch.BLOCK;
import static org.altmin.linalg.cpu.internal.Scratch.INT;

import java.util.Arrays;

/**
 * Element-wise kernels and reductions on chunks of {@code float[]}, written in the forms that HotSpot's C2 vectorises
 * on JDK 17 and 25: straight-line arithmetic, {@code Math.max}/{@code Math.min}, and integer operations on
 * {@link Scratch.Lane bits}; no branch, ternary, cast or {@code Math.fma} (which is very slow on a processor that lacks
 * it).
 *
 * <p>An output may be the same slice as an input; it must not overlap one in any other way. Any length is accepted;
 * about a thousand elements are fastest. Special values follow {@link Math}: signed zeros, infinities and NaN give what
 * the function of that name gives.
 *
 * <p>Polynomials are minimax fits by Remez exchange in 40-digit arithmetic, weighted for the relative error of the
 * function; the rational function of {@link #tanh} was fitted by iteratively reweighted least squares. Accuracy is the
 * largest difference from {@code Math} in {@code double}, in units in the last place (ulp) of the rounded result, over
 * all 2<sup>32</sup> inputs.
 */
final class FloatKernels {

    /** Adding 1.5·2²³ rounds to the nearest integer and leaves it in the low bits, in two's complement. */
    private static final float ROUND = 0x1.8p23f;

    private static final int ROUND_BITS = 0x4b400000;
    private static final int ONE_BITS = 0x3f800000;
    private static final int INFINITY_BITS = 0x7f800000;
    private static final int NEGATIVE_INFINITY_BITS = 0xff800000;
    private static final int NAN_BITS = 0x7fc00000;
    private static final int MAGNITUDE = 0x7fffffff;
    private static final int FRACTION = 0x007fffff;
    private static final int MIN_NORMAL_BITS = 0x00800000;
    private static final int SQRT_HALF_BITS = 0x3f3504f3;

    /** ln 2 in two parts; the first has 16 bits, so that its product with an exponent is exact. */
    private static final float LN2_HIGH = 0x1.62e4p-1f;

    private static final float LN2_LOW = 0x1.7f7d1cp-20f;
    private static final float HALF_LOG2_E = 0.72134752f;

    private interface Unary {
        void run(float[] x, float[] out, int from, int to);
    }

    private interface Binary {
        void run(float[] x, float[] y, float[] out, int from, int to);
    }

    /** Replaces the first {@code n} of {@code s.p} by their function. */
    private interface BlockKernel {
        void run(Scratch s, int n);
    }

    private FloatKernels() {
    }

    static void fill(float value, float[] out, int o, int n) {
        Arrays.fill(out, o, o + n, value);
    }

    static void neg(float[] x, int xo, float[] out, int o, int n) {
        apply((a, r, from, to) -> {
            for (int i = from; i < to; i++) {
                r[i] = -a[i];
            }
        }, x, xo, out, o, n);
    }

    static void abs(float[] x, int xo, float[] out, int o, int n) {
        apply((a, r, from, to) -> {
            for (int i = from; i < to; i++) {
                r[i] = Math.abs(a[i]);
            }
        }, x, xo, out, o, n);
    }

    static void sqrt(float[] x, int xo, float[] out, int o, int n) {
        apply((a, r, from, to) -> {
            for (int i = from; i < to; i++) {
                r[i] = (float) Math.sqrt(a[i]);
            }
        }, x, xo, out, o, n);
    }

    static void add(float[] x, int xo, float[] y, int yo, float[] out, int o, int n) {
        apply((a, b, r, from, to) -> {
            for (int i = from; i < to; i++) {
                r[i] = a[i] + b[i];
            }
        }, x, xo, y, yo, out, o, n);
    }

    static void sub(float[] x, int xo, float[] y, int yo, float[] out, int o, int n) {
        apply((a, b, r, from, to) -> {
            for (int i = from; i < to; i++) {
                r[i] = a[i] - b[i];
            }
        }, x, xo, y, yo, out, o, n);
    }

    static void mul(float[] x, int xo, float[] y, int yo, float[] out, int o, int n) {
        apply((a, b, r, from, to) -> {
            for (int i = from; i < to; i++) {
                r[i] = a[i] * b[i];
            }
        }, x, xo, y, yo, out, o, n);
    }

    static void div(float[] x, int xo, float[] y, int yo, float[] out, int o, int n) {
        apply((a, b, r, from, to) -> {
            for (int i = from; i < to; i++) {
                r[i] = a[i] / b[i];
            }
        }, x, xo, y, yo, out, o, n);
    }

    /** {@link Math#min(float, float)}: NaN wins, and -0 is less than +0. */
    static void min(float[] x, int xo, float[] y, int yo, float[] out, int o, int n) {
        apply((a, b, r, from, to) -> {
            for (int i = from; i < to; i++) {
                r[i] = Math.min(a[i], b[i]);
            }
        }, x, xo, y, yo, out, o, n);
    }

    /** {@link Math#max(float, float)}: NaN wins, and -0 is less than +0. */
    static void max(float[] x, int xo, float[] y, int yo, float[] out, int o, int n) {
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
    static void lt(float[] x, int xo, float[] y, int yo, float[] out, int o, int n) {
        Scratch s = Scratch.get();
        for (int start = 0; start < n; start += BLOCK) {
            int m = Math.min(BLOCK, n - start);
            sub(y, yo + start, x, xo + start, s.p, 0, m);
            positiveBits(s.a.load(s.p, 0, m), m);
            s.a.store(out, o + start, m);
        }
    }

    /** {@code x <= y} as 1 or 0; 0 when either is NaN. */
    static void le(float[] x, int xo, float[] y, int yo, float[] out, int o, int n) {
        Scratch s = Scratch.get();
        for (int start = 0; start < n; start += BLOCK) {
            int m = Math.min(BLOCK, n - start);
            leBits(s.a.load(x, xo + start, m), s.b.load(y, yo + start, m), m);
            s.a.store(out, o + start, m);
        }
    }

    /** {@code x == y} as 1 or 0; 0 when either is NaN. */
    static void eq(float[] x, int xo, float[] y, int yo, float[] out, int o, int n) {
        Scratch s = Scratch.get();
        for (int start = 0; start < n; start += BLOCK) {
            int m = Math.min(BLOCK, n - start);
            eqBits(s.a.load(x, xo + start, m), s.b.load(y, yo + start, m), m);
            s.a.store(out, o + start, m);
        }
    }

    /** {@code condition > 0 ? x : y}, bit for bit, whatever the other one holds; a NaN condition is false. */
    static void select(
            float[] condition, int conditionAt, float[] x, int xo, float[] y, int yo, float[] out, int o, int n) {
        Scratch s = Scratch.get();
        for (int start = 0; start < n; start += BLOCK) {
            int m = Math.min(BLOCK, n - start);
            blendBits(s.a.load(condition, conditionAt + start, m), s.b.load(x, xo + start, m),
                    s.c.load(y, yo + start, m), m);
            s.a.store(out, o + start, m);
        }
    }

    /**
     * e<sup>x</sup> = (2<sup>j</sup>)²·e<sup>r</sup> with |r| ≤ ln 2, within 2.4 ulp. Scaling twice by 2<sup>j</sup>
     * keeps every factor normal, so that overflow and gradual underflow need no special case.
     */
    static void exp(float[] x, int xo, float[] out, int o, int n) {
        applyInBlocks((s, m) -> {
            splitExponential(s, m);
            joinExp(s.p, s.q, m);
        }, x, xo, out, o, n);
    }

    /**
     * e<sup>x</sup> - 1 = s²·(e<sup>r</sup> - 1) + (s² - 1) with s = 2<sup>j</sup> as in {@link #exp}, within 2.4 ulp.
     */
    static void expm1(float[] x, int xo, float[] out, int o, int n) {
        applyInBlocks((s, m) -> {
            splitExponential(s, m);
            joinExpm1(s.p, s.q, m);
        }, x, xo, out, o, n);
    }

    /**
     * log x = e·ln 2 + log(1 + f) with x = 2<sup>e</sup>(1 + f) and 1 + f in [√½, √2), within 1.1 ulp; subnormal x are
     * scaled up first.
     */
    static void log(float[] x, int xo, float[] out, int o, int n) {
        applyInBlocks((s, m) -> {
            scaleSubnormals(s.p, s.q, m);
            logInPlace(s, m);
            addTo(s.p, s.q, m);
        }, x, xo, out, o, n);
    }

    /** log(1 + x) = log u + c/u, where u is 1 + x rounded and c what the rounding lost, within 1.4 ulp. */
    static void log1p(float[] x, int xo, float[] out, int o, int n) {
        applyInBlocks((s, m) -> {
            System.arraycopy(s.p, 0, s.t, 0, m);
            onePlus(s.p, s.q, m);
            logInPlace(s, m);
            joinLog1p(s.p, s.q, s.t, m);
        }, x, xo, out, o, n);
    }

    /**
     * tanh x = 2h/(1 + h²) with h = tanh(x/2) ≈ (x/2)·P(x²)/Q(x²) of degrees 2 and 3, within 2·10⁻⁷ and 5.3 ulp. An
     * error of h fades as |x| grows, which allows the low degrees; beyond 9.02 the result rounds to ±1.
     */
    static void tanh(float[] x, int xo, float[] out, int o, int n) {
        apply((a, r, from, to) -> {
            for (int i = from; i < to; i++) {
                float t = Math.max(-9.02f, Math.min(9.02f, a[i]));
                float u = t * t;
                float p = 1f + u * (0.029767914f + u * 0.00011413513f);
                float q = 1f + u * (0.1131012f + u * (0.0012059443f + u * 1.2267197e-06f));
                float tp = t * p;
                r[i] = Math.max(-1f, Math.min(1f, tp * q / (q * q + 0.25f * tp * tp)));
            }
        }, x, xo, out, o, n);
    }

    /**
     * 1/(1 + e<sup>-x</sup>) = ½ + h/(1 + h²) with h = tanh(x/4) as in {@link #tanh}, within 1.3·10⁻⁷; at -18.04 the
     * result is 0, at 18.04 it is 1.
     */
    static void logistic(float[] x, int xo, float[] out, int o, int n) {
        apply((a, r, from, to) -> {
            for (int i = from; i < to; i++) {
                float t = Math.max(-18.04f, Math.min(18.04f, a[i]));
                float u = t * t;
                float p = 0.25f + u * (0.0018604946f + u * 1.7833614e-06f);
                float q = 1f + u * (0.0282753f + u * (7.5371520e-05f + u * 1.9167621e-08f));
                float tp = t * p;
                r[i] = Math.max(0f, 0.5f + tp * q / (q * q + tp * tp));
            }
        }, x, xo, out, o, n);
    }

    /** The sum in {@code double}, always added in the same order. */
    static double sum(float[] x, int xo, int n) {
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
    static double dot(float[] x, int xo, float[] y, int yo, int n) {
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
    static void accumulate(double[] accumulators, int to, float[] x, int xo, int n) {
        for (int i = 0; i < n; i++) {
            accumulators[to + i] += x[xo + i];
        }
    }

    static void accumulateProducts(double[] accumulators, int to, float[] x, int xo, float[] y, int yo, int n) {
        for (int i = 0; i < n; i++) {
            accumulators[to + i] += x[xo + i] * y[yo + i];
        }
    }

    /** The largest element by {@link Math#max(float, float)}; -∞ when there is none. */
    static float max(float[] x, int xo, int n) {
        Scratch s = Scratch.get();
        float result = Float.NEGATIVE_INFINITY;
        for (int start = 0; start < n; start += BLOCK) {
            int m = Math.min(BLOCK, n - start);
            System.arraycopy(x, xo + start, s.p, 0, m);
            // A plain reduction is not vectorised; folding the block onto its first half is.
            while (m > 1) {
                int half = m / 2;
                System.arraycopy(s.p, m - half, s.q, 0, half);
                max(s.p, 0, s.q, 0, s.p, 0, half);
                m -= half;
            }
            result = Math.max(result, s.p[0]);
        }
        return result;
    }

    /**
     * C2 vectorises a loop only when all arrays are read and written at the same index; unequal offsets are copied
     * away.
     */
    private static void apply(Unary kernel, float[] x, int xo, float[] out, int o, int n) {
        if (xo == o) {
            kernel.run(x, out, o, o + n);
        } else {
            System.arraycopy(x, xo, out, o, n);
            kernel.run(out, out, o, o + n);
        }
    }

    private static void apply(
            Binary kernel, float[] x, int xo, float[] y, int yo, float[] out, int o, int n) {
        if (xo == o && yo == o) {
            kernel.run(x, y, out, o, o + n);
            return;
        }
        Scratch s = Scratch.get();
        for (int start = 0; start < n; start += BLOCK) {
            int m = Math.min(BLOCK, n - start);
            System.arraycopy(x, xo + start, s.p, 0, m);
            System.arraycopy(y, yo + start, s.q, 0, m);
            kernel.run(s.p, s.q, s.p, 0, m);
            System.arraycopy(s.p, 0, out, o + start, m);
        }
    }

    private static void applyInBlocks(BlockKernel kernel, float[] x, int xo, float[] out, int o, int n) {
        Scratch s = Scratch.get();
        for (int start = 0; start < n; start += BLOCK) {
            int m = Math.min(BLOCK, n - start);
            System.arraycopy(x, xo + start, s.p, 0, m);
            kernel.run(s, m);
            System.arraycopy(s.p, 0, out, o + start, m);
        }
    }

    private static void positiveBits(byte[] x, int n) {
        for (int i = 0; i < n; i++) {
            INT.set(x, 4 * i, ~notPositive((int) INT.get(x, 4 * i)) & ONE_BITS);
        }
    }

    private static void leBits(byte[] x, byte[] y, int n) {
        for (int i = 0; i < n; i++) {
            int a = (int) INT.get(x, 4 * i);
            int b = (int) INT.get(y, 4 * i);
            INT.set(x, 4 * i, ~less(b, a) & ordered(a, b) & ONE_BITS);
        }
    }

    private static void eqBits(byte[] x, byte[] y, int n) {
        for (int i = 0; i < n; i++) {
            int a = (int) INT.get(x, 4 * i);
            int b = (int) INT.get(y, 4 * i);
            INT.set(x, 4 * i, ~nonZero(rank(a) - rank(b)) & ordered(a, b) & ONE_BITS);
        }
    }

    private static void blendBits(byte[] condition, byte[] x, byte[] y, int n) {
        for (int i = 0; i < n; i++) {
            int pickY = notPositive((int) INT.get(condition, 4 * i));
            int a = (int) INT.get(x, 4 * i);
            int b = (int) INT.get(y, 4 * i);
            INT.set(condition, 4 * i, a ^ ((a ^ b) & pickY));
        }
    }

    /** All ones for the bits of zero, of a negative number or of NaN. */
    private static int notPositive(int bits) {
        return (bits | (bits - 1) | (INFINITY_BITS - bits)) >> 31;
    }

    private static int nonZero(int v) {
        return (v | -v) >> 31;
    }

    /** An integer that orders like the number, and is 0 for both zeros. */
    private static int rank(int bits) {
        int sign = bits >> 31;
        return ((bits & MAGNITUDE) ^ sign) - sign;
    }

    private static int less(int a, int b) {
        int ra = rank(a);
        int rb = rank(b);
        // The sign of ra - rb, corrected where the difference overflows.
        return ((ra & ~rb) | (~(ra ^ rb) & (ra - rb))) >> 31;
    }

    private static int ordered(int a, int b) {
        return ~((INFINITY_BITS - (a & MAGNITUDE)) | (INFINITY_BITS - (b & MAGNITUDE))) >> 31;
    }

    /** Turns {@code s.p} into e<sup>r</sup> - 1 and {@code s.q} into 2<sup>j</sup>. */
    private static void splitExponential(Scratch s, int n) {
        reduceExponent(s.p, s.q, n);
        powersOfTwo(s.a.load(s.q, 0, n), n);
        s.a.store(s.q, 0, n);
    }

    private static void reduceExponent(float[] x, float[] rounded, int n) {
        for (int i = 0; i < n; i++) {
            // Beyond these bounds the result is 0 or infinite, and j would leave the exponent's range.
            float t = Math.max(-104f, Math.min(89f, x[i]));
            float z = t * HALF_LOG2_E + ROUND;
            float j = z - ROUND;
            float r = t - j * (2 * LN2_HIGH) - j * (2 * LN2_LOW);
            float q = 2.0095769e-4f + r * 2.478117e-5f;
            q = 1.3890426e-3f + r * q;
            q = 8.332629e-3f + r * q;
            q = 0.04166662f + r * q;
            q = 0.16666672f + r * q;
            q = 0.5f + r * q;
            // Not r + r·r·q, which would turn -0 into +0.
            x[i] = r * (1f + r * q);
            rounded[i] = z;
        }
    }

    private static void powersOfTwo(byte[] rounded, int n) {
        for (int i = 0; i < n; i++) {
            INT.set(rounded, 4 * i, ((int) INT.get(rounded, 4 * i) + 127) << 23);
        }
    }

    private static void joinExp(float[] expm1, float[] scale, int n) {
        for (int i = 0; i < n; i++) {
            expm1[i] = (1f + expm1[i]) * scale[i] * scale[i];
        }
    }

    private static void joinExpm1(float[] expm1, float[] scale, int n) {
        for (int i = 0; i < n; i++) {
            float s = scale[i];
            // s² may overflow where the result does not; subtracting +0 keeps -0.
            expm1[i] = s * (s * expm1[i] - (1f / s - s));
        }
    }

    /**
     * Multiplies positive subnormals by 2²⁴; {@code correction} becomes what must be added to their logarithm, 0
     * elsewhere.
     */
    private static void scaleSubnormals(float[] x, float[] correction, int n) {
        for (int i = 0; i < n; i++) {
            float below = 1f - Math.min(1f, x[i] * 0x1p126f);
            float subnormal = Math.min(1f, below * 0x1p23f);
            x[i] *= 1f + subnormal * 0xffffffp0f;
            correction[i] = subnormal * -16.635532f;
        }
    }

    private static void onePlus(float[] x, float[] correction, int n) {
        for (int i = 0; i < n; i++) {
            // The bounds keep infinity and -1 from making NaN of a correction that is zero there.
            float finite = Math.min(Float.MAX_VALUE, x[i]);
            float u = 1f + finite;
            correction[i] = (finite - (u - 1f)) / Math.max(Float.MIN_NORMAL, u);
            x[i] += 1f;
        }
    }

    private static void addTo(float[] log, float[] correction, int n) {
        for (int i = 0; i < n; i++) {
            log[i] += correction[i];
        }
    }

    private static void joinLog1p(float[] log, float[] correction, float[] x, int n) {
        for (int i = 0; i < n; i++) {
            // log(1 + x) never exceeds x; the bound also turns +0 into -0 where x is.
            log[i] = Math.min(x[i], log[i] + correction[i]);
        }
    }

    /** Replaces {@code s.p}, which must hold no positive subnormal, by its logarithm. */
    private static void logInPlace(Scratch s, int n) {
        splitLogarithm(s.a.load(s.p, 0, n), s.b.bits, n);
        s.a.store(s.p, 0, n);
        s.b.store(s.r, 0, n);
        joinLogarithm(s.p, s.r, n);
    }

    /**
     * {@code x} becomes 1 + f, {@code exponent} becomes e + {@link #ROUND}, or the result itself where that is -∞, ∞ or
     * NaN.
     */
    private static void splitLogarithm(byte[] x, byte[] exponent, int n) {
        for (int i = 0; i < n; i++) {
            int bits = (int) INT.get(x, 4 * i);
            int fromSqrtHalf = bits - SQRT_HALF_BITS;
            int fromNormal = bits - MIN_NORMAL_BITS;
            int special = (fromNormal | (INFINITY_BITS - MIN_NORMAL_BITS - 1 - fromNormal)) >> 31;
            int nonZero = nonZero(bits << 1);
            int result = (nonZero & (bits | ((bits >> 31) & NAN_BITS))) | (~nonZero & NEGATIVE_INFINITY_BITS);
            INT.set(x, 4 * i, SQRT_HALF_BITS + (fromSqrtHalf & FRACTION));
            INT.set(exponent, 4 * i, (special & result) | (~special & (ROUND_BITS + (fromSqrtHalf >> 23))));
        }
    }

    private static void joinLogarithm(float[] onePlusF, float[] exponent, int n) {
        for (int i = 0; i < n; i++) {
            float f = onePlusF[i] - 1f;
            float e = exponent[i] - ROUND;
            float q = 0.1290444f + f * -0.07621786f;
            q = -0.13242987f + f * q;
            q = 0.14181824f + f * q;
            q = -0.16609083f + f * q;
            q = 0.20001975f + f * q;
            q = -0.25001583f + f * q;
            q = 0.33333325f + f * q;
            q = -0.49999988f + f * q;
            onePlusF[i] = e * LN2_HIGH + (f + (f * f * q + e * LN2_LOW));
        }
    }
}

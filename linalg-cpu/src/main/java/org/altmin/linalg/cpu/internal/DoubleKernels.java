package org.altmin.linalg.cpu.internal;

import static org.altmin.linalg.cpu.internal.Scratch.BLOCK;
import static org.altmin.linalg.cpu.internal.Scratch.LONG;

import java.util.Arrays;

/**
 * The kernels of {@link FloatKernels} on {@code double[]}, with the same rules for slices and special values.
 * Transcendental functions are those of {@link Math}, with its accuracy.
 */
final class DoubleKernels {

    private static final long ONE_BITS = 0x3ff0000000000000L;
    private static final long INFINITY_BITS = 0x7ff0000000000000L;
    private static final long MAGNITUDE = 0x7fffffffffffffffL;

    private interface Unary {
        void run(double[] x, double[] out, int from, int to);
    }

    private interface Binary {
        void run(double[] x, double[] y, double[] out, int from, int to);
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

    static void exp(double[] x, int xo, double[] out, int o, int n) {
        apply((a, r, from, to) -> {
            for (int i = from; i < to; i++) {
                r[i] = Math.exp(a[i]);
            }
        }, x, xo, out, o, n);
    }

    static void expm1(double[] x, int xo, double[] out, int o, int n) {
        apply((a, r, from, to) -> {
            for (int i = from; i < to; i++) {
                r[i] = Math.expm1(a[i]);
            }
        }, x, xo, out, o, n);
    }

    static void log(double[] x, int xo, double[] out, int o, int n) {
        apply((a, r, from, to) -> {
            for (int i = from; i < to; i++) {
                r[i] = Math.log(a[i]);
            }
        }, x, xo, out, o, n);
    }

    static void log1p(double[] x, int xo, double[] out, int o, int n) {
        apply((a, r, from, to) -> {
            for (int i = from; i < to; i++) {
                r[i] = Math.log1p(a[i]);
            }
        }, x, xo, out, o, n);
    }

    static void tanh(double[] x, int xo, double[] out, int o, int n) {
        apply((a, r, from, to) -> {
            for (int i = from; i < to; i++) {
                r[i] = Math.tanh(a[i]);
            }
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
}

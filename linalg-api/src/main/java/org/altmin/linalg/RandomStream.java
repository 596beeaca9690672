package org.altmin.linalg;

/**
 * A seeded stream of random numbers, the same on every machine, JDK and backend: SplitMix64 (Steele, Lea and Flood,
 * "Fast splittable pseudorandom number generators", OOPSLA 2014), normal deviates by the polar method with
 * {@link StrictMath}. Numbers are drawn on the host and uploaded, which is what makes the backends agree.
 */
public final class RandomStream {

    private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;

    private long state;
    private double spareGaussian = Double.NaN;

    public RandomStream(long seed) {
        state = mix(seed);
    }

    /** An independent stream for one purpose, so that drawing more for one purpose does not shift another. */
    public RandomStream split(String purpose) {
        long hash = state;
        for (int i = 0; i < purpose.length(); i++) {
            hash = mix(hash + GOLDEN_GAMMA * (purpose.charAt(i) + 1));
        }
        return new RandomStream(hash);
    }

    /** The state to continue from; see {@link #restore}. Drops the spare normal deviate, as restoring does. */
    public long state() {
        spareGaussian = Double.NaN;
        return state;
    }

    /** Continues where {@link #state()} was read. */
    public void restore(long saved) {
        state = saved;
        spareGaussian = Double.NaN;
    }

    public long nextLong() {
        state += GOLDEN_GAMMA;
        return mix(state);
    }

    /** Uniform on [0, 1), a multiple of 2⁻⁵³. */
    public double nextDouble() {
        return (nextLong() >>> 11) * 0x1.0p-53;
    }

    public double nextDouble(double from, double to) {
        return from + (to - from) * nextDouble();
    }

    /** Uniform on 0 … bound − 1. */
    public int nextInt(int bound) {
        if (bound < 1) {
            throw new IllegalArgumentException("bound must be at least 1, not " + bound);
        }
        return (int) Math.multiplyHigh(nextLong() >>> 1, (long) bound << 1);
    }

    /** Standard normal. */
    public double nextGaussian() {
        if (!Double.isNaN(spareGaussian)) {
            double result = spareGaussian;
            spareGaussian = Double.NaN;
            return result;
        }
        while (true) {
            double u = 2 * nextDouble() - 1;
            double v = 2 * nextDouble() - 1;
            double s = u * u + v * v;
            if (s > 0 && s < 1) {
                double factor = StrictMath.sqrt(-2 * StrictMath.log(s) / s);
                spareGaussian = v * factor;
                return u * factor;
            }
        }
    }

    /** 0 … size − 1 in random order. */
    public int[] permutation(int size) {
        int[] result = new int[size];
        for (int i = 0; i < size; i++) {
            int j = nextInt(i + 1);
            result[i] = result[j];
            result[j] = i;
        }
        return result;
    }

    /** Fills a matrix with uniform numbers on [from, to). */
    public void fillUniform(Matrix target, double from, double to) {
        double[] values = new double[Math.toIntExact(target.size())];
        for (int i = 0; i < values.length; i++) {
            values[i] = nextDouble(from, to);
        }
        target.owner().upload(values, target);
    }

    /** Fills a matrix with normal deviates. */
    public void fillGaussian(Matrix target, double mean, double deviation) {
        double[] values = new double[Math.toIntExact(target.size())];
        for (int i = 0; i < values.length; i++) {
            values[i] = mean + deviation * nextGaussian();
        }
        target.owner().upload(values, target);
    }

    private static long mix(long z) {
        long x = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        x = (x ^ (x >>> 27)) * 0x94D049BB133111EBL;
        return x ^ (x >>> 31);
    }
}

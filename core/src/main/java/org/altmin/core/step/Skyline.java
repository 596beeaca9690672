package org.altmin.core.step;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.IntStream;
import org.altmin.linalg.LinearAlgebra;
import org.altmin.linalg.Matrix;

/**
 * Where inputs X, m × n, have entries other than 0 once features are ordered by falling number of samples that have
 * them, and samples by the last feature they have: in skyline (or envelope) storage all that lies beyond, for a few
 * thousand samples together, is left out. Of MNIST's 784 features a tenth of the digits have none beyond the first 296,
 * half of them none beyond 415.
 */
public final class Skyline {

    /** The most samples of a block: few enough for the outline to be followed, enough for products at full speed. */
    private static final int BLOCK = 4096;
    /** What may be left of X for the reordering to be worth it. */
    private static final double WORTHWHILE = 0.9;

    private final int[] featureOrder;
    private final int[] sampleOrder;
    private final int blockSize;
    private final int[] heights;

    private Skyline(int[] featureOrder, int[] sampleOrder, int blockSize, int[] heights) {
        this.featureOrder = featureOrder;
        this.sampleOrder = sampleOrder;
        this.blockSize = blockSize;
        this.heights = heights;
    }

    /** The outline of X, m × n, if it leaves out at least a tenth of it. */
    public static Optional<Skyline> of(LinearAlgebra la, Matrix inputs) {
        int features = inputs.rows();
        int samples = inputs.columns();
        Presence presence = new Presence(la, inputs);
        int[] featureOrder = IntStream.range(0, features).boxed()
                .sorted((f, g) -> Integer.compare(presence.counts[g], presence.counts[f])).mapToInt(f -> f).toArray();
        int[] last = presence.last(inverse(featureOrder));
        int[] sampleOrder = IntStream.range(0, samples).boxed()
                .sorted((i, j) -> Integer.compare(last[i], last[j])).mapToInt(i -> i).toArray();
        int most = Math.max(1, (samples + BLOCK - 1) / BLOCK);
        int blockSize = Math.max(1, (samples + most - 1) / most);
        int blocks = (samples + blockSize - 1) / blockSize;
        int[] heights = new int[blocks];
        long stored = 0;
        for (int block = 0; block < blocks; block++) {
            int from = block * blockSize;
            int to = Math.min(samples, from + blockSize);
            heights[block] = Math.max(1, last[sampleOrder[to - 1]] + 1);
            stored += (long) heights[block] * (to - from);
        }
        return stored <= WORTHWHILE * features * samples
                ? Optional.of(new Skyline(featureOrder, sampleOrder, blockSize, heights)) : Optional.empty();
    }

    /** The features by falling number of samples. */
    int[] featureOrder() {
        return featureOrder;
    }

    /** The samples by the last feature they have. */
    int[] sampleOrder() {
        return sampleOrder;
    }

    int blocks() {
        return heights.length;
    }

    /** The first sample of a block. */
    int from(int block) {
        return block * blockSize;
    }

    /** The first sample after a block. */
    int to(int block) {
        return Math.min(sampleOrder.length, (block + 1) * blockSize);
    }

    /** How many features the samples of a block have. */
    int height(int block) {
        return heights[block];
    }

    /** How many samples of so many features are moved to or from the host at a time: a few megabytes. */
    static int samplesAtATime(int features) {
        return Math.max(1, (1 << 20) / Math.max(1, features));
    }

    static int[] inverse(int[] order) {
        int[] inverse = new int[order.length];
        for (int i = 0; i < order.length; i++) {
            inverse[order[i]] = i;
        }
        return inverse;
    }

    /** Which entries of X are not 0, one bit each. */
    private static final class Presence {

        private final int words;
        private final long[] bits;
        private final int[] counts;

        Presence(LinearAlgebra la, Matrix inputs) {
            int features = inputs.rows();
            int samples = inputs.columns();
            words = (features + Long.SIZE - 1) / Long.SIZE;
            bits = new long[Math.multiplyExact(words, samples)];
            counts = new int[features];
            int step = Math.min(samples, samplesAtATime(features));
            double[] chunk = new double[features * step];
            for (int from = 0; from < samples; from += step) {
                int to = Math.min(samples, from + step);
                la.download(inputs.columns(from, to), chunk, 0);
                for (int sample = from; sample < to; sample++) {
                    add(sample, chunk, (sample - from) * features);
                }
            }
        }

        private void add(int sample, double[] chunk, int at) {
            for (int feature = 0; feature < counts.length; feature++) {
                if (chunk[at + feature] != 0) {
                    counts[feature]++;
                    bits[sample * words + feature / Long.SIZE] |= 1L << feature;
                }
            }
        }

        /** For each sample the place of the last feature it has; −1 if it has none. */
        int[] last(int[] places) {
            int[] last = new int[bits.length / Math.max(1, words)];
            Arrays.fill(last, -1);
            for (int i = 0; i < bits.length; i++) {
                for (long rest = bits[i]; rest != 0; rest &= rest - 1) {
                    int feature = i % words * Long.SIZE + Long.numberOfTrailingZeros(rest);
                    last[i / words] = Math.max(last[i / words], places[feature]);
                }
            }
            return last;
        }
    }
}

package org.altmin.core.data;

import org.altmin.linalg.AltminException;

/** Features with their targets. */
public record Samples(FeatureTable features, Targets targets) {

    public Samples {
        if (features.samples() != targets.samples()) {
            throw new AltminException("There are " + features.samples() + " samples but "
                    + targets.samples() + " targets.");
        }
    }

    public int size() {
        return targets.samples();
    }

    /** Samples {@code from} to {@code to} (exclusive), sharing the features. */
    public Samples range(int from, int to) {
        return new Samples(new Range(features, from, to), targets.range(from, to));
    }

    private record Range(FeatureTable all, int from, int to) implements FeatureTable {

        @Override
        public int features() {
            return all.features();
        }

        @Override
        public int samples() {
            return to - from;
        }

        @Override
        public void read(int first, int last, double[] target) {
            all.read(from + first, from + last, target);
        }
    }
}

package org.altmin.core.data;

import java.util.List;

/**
 * Real features, sample by sample.
 *
 * @param values all features of the first sample, then those of the second, …
 * @param features how many a sample has
 * @param names of the features, in their order; empty if they have none
 */
public record DoubleTable(double[] values, int features, List<String> names) implements FeatureTable {

    public DoubleTable {
        names = List.copyOf(names);
        if (features < 1 || values.length % features != 0) {
            throw new IllegalArgumentException(values.length + " values are no whole number of samples of " + features
                    + " features");
        }
        if (!names.isEmpty() && names.size() != features) {
            throw new IllegalArgumentException(names.size() + " names for " + features + " features");
        }
    }

    /** Features without names. */
    public DoubleTable(double[] values, int features) {
        this(values, features, List.of());
    }

    @Override
    public int samples() {
        return values.length / features;
    }

    @Override
    public void read(int from, int to, double[] target) {
        System.arraycopy(values, from * features, target, 0, (to - from) * features);
    }
}

package org.altmin.core.data;

/** Real features, sample by sample. */
public record DoubleTable(double[] values, int features) implements FeatureTable {

    @Override
    public int samples() {
        return values.length / features;
    }

    @Override
    public void read(int from, int to, double[] target) {
        System.arraycopy(values, from * features, target, 0, (to - from) * features);
    }
}

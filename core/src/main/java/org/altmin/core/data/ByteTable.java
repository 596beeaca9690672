package org.altmin.core.data;

/** Features of one unsigned byte each, as images have them, sample by sample. */
public record ByteTable(byte[] values, int features) implements FeatureTable {

    public ByteTable {
        if (features < 1 || values.length % features != 0) {
            throw new IllegalArgumentException(values.length + " bytes are no whole number of samples of " + features
                    + " features");
        }
    }

    @Override
    public int samples() {
        return values.length / features;
    }

    @Override
    public void read(int from, int to, double[] target) {
        int start = from * features;
        for (int i = 0; i < (to - from) * features; i++) {
            target[i] = values[start + i] & 0xFF;
        }
    }
}

package org.altmin.core.data;

/** Raw features of samples, kept in whatever form is compact (bytes for images). Immutable. */
public interface FeatureTable {

    int features();

    int samples();

    /** Writes samples {@code from} to {@code to} (exclusive), one after the other, from the start of {@code target}. */
    void read(int from, int to, double[] target);
}

package org.altmin.core.data;

import java.util.List;

/** Raw features of samples, kept in whatever form is compact (bytes for images). Immutable. */
public interface FeatureTable {

    int features();

    int samples();

    /** The features' names in their order, such as a table's columns; empty if they have none. */
    default List<String> names() {
        return List.of();
    }

    /** Writes samples {@code from} to {@code to} (exclusive), one after the other, from the start of {@code target}. */
    void read(int from, int to, double[] target);
}

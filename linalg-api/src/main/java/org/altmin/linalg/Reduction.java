package org.altmin.linalg;

/** How many values become one. Accumulated in double on every backend, in a fixed order. */
public enum Reduction {
    /** Σ x; 0 over nothing. */
    SUM,
    /** max x with the NaN and signed-zero rules of {@link Math#max(double, double)}; −∞ over nothing. */
    MAX
}

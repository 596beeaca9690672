package org.altmin.core.report;

import java.util.Arrays;

/**
 * A curve.
 *
 * @param name what the legend calls it; curves of one name look the same and are one entry
 * @param x in ascending order
 * @param y as many; NaN where there is none
 */
record Series(String name, double[] x, double[] y) {

    /** Whether any value can be drawn. */
    boolean isVisible() {
        return Arrays.stream(y).anyMatch(Double::isFinite);
    }

    /** Whether all values that are there are above 0. */
    boolean isPositive() {
        return Arrays.stream(y).filter(Double::isFinite).allMatch(value -> value > 0);
    }

    /** Whether all values that are there are 0. */
    boolean isZero() {
        return Arrays.stream(y).filter(Double::isFinite).allMatch(value -> value == 0);
    }
}

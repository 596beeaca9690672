package org.altmin.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import org.altmin.linalg.Precision;
import org.altmin.testkit.reference.Dense;

/** When a result counts as right. */
final class Agreement {

    private static final double FLOAT_ABSOLUTE = 2e-7;
    private static final int ULPS = 5;

    private Agreement() {
    }

    /** The same number: 0 and −0 differ, any NaN equals any other. */
    static boolean identical(double expected, double actual) {
        return Double.doubleToLongBits(expected) == Double.doubleToLongBits(actual);
    }

    /** Every element is the same number. */
    static void assertIdentical(String what, Dense expected, Dense actual) {
        assertThat(actual.toString()).as("shape of %s", what).isEqualTo(expected.toString());
        for (int i = 0; i < expected.values().length; i++) {
            if (!identical(expected.values()[i], actual.values()[i])) {
                throw differ(what, i, expected, expected.values()[i], actual.values()[i], "must be the same number");
            }
        }
    }

    /** Every element is within its own tolerance; where the tolerance is NaN, the elements must be identical. */
    static void assertWithin(String what, Dense expected, Dense tolerance, Dense actual) {
        assertThat(actual.toString()).as("shape of %s", what).isEqualTo(expected.toString());
        for (int i = 0; i < expected.values().length; i++) {
            double e = expected.values()[i];
            double a = actual.values()[i];
            double allowed = tolerance.values()[i];
            if (!(Math.abs(e - a) <= allowed) && !identical(e, a)) {
                throw differ(what, i, expected, e, a, "may differ by " + allowed);
            }
        }
    }

    /**
     * Whether an elementary function's result is near enough: within 5 ulp, or 2e-7 absolute in float32; NaN,
     * infinities and zeros exactly.
     */
    static boolean elementary(Precision precision, double expected, double actual) {
        double rounded = precision == Precision.FLOAT32 ? (float) expected : expected;
        if (Double.isNaN(rounded) || Double.isInfinite(expected) || expected == 0) {
            return identical(rounded, actual);
        }
        double largest = precision == Precision.FLOAT32 ? Float.MAX_VALUE : Double.MAX_VALUE;
        double ulp = precision == Precision.FLOAT32 ? Math.ulp((float) expected) : Math.ulp(expected);
        double allowed = precision == Precision.FLOAT32 ? Math.max(FLOAT_ABSOLUTE, ULPS * ulp) : ULPS * ulp;
        if (Double.isInfinite(actual) || Double.isInfinite(rounded)) {
            double reach = Math.min(Math.abs(expected), Math.abs(actual));
            return Math.signum(expected) == Math.signum(actual) && (reach >= largest * (1 - 1e-6)
                    || Double.isInfinite(reach));
        }
        return Math.abs(expected - actual) <= allowed;
    }

    private static AssertionError differ(String what, int index, Dense shape, double expected, double actual,
            String rule) {
        return new AssertionError(what + ": element (" + index % shape.rows() + ", " + index / shape.rows() + ") of "
                + shape + " is " + actual + ", expected " + expected + "; they " + rule);
    }
}

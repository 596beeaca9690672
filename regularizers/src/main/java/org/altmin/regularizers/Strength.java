package org.altmin.regularizers;

import org.altmin.core.settings.Settings;

/** The factor of a penalty: finite and not negative. */
final class Strength {

    private Strength() {
    }

    static double of(Settings settings, String name) {
        double value = settings.number(name);
        if (!isValid(value)) {
            throw settings.invalid(name, "a number, at least 0");
        }
        return value;
    }

    static void require(double value) {
        if (!isValid(value)) {
            throw new IllegalArgumentException("the factor of a penalty must be finite and at least 0, not " + value);
        }
    }

    private static boolean isValid(double value) {
        return value >= 0 && value < Double.POSITIVE_INFINITY;
    }
}

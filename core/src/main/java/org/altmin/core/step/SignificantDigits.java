package org.altmin.core.step;

import java.math.BigDecimal;
import java.math.MathContext;

/** Decimal rounding of numbers that a schedule has multiplied up, to be read by people. */
public final class SignificantDigits {

    private static final int IN_MESSAGES = 4;
    private static final int IN_NAMES = 15;

    private SignificantDigits() {
    }

    /** As messages have it: 4 digits. */
    public static double forMessage(double value) {
        return round(value, IN_MESSAGES);
    }

    /** As the name of a phase has it, which records keep: 15 digits, all that a double holds of a decimal. */
    public static double forName(double value) {
        return round(value, IN_NAMES);
    }

    private static double round(double value, int digits) {
        return Double.isFinite(value) ? new BigDecimal(value, new MathContext(digits)).doubleValue() : value;
    }
}

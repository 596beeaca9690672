package org.altmin.core.report;

import java.util.Locale;

/** Numbers as texts for people. */
final class Figures {

    private static final String NONE = "–";
    private static final String SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹";
    private static final int MEBIBYTE = 1 << 20;

    private Figures() {
    }

    /** With four significant digits; a dash for NaN. */
    static String of(double value) {
        if (Double.isNaN(value)) {
            return NONE;
        } else if (Double.isInfinite(value)) {
            return value > 0 ? "∞" : "−∞";
        } else if (value == 0) {
            return "0";
        }
        double size = Math.abs(value);
        if (size < 1e-3 || size >= 1e6) {
            int exponent = (int) Math.floor(Math.log10(size));
            return trimmed(value / Math.pow(10, exponent), 3) + " · " + power(exponent);
        }
        return trimmed(value, Math.max(0, 3 - (int) Math.floor(Math.log10(size))));
    }

    /** A whole number. */
    static String count(double value) {
        return Double.isNaN(value) ? NONE : String.format(Locale.ROOT, "%,d", Math.round(value)).replace(',', ' ');
    }

    static String mebibytes(double bytes) {
        return Double.isNaN(bytes) ? NONE : String.format(Locale.ROOT, "%.0f MiB", bytes / MEBIBYTE);
    }

    /** 10 to this power: plainly from 0.001 to 10000, else with an exponent. */
    static String decade(int exponent) {
        if (exponent >= 0 && exponent <= 4) {
            return String.valueOf((long) Math.pow(10, exponent));
        }
        return exponent < 0 && exponent >= -3 ? fixed(Math.pow(10, exponent), -exponent) : power(exponent);
    }

    /** With so many decimals and a proper minus. */
    static String fixed(double value, int decimals) {
        return String.format(Locale.ROOT, "%." + decimals + "f", value).replace('-', '−');
    }

    private static String power(int exponent) {
        StringBuilder text = new StringBuilder(exponent < 0 ? "10⁻" : "10");
        String.valueOf(Math.abs(exponent)).chars().forEach(digit -> text.append(SUPERSCRIPTS.charAt(digit - '0')));
        return text.toString();
    }

    private static String trimmed(double value, int decimals) {
        String text = fixed(value, decimals);
        return text.contains(".") ? text.replaceFirst("0+$", "").replaceFirst("\\.$", "") : text;
    }
}

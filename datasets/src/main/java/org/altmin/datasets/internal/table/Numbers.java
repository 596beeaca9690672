package org.altmin.datasets.internal.table;

import java.util.Arrays;
import java.util.regex.Pattern;

/** Decimal numbers as text, and a growing series of them. */
final class Numbers {

    private static final Pattern DECIMAL = Pattern.compile("[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d+)?");
    private static final int INITIAL = 1024;

    private double[] values = new double[INITIAL];
    private int size;

    /** The finite number that the text is, else NaN. */
    static double parse(String text) {
        String stripped = text.strip();
        if (!DECIMAL.matcher(stripped).matches()) {
            return Double.NaN;
        }
        double value = Double.parseDouble(stripped);
        return Double.isInfinite(value) ? Double.NaN : value;
    }

    void add(double value) {
        if (size == values.length) {
            values = Arrays.copyOf(values, Math.addExact(size, size));
        }
        values[size++] = value;
    }

    /** Drops the last ones. */
    void shrink(int newSize) {
        size = newSize;
    }

    int size() {
        return size;
    }

    double[] toArray() {
        return Arrays.copyOf(values, size);
    }
}

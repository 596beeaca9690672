package org.altmin.core.report;

import java.util.ArrayList;
import java.util.List;

/**
 * How an axis maps values to [0, 1], and where its ticks are.
 *
 * @param logarithmic whether equal ratios are equal distances
 * @param from the value at 0; above 0 on a logarithmic axis
 * @param to the value at 1
 * @param ticks in ascending order
 */
record Scale(boolean logarithmic, double from, double to, List<Tick> ticks) {

    private static final int TICKS = 6;
    private static final int MOST_DECADES = 8;
    private static final double FEW_DECADES = 3;

    /** A marked value with its text. */
    record Tick(double value, String label) {
    }

    /** For values within [least, most]; room is left around a single value. */
    static Scale linear(double least, double most, boolean whole) {
        double room = most > least ? 0 : least == 0 || whole ? 1 : Math.abs(least) * 0.1;
        double from = least - (whole ? 0 : room);
        double to = most + room;
        double step = step((to - from) / TICKS);
        if (whole) {
            step = Math.max(1, Math.rint(step));
        }
        int decimals = (int) Math.max(0, Math.ceil(-Math.log10(step) - 1e-9));
        boolean plain = Math.max(Math.abs(from), Math.abs(to)) < 1e6 && decimals <= 5;
        List<Tick> ticks = new ArrayList<>();
        for (double k = Math.ceil(from / step - 1e-9); k * step <= to + 1e-9 * step; k++) {
            double value = k == 0 ? 0 : k * step;
            ticks.add(new Tick(value, plain ? Figures.fixed(value, decimals) : Figures.of(value)));
        }
        return new Scale(false, from, to, ticks);
    }

    /** For values within [least, most], both above 0. */
    static Scale logarithmic(double least, double most) {
        double from = most > least ? least : least / 2;
        double to = most > least ? most : most * 2;
        double decades = Math.log10(to) - Math.log10(from);
        int every = (int) Math.max(1, Math.ceil(decades / MOST_DECADES));
        int[] multiples = decades < FEW_DECADES ? new int[] {1, 2, 5} : new int[] {1};
        List<Tick> ticks = new ArrayList<>();
        for (int exponent = (int) Math.floor(Math.log10(from)); exponent <= Math.ceil(Math.log10(to)); exponent++) {
            for (int multiple : multiples) {
                double value = multiple * Math.pow(10, exponent);
                if (exponent % every == 0 && value >= from * (1 - 1e-9) && value <= to * (1 + 1e-9)) {
                    ticks.add(new Tick(value, multiple == 1 ? Figures.decade(exponent) : Figures.of(value)));
                }
            }
        }
        return ticks.size() >= 2 ? new Scale(true, from, to, ticks)
                : new Scale(true, from, to, linear(from, to, false).ticks);
    }

    /** From 0 to 1 within the axis. */
    double position(double value) {
        if (logarithmic) {
            double low = Math.log(from);
            return (Math.log(value) - low) / (Math.log(to) - low);
        }
        return (value - from) / (to - from);
    }

    /** Whether the axis can show the value at all. */
    boolean shows(double value) {
        return Double.isFinite(value) && (!logarithmic || value > 0);
    }

    private static double step(double rough) {
        double power = Math.pow(10, Math.floor(Math.log10(rough)));
        double multiple = rough / power;
        return power * (multiple <= 1 ? 1 : multiple <= 2 ? 2 : multiple <= 5 ? 5 : 10);
    }
}

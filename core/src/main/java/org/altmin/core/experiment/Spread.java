package org.altmin.core.experiment;

import java.util.Arrays;

/**
 * Mean and spread of one figure over repeated runs; NaN throughout where one of the figures is NaN or there is none.
 *
 * @param count how many figures
 * @param deviation the sample standard deviation; NaN for a single figure
 */
public record Spread(int count, double mean, double deviation, double lowest, double highest) {

    public static Spread of(double... figures) {
        double mean = Arrays.stream(figures).average().orElse(Double.NaN);
        double squares = 0;
        double lowest = figures.length == 0 ? Double.NaN : Double.POSITIVE_INFINITY;
        double highest = figures.length == 0 ? Double.NaN : Double.NEGATIVE_INFINITY;
        for (double figure : figures) {
            squares += (figure - mean) * (figure - mean);
            lowest = Math.min(lowest, figure);
            highest = Math.max(highest, figure);
        }
        double deviation = figures.length < 2 ? Double.NaN : Math.sqrt(squares / (figures.length - 1));
        return new Spread(figures.length, mean, deviation, lowest, highest);
    }
}

package org.altmin.cli.reproduce;

/**
 * A figure as it came out.
 *
 * @param mean over the trials; NaN if it is not a number
 * @param deviation the sample standard deviation; NaN for a single trial
 * @param text as shown
 */
record Value(double mean, double deviation, String text) {

    static Value of(String text) {
        return new Value(Double.NaN, Double.NaN, text);
    }
}

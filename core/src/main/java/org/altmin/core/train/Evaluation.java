package org.altmin.core.train;

/**
 * How well a network does on samples.
 *
 * @param accuracy the share of samples whose class is right; NaN for real-valued targets
 * @param error the mean over samples of ‖z_L − y‖²; NaN for classes
 * @param loss the mean loss a sample
 */
public record Evaluation(double accuracy, double error, double loss) {

    /** For parts that were not evaluated. */
    public static final Evaluation NONE = new Evaluation(Double.NaN, Double.NaN, Double.NaN);

    /** Whether it is of classes. */
    public boolean isAccuracy() {
        return !Double.isNaN(accuracy);
    }
}

package org.altmin.core.train;

import org.altmin.linalg.AltminException;

/**
 * When a run evaluates, saves and ends.
 *
 * @param iterations the most steps, counted from the run's beginning also when it is resumed
 * @param seconds the most seconds of training, evaluation excluded; +∞ for no bound
 * @param targetAccuracy ends the run when the test accuracy reaches it; NaN for none
 * @param evaluateEvery steps between evaluations, and the last step is always evaluated; 0 for the last only
 * @param checkpointEvery steps between checkpoints; 0 for none on the way
 */
public record TrainingPlan(int iterations, double seconds, double targetAccuracy, int evaluateEvery,
        int checkpointEvery) {

    public TrainingPlan {
        requireNotNegative("iterations", iterations);
        requireNotNegative("evaluate-every", evaluateEvery);
        requireNotNegative("checkpoint-every", checkpointEvery);
        if (!(seconds > 0)) {
            throw new AltminException("The time limit must be above 0 seconds, not " + seconds + ".");
        }
    }

    /** Evaluates after every step, saves nothing on the way. */
    public static TrainingPlan iterations(int iterations) {
        return new TrainingPlan(iterations, Double.POSITIVE_INFINITY, Double.NaN, 1, 0);
    }

    private static void requireNotNegative(String name, int value) {
        if (value < 0) {
            throw new AltminException("The setting '" + name + "' must be 0 or more, not " + value + ".");
        }
    }
}

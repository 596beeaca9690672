package org.altmin.core.run;

import java.util.Map;
import org.altmin.core.data.Targets;
import org.altmin.core.train.Evaluation;

/**
 * How well a network does on the training and on the test samples, under the names of the run's files.
 *
 * @param measure of both
 * @param train on the training samples; NaN if not evaluated
 * @param test on the test samples; NaN if not evaluated
 */
public record Scores(Measure measure, double train, double test) {

    /** What is measured. */
    public enum Measure {
        /** The share of samples whose class is right. */
        ACCURACY("Accuracy"),
        /** The mean over samples of ‖z_L − y‖². */
        ERROR("Error");

        private final String suffix;

        Measure(String suffix) {
            this.suffix = suffix;
        }

        /** The one that goes with the targets. */
        public static Measure of(Targets targets) {
            return targets instanceof Targets.Labels ? ACCURACY : ERROR;
        }

        double in(Evaluation evaluation) {
            return this == ACCURACY ? evaluation.accuracy() : evaluation.error();
        }
    }

    static Scores of(Measure measure, Evaluation train, Evaluation test) {
        return new Scores(measure, measure.in(train), measure.in(test));
    }

    void writeTo(Map<String, Object> json) {
        json.put("train" + measure.suffix, train);
        json.put("test" + measure.suffix, test);
    }
}

package org.altmin.core.run;

import java.util.Map;

/**
 * How good a network is on the training and on the test samples.
 *
 * @param kind which measure it is
 * @param train on the training samples, NaN if not evaluated
 * @param test on the test samples, NaN if not evaluated
 */
public record Scores(Kind kind, double train, double test) {

    /** The measure. */
    public enum Kind {
        /** The share of samples whose class is predicted rightly; more is better. */
        ACCURACY("trainAccuracy", "testAccuracy"),
        /** The mean squared error; less is better. */
        ERROR("trainError", "testError");

        private final String trainField;
        private final String testField;

        Kind(String trainField, String testField) {
            this.trainField = trainField;
            this.testField = testField;
        }

        /** The name of the training score in metrics and summary. */
        public String trainField() {
            return trainField;
        }

        /** The name of the test score in metrics and summary. */
        public String testField() {
            return testField;
        }
    }

    void writeTo(Map<String, Object> json) {
        json.put(kind.trainField, train);
        json.put(kind.testField, test);
    }
}

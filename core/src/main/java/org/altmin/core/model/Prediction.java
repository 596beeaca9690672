package org.altmin.core.model;

import java.util.List;

/** What a {@link Predictor} says of one sample. */
public sealed interface Prediction {

    /**
     * A class.
     *
     * @param index of the class, from 0: the largest output
     * @param name of the class
     * @param scores of all classes, in the order of {@link Outputs.Classes#names()}: their probabilities if the model
     *     {@linkplain Model#givesProbabilities() gives any}, else the network's outputs
     */
    record OfClass(int index, String name, List<Double> scores) implements Prediction {

        public OfClass {
            scores = List.copyOf(scores);
        }

        /** That of the class predicted. */
        public double score() {
            return scores.get(index);
        }
    }

    /** Real values, one for each output. */
    record OfValues(List<Double> values) implements Prediction {

        public OfValues {
            values = List.copyOf(values);
        }
    }
}

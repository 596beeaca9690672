package org.altmin.core.train;

import java.util.List;
import org.altmin.core.network.Weights;

/**
 * How a run ended.
 *
 * @param reason why it ended
 * @param weights of the final network, the solver's own matrices
 * @param steps one record a step, those before a resumption not included
 */
public record TrainingResult(StopReason reason, Weights weights, List<IterationRecord> steps) {

    /** Why a run ends. */
    public enum StopReason {
        ITERATIONS("all iterations done"),
        SECONDS("the time limit was reached"),
        TARGET("the target accuracy was reached"),
        DIVERGED("the objective is not a finite number"),
        REQUESTED("a stop was requested");

        private final String label;

        StopReason(String label) {
            this.label = label;
        }

        /** As written in messages. */
        public String label() {
            return label;
        }
    }

    public TrainingResult {
        steps = List.copyOf(steps);
    }

    /** The last step. */
    public IterationRecord last() {
        return steps.get(steps.size() - 1);
    }

    /** The median of the steps' seconds. */
    public double secondsPerIteration() {
        double[] sorted = steps.stream().mapToDouble(IterationRecord::stepSeconds).sorted().toArray();
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}

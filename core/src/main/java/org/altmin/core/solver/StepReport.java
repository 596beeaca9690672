package org.altmin.core.solver;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a solver says of one step. Quantities that a solver does not have are NaN.
 *
 * @param objective the function the solver decreases, after the step (an augmented Lagrangian, a penalty objective)
 * @param terms the objective's terms by name, such as "loss", "penalty", "regularizer"
 * @param primalResidual ‖·‖ of the constraint violation
 * @param dualResidual ‖·‖ of the violation of dual feasibility
 * @param squaredStep Σ over all blocks of ‖new − old‖², the step of the sufficient-decrease condition
 * @param innerCounts inner iterations by name, such as "fista", "backtracks"
 * @param phase names the part of the run in which objectives compare; when it changes, the objective restarts
 * @param seconds wall-clock seconds by part of the step
 */
public record StepReport(double objective, Map<String, Double> terms, double primalResidual, double dualResidual,
        double squaredStep, Map<String, Long> innerCounts, String phase, Map<String, Double> seconds) {

    public StepReport {
        terms = Collections.unmodifiableMap(new LinkedHashMap<>(terms));
        innerCounts = Collections.unmodifiableMap(new LinkedHashMap<>(innerCounts));
        seconds = Collections.unmodifiableMap(new LinkedHashMap<>(seconds));
    }

    public static Builder objective(double objective) {
        return new Builder(objective);
    }

    /** Collects the parts. */
    public static final class Builder {

        private final double objective;
        private final Map<String, Double> terms = new LinkedHashMap<>();
        private final Map<String, Long> innerCounts = new LinkedHashMap<>();
        private final Map<String, Double> seconds = new LinkedHashMap<>();
        private double primalResidual = Double.NaN;
        private double dualResidual = Double.NaN;
        private double squaredStep = Double.NaN;
        private String phase = "";

        private Builder(double objective) {
            this.objective = objective;
        }

        public Builder term(String name, double value) {
            terms.put(name, value);
            return this;
        }

        public Builder primalResidual(double value) {
            primalResidual = value;
            return this;
        }

        public Builder dualResidual(double value) {
            dualResidual = value;
            return this;
        }

        public Builder squaredStep(double value) {
            squaredStep = value;
            return this;
        }

        public Builder innerCount(String name, long value) {
            innerCounts.put(name, value);
            return this;
        }

        public Builder phase(String name) {
            phase = name;
            return this;
        }

        public Builder seconds(Map<String, Double> byPart) {
            seconds.putAll(byPart);
            return this;
        }

        public StepReport build() {
            return new StepReport(objective, terms, primalResidual, dualResidual, squaredStep, innerCounts, phase,
                    seconds);
        }
    }
}

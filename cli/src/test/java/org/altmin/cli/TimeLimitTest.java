package org.altmin.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleSupplier;
import org.altmin.core.experiment.Experiment;
import org.altmin.core.experiment.ExperimentSettings;
import org.altmin.core.network.Problem;
import org.altmin.core.network.Weights;
import org.altmin.core.solver.Solver;
import org.altmin.core.solver.SolverState;
import org.altmin.core.solver.StateArchive;
import org.altmin.core.solver.StepReport;
import org.altmin.core.train.TrainingResult;
import org.altmin.core.train.TrainingResult.StopReason;
import org.junit.jupiter.api.Test;

/** A solver learns how much of a run's seconds is spent, if these are bounded. */
class TimeLimitTest {

    private static TrainingResult run(Watcher watcher, String seconds) {
        ExperimentSettings settings = ExperimentSettings.of(Map.of("train", "20", "test", "10", "hidden", "3",
                "backend", "cpu", "threads", "1", "iterations", "2000", "evaluate-every", "0", "seconds", seconds));
        try (Experiment experiment = Experiment.open(settings)) {
            return experiment.trainer(List.of()).run(watcher);
        }
    }

    @Test
    void isToldAsThePartThatIsSpent() {
        Watcher watcher = new Watcher();
        TrainingResult result = run(watcher, "0.05");
        assertThat(result.reason()).isEqualTo(StopReason.SECONDS);
        assertThat(watcher.seen).hasSameSizeAs(result.steps()).isSorted();
        assertThat(watcher.seen.get(0)).isBetween(0.0, result.steps().get(0).seconds() / 0.05);
        assertThat(watcher.seen.get(watcher.seen.size() - 1))
                .isBetween(0.0, result.last().seconds() / 0.05);
        assertThat(watcher.spent.getAsDouble()).isGreaterThanOrEqualTo(1);
    }

    @Test
    void isNotToldWhereThereIsNone() {
        Watcher watcher = new Watcher();
        assertThat(run(watcher, "Infinity").steps()).hasSize(2000);
        assertThat(watcher.spent).isNull();
    }

    /** Asks in each step, which lasts a millisecond if there is a limit, and leaves the weights as they are. */
    private static final class Watcher implements Solver<Watcher>, SolverState {

        private final List<Double> seen = new ArrayList<>();
        private Weights weights;
        private DoubleSupplier spent;

        @Override
        public Watcher initialise(Problem problem) {
            weights = problem.copyInitial();
            return this;
        }

        @Override
        public void limit(DoubleSupplier spent) {
            this.spent = spent;
        }

        @Override
        public StepReport step(Watcher state) {
            if (spent != null) {
                double from = spent.getAsDouble();
                while (spent.getAsDouble() < from + 0.02) {
                    Thread.onSpinWait();
                }
                seen.add(spent.getAsDouble());
            }
            return StepReport.objective(0).build();
        }

        @Override
        public Weights weights() {
            return weights;
        }

        @Override
        public void archive(StateArchive archive) {
            archive.weights(weights);
        }
    }
}

package org.altmin.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.altmin.core.experiment.Experiment;
import org.altmin.core.experiment.ExperimentSettings;
import org.altmin.core.network.Problem;
import org.altmin.core.solver.Solver;
import org.altmin.core.solver.SolverState;
import org.altmin.core.solver.StepReport;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A solver asks for its memory when everything else has been allocated. */
class TrainingMemoryTest {

    @ParameterizedTest
    @ValueSource(strings = {"dladmm", "bcd3", "adam"})
    void nothingIsAllocatedAfterTheStateOfTheSolver(String solver) {
        ExperimentSettings settings = ExperimentSettings.of(Map.of("solver", solver, "train", "20", "test", "10",
                "hidden", "30", "backend", "cpu", "threads", "1", "iterations", "2"));
        try (Experiment experiment = Experiment.open(settings)) {
            Watcher<?> watcher = new Watcher<>(experiment.solver());
            experiment.trainer(List.of()).run(watcher);
            assertThat(watcher.peakBytes).isPositive().isEqualTo(experiment.la().peakBytes());
        }
    }

    /** Notes how much is allocated when its state has been made. */
    private static final class Watcher<S extends SolverState> implements Solver<S> {

        private final Solver<S> solver;
        private long peakBytes;

        Watcher(Solver<S> solver) {
            this.solver = solver;
        }

        @Override
        public S initialise(Problem problem) {
            S state = solver.initialise(problem);
            peakBytes = problem.la().peakBytes();
            return state;
        }

        @Override
        public StepReport step(S state) {
            return solver.step(state);
        }
    }
}

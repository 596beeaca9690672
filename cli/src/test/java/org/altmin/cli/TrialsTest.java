package org.altmin.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.altmin.core.experiment.Experiment;
import org.altmin.core.experiment.ExperimentSettings;
import org.altmin.core.experiment.Spread;
import org.altmin.core.experiment.Trials;
import org.altmin.core.experiment.Trials.Trial;
import org.altmin.core.train.IterationRecord;
import org.altmin.linalg.AltminException;
import org.junit.jupiter.api.Test;

/** Trials need a dataset and a solver, which the command has. */
class TrialsTest {

    private static final Map<String, String> SQUARE = Map.of("solver", "sigmoid-admm", "dataset", "square", "train",
            "200", "test", "50", "hidden", "20,20", "iterations", "12", "threads", "1");

    @Test
    void aTrialIsTheBestOfItsRun() {
        List<Trial> told = new ArrayList<>();
        Trials trials = Trials.run(SQUARE, 3, told::add);
        assertThat(told).isEqualTo(trials.trials()).extracting(Trial::seed).containsExactly(1L, 2L, 3L);
        Map<String, String> third = new LinkedHashMap<>(SQUARE);
        third.put("seed", "3");
        try (Experiment experiment = Experiment.open(ExperimentSettings.of(third))) {
            List<IterationRecord> steps = experiment.trainer(List.of()).run(experiment.solver()).steps();
            Trial trial = told.get(2);
            assertThat(trial.trainError()).isEqualTo(lowest(steps, step -> step.train().error()));
            assertThat(trial.testError()).isEqualTo(lowest(steps, step -> step.test().error()));
            assertThat(trial.lastTestError()).isEqualTo(steps.get(11).test().error());
            assertThat(trial.testAccuracy()).isNaN();
            assertThat(trial.iterations()).isEqualTo(12);
        }
        double[] errors = told.stream().mapToDouble(Trial::trainError).toArray();
        assertThat(errors[0]).isNotEqualTo(errors[1]);
        double mean = (errors[0] + errors[1] + errors[2]) / 3;
        double squares = 0;
        for (double error : errors) {
            squares += (error - mean) * (error - mean);
        }
        Spread summary = trials.spread(Trial::trainError);
        assertThat(summary.mean()).isCloseTo(mean, within(1e-12 * mean));
        assertThat(summary.deviation()).isCloseTo(Math.sqrt(squares / 2), within(1e-9 * mean));
        assertThat(summary.lowest()).isEqualTo(Math.min(errors[0], Math.min(errors[1], errors[2])));
    }

    private static double lowest(List<IterationRecord> steps, ToDoubleFunction<IterationRecord> figure) {
        return steps.stream().mapToDouble(figure).min().orElseThrow();
    }

    /** Sigmoid-admm.md, table 3, has 2.5e-9 over 2,000 iterations and 20 trials. */
    @Test
    void sigmoidAdmmApproximatesTheSquareFunction() {
        Map<String, String> settings = Map.of("solver", "sigmoid-admm", "dataset", "square", "hidden", "100,100",
                "init-scale", "12", "iterations", "25");
        Trials trials = Trials.run(settings, 4, trial -> { });
        assertThat(trials.spread(Trial::trainError).mean()).isLessThan(1e-8);
    }

    @Test
    void refusesASeedAndNoTrials() {
        Map<String, String> seeded = new LinkedHashMap<>(SQUARE);
        seeded.put("seed", "5");
        assertThatThrownBy(() -> Trials.run(seeded, 2, trial -> { })).isInstanceOf(AltminException.class)
                .hasMessageContaining("seed=5");
        assertThatThrownBy(() -> Trials.run(SQUARE, 0, trial -> { })).isInstanceOf(AltminException.class)
                .hasMessageContaining("0");
    }
}

package org.altmin.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.altmin.core.experiment.ExperimentSettings;
import org.altmin.core.solver.SolverFactory;
import org.junit.jupiter.api.Test;

class PlannedEpochsTest {

    @Test
    void areTheIterationsOfTheRunUnlessGiven() {
        assertThat(epochs(Map.of("solver", "adam", "iterations", "7"))).isEqualTo("7");
        assertThat(epochs(Map.of("solver", "online-altmin"))).isEqualTo("5");
        assertThat(epochs(Map.of("solver", "adam", "iterations", "7", "solver.epochs", "9"))).isEqualTo("9");
    }

    private static String epochs(Map<String, String> given) {
        return ExperimentSettings.of(given).solverSettings().text(SolverFactory.EPOCHS);
    }
}

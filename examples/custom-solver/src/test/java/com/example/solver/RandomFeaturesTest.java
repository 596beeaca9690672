package com.example.solver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.altmin.core.experiment.Experiment;
import org.altmin.core.experiment.ExperimentSettings;
import org.altmin.core.network.Layer;
import org.altmin.core.network.Network;
import org.altmin.core.network.Problem;
import org.altmin.core.operator.Activation;
import org.altmin.core.operator.Operators;
import org.altmin.core.solver.Solvers;
import org.altmin.core.train.TrainingResult;
import org.altmin.linalg.AltminException;
import org.altmin.linalg.Backends;
import org.altmin.linalg.LinearAlgebra;
import org.altmin.linalg.LinearAlgebraOptions;
import org.altmin.linalg.Precision;
import org.altmin.testkit.SmallProblems;
import org.altmin.testkit.SolverMemory;
import org.altmin.testkit.reference.Dense;
import org.altmin.testkit.reference.ReferenceProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RandomFeaturesTest {

    private static Problem problem(LinearAlgebra la, int hiddenLayers, boolean bias, long seed) {
        Activation tanh = Operators.activation("tanh");
        List<Layer> hidden = hiddenLayers == 1 ? List.of(new Layer(8, tanh, false))
                : List.of(new Layer(7, tanh, false), new Layer(6, tanh, false));
        return SmallProblems.of(la, new Network(5, hidden, 3, bias), Operators.loss("squared"),
                Operators.regularizer("l2(strength=0.02)"), Operators.regularizer("none"), 50, seed);
    }

    @ParameterizedTest
    @CsvSource({"1,true,1", "1,false,2", "2,true,3", "2,false,4"})
    void oneStepReachesTheSolutionOfNestedLoops(int hiddenLayers, boolean bias, long seed) {
        try (LinearAlgebra la = Backends.choose("cpu").open(LinearAlgebraOptions.of(Precision.FLOAT64))) {
            Problem problem = problem(la, hiddenLayers, bias, seed);
            RandomFeatures solver = new RandomFeatures(1e-3);
            RandomFeaturesState state = solver.initialise(problem);
            solver.step(state);
            PlainRandomFeatures plain = new PlainRandomFeatures(problem, 1e-3);
            double[] expected = plain.solution().values();
            double[] actual = la.toArray(state.weights().augmented(problem.network().depth()));
            assertThat(actual).containsExactly(expected, within(1e-10));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void asksForTheMemoryItTakes(int hiddenLayers) {
        SolverMemory.assertAskedForBeforehand(new RandomFeatures(1e-3), la -> problem(la, hiddenLayers, true, 1));
    }

    @Test
    void furtherStepsOnlyTakeBackRounding() {
        try (LinearAlgebra la = ReferenceProvider.open(Precision.FLOAT64)) {
            RandomFeatures solver = new RandomFeatures(1e-3);
            RandomFeaturesState state = solver.initialise(problem(la, 1, true, 5));
            assertThat(solver.step(state).squaredStep()).isGreaterThan(0.1);
            assertThat(solver.step(state).squaredStep()).isLessThan(1e-20);
        }
    }

    @Test
    void leavesTheHiddenLayersAsInitialised() {
        try (LinearAlgebra la = ReferenceProvider.open(Precision.FLOAT32)) {
            Problem problem = problem(la, 2, true, 6);
            RandomFeatures solver = new RandomFeatures(0);
            RandomFeaturesState state = solver.initialise(problem);
            solver.step(state);
            for (int l = 1; l < problem.network().depth(); l++) {
                assertThat(Dense.of(state.weights().augmented(l)).values())
                        .isEqualTo(Dense.of(problem.initial().augmented(l)).values());
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"loss=hinge; use one of squared", "regularizer=l1; regularizer=none or l2",
            "state-penalty=l1; state-penalty=none", "skip=true; skip=false", "hidden=; use hidden=1000"})
    void refusesWhatItCannotDoAndSaysWhatItCan(String settingAndRemedy) {
        String[] parts = settingAndRemedy.split("; ");
        String[] setting = parts[0].split("=", 2);
        Map<String, String> general = Map.of("solver", "random-features", "backend", "cpu", "train", "20", "test", "10",
                "hidden", "784,784", "threads", "1");
        Map<String, String> given = new HashMap<>(general);
        given.put(setting[0], setting[1]);
        try (Experiment experiment = Experiment.open(ExperimentSettings.of(given))) {
            assertThatThrownBy(() -> experiment.solver().initialise(experiment.problem()))
                    .isInstanceOf(AltminException.class).hasMessageContainingAll("'random-features'", parts[1]);
        }
    }

    @Test
    void isFoundByNameAndLearnsTheDigits() {
        assertThat(Solvers.installed().get("random-features")).isInstanceOf(RandomFeaturesFactory.class);
        ExperimentSettings settings = ExperimentSettings.of(Map.of("solver", "random-features", "dataset", "glyphs",
                "train", "5000", "test", "500", "hidden", "500", "backend", "cpu", "threads", "2"));
        try (Experiment experiment = Experiment.open(settings)) {
            TrainingResult result = experiment.trainer(List.of()).run(experiment.solver());
            assertThat(result.steps()).hasSize(1);
            assertThat(result.last().test().accuracy()).isGreaterThan(0.85);
        }
    }
}

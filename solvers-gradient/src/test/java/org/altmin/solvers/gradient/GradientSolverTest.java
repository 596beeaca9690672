package org.altmin.solvers.gradient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.altmin.core.network.Problem;
import org.altmin.core.solver.Solver;
import org.altmin.core.solver.Solvers;
import org.altmin.core.solver.StepReport;
import org.altmin.linalg.AltminException;
import org.altmin.linalg.LinearAlgebra;
import org.altmin.linalg.Precision;
import org.altmin.testkit.reference.ReferenceProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class GradientSolverTest {

    private static final int SAMPLES = 23;
    private static final List<String> NAMES = List.of("sgd", "momentum", "adagrad", "adadelta", "adam");

    static Stream<Arguments> settings() {
        return NAMES.stream().flatMap(name -> Stream.of(
                Arguments.of(name, 5, "none", 0.0, 0.0, false),
                Arguments.of(name, 0, "l2(strength=0.8)", 0.8, 0.0, false),
                Arguments.of(name, 7, "l1(strength=0.3)", 0.0, 0.3, true)));
    }

    @ParameterizedTest
    @MethodSource("settings")
    void followsThePlainAlgorithm(String name, int batch, String penalty, double l2, double l1, boolean skip) {
        try (LinearAlgebra la = ReferenceProvider.open(Precision.FLOAT64)) {
            Problem problem = SmallProblem.of(la, "sigmoid", skip, "squared", penalty, SAMPLES, 11);
            PlainGradient plain = new PlainGradient(problem, name, batch, l2, l1, skip);
            GradientSolver solver = solver(name, Map.of("batch", "" + batch, "rate", "0.03", "decay", "none"));
            GradientState state = solver.initialise(problem);
            for (int epoch = 0; epoch < 6; epoch++) {
                double[][][] before = plainCopy(plain);
                double expected = plain.epoch(0.03);
                StepReport report = solver.step(state);
                assertThat(report.objective()).isCloseTo(expected, within(1e-10 * Math.abs(expected)));
                double[][][] actual = PlainGradient.copy(state.weights());
                double squaredStep = 0;
                for (int l = 1; l < actual.length; l++) {
                    for (int i = 0; i < actual[l].length; i++) {
                        assertThat(actual[l][i]).as("epoch %d, layer %d, row %d", epoch, l, i)
                                .containsExactly(plain.w[l][i], within(1e-10));
                        for (int j = 0; j < actual[l][i].length; j++) {
                            double move = actual[l][i][j] - before[l][i][j];
                            squaredStep += move * move;
                        }
                    }
                }
                assertThat(report.squaredStep()).isCloseTo(squaredStep, within(1e-9 * squaredStep));
            }
        }
    }

    @Test
    void slicesOfABatchGiveTheSameUpdates() {
        try (LinearAlgebra la = ReferenceProvider.open(Precision.FLOAT64)) {
            Problem problem = SmallProblem.of(la, "relu", true, "cross-entropy", "none", SAMPLES, 3);
            for (int batch : new int[] {0, 10}) {
                LearningRate rate = new LearningRate(0.05, Decay.NONE, 1, 1, 0);
                GradientState whole = new GradientState(problem, new Rule.Sgd(), rate, batch, SAMPLES);
                GradientState sliced = new GradientState(problem, new Rule.Sgd(), rate, batch, 4);
                for (int epoch = 0; epoch < 3; epoch++) {
                    assertThat(sliced.step().objective()).isCloseTo(whole.step().objective(), within(1e-12));
                }
                for (int l = 1; l <= 3; l++) {
                    assertThat(la.toArray(sliced.weights().augmented(l)))
                            .containsExactly(la.toArray(whole.weights().augmented(l)), within(1e-12));
                }
            }
        }
    }

    @Test
    void ratesDecay() {
        LearningRate step = new LearningRate(0.1, Decay.STEP, 0.5, 10, 0);
        assertThat(List.of(step.at(0.1, 0, 0.9, 0), step.at(0.1, 9, 0.9, 0.9), step.at(0.1, 10, 0, 0),
                step.at(0.1, 25, 0.5, 0))).containsExactly(0.1, 0.1, 0.05, 0.025);
        LearningRate linear = new LearningRate(0.1, Decay.LINEAR, 1, 1, 4);
        assertThat(List.of(linear.at(0.1, 0, 0, 0), linear.at(0.1, 1, 0.5, 0), linear.at(0.1, 3, 0.5, 0),
                linear.at(0.1, 5, 0, 0))).containsExactly(0.1, 0.1 * 0.625, 0.1 * 0.125, 0.0);
        assertThat(List.of(linear.at(0.1, 1, 0.5, 0.25), linear.at(0.1, 1, 0.5, 0.875), linear.at(0.1, 1, 0.5, 1.1)))
                .containsExactly(0.1 * 0.625, 0.1 * 0.125, 0.0);
    }

    @Test
    void linearDecayEndsWithTheSeconds() {
        try (LinearAlgebra la = ReferenceProvider.open(Precision.FLOAT64)) {
            Problem problem = SmallProblem.of(la, "relu", false, "cross-entropy", "none", SAMPLES, 3);
            GradientSolver solver = solver("adam", Map.of("decay", "linear", "epochs", "1000"));
            GradientState state = solver.initialise(problem);
            double[] spent = {0.5};
            state.limit(() -> spent[0]);
            assertThat(solver.step(state).squaredStep()).isPositive();
            spent[0] = 1;
            assertThat(solver.step(state).squaredStep()).isZero();
        }
    }

    @Test
    void paperRatesDependOnTheBatch() {
        Rule sgd = new Rule.Sgd();
        assertThat(sgd.paperRate(false, 1000)).isEqualTo(0.1);
        assertThat(sgd.paperRate(true, 1000)).isEqualTo(1e-3);
    }

    @Test
    void afterALinearDecayNothingMoves() {
        try (LinearAlgebra la = ReferenceProvider.open(Precision.FLOAT64)) {
            Problem problem = SmallProblem.of(la, "relu", false, "cross-entropy", "l1", SAMPLES, 3);
            GradientSolver solver = solver("adam", Map.of("batch", "5", "decay", "linear", "epochs", "2"));
            GradientState state = solver.initialise(problem);
            assertThat(solver.step(state).squaredStep()).isFinite().isPositive();
            assertThat(solver.step(state).squaredStep()).isFinite().isPositive();
            assertThat(solver.step(state).squaredStep()).isZero();
        }
    }

    @Test
    void refusesLinearDecayWithoutItsEnd() {
        assertThatThrownBy(() -> solver("sgd", Map.of("decay", "linear"))).isInstanceOf(AltminException.class)
                .hasMessageContaining("'epochs'");
    }

    @Test
    void refusesAMemoryThatNeverFades() {
        assertThatThrownBy(() -> solver("momentum", Map.of("momentum", "1"))).isInstanceOf(AltminException.class)
                .hasMessageContaining("momentum").hasMessageContaining("below 1");
    }

    private static double[][][] plainCopy(PlainGradient plain) {
        double[][][] result = plain.w.clone();
        for (int l = 1; l < result.length; l++) {
            result[l] = Stream.of(plain.w[l]).map(double[]::clone).toArray(double[][]::new);
        }
        return result;
    }

    private static GradientSolver solver(String name, Map<String, String> settings) {
        Solver<?> solver = Solvers.installed().get(name).create(settings);
        return (GradientSolver) solver;
    }
}

package org.altmin.solvers.online;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.DoubleSupplier;
import org.altmin.core.network.Layer;
import org.altmin.core.network.Network;
import org.altmin.core.network.Problem;
import org.altmin.core.operator.Activation;
import org.altmin.core.operator.Operators;
import org.altmin.core.solver.StepReport;
import org.altmin.linalg.AltminException;
import org.altmin.linalg.LinearAlgebra;
import org.altmin.linalg.Precision;
import org.altmin.testkit.SmallProblems;
import org.altmin.testkit.reference.ReferenceProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OnlineAltMinTest {

    private static final int SAMPLES = 41;

    /**
     * Batches below and above the layers' widths, so that both orders of the weight step's products are met, and ranks
     * below and above half of them, so that covariances are sketched or whole.
     */
    @ParameterizedTest
    @CsvSource({
        "relu, cross-entropy, none, 0, pass, sample, 0, 5, true, 1, 0, 0, 0.5",
        "relu, cross-entropy, none, 0, pass, batch, 3, 5, true, 1, 0.3, 0.2, 0.5",
        "relu, cross-entropy, none, 0, pass, batch, 3, 20, true, 2, 0.3, 0.1, 1",
        "relu, squared, l2(strength=0.7), 0.7, prox, sample, 5, 5, true, 1, 0, 0.3, 0.5",
        "relu, squared, none, 0, prox, batch, 2, 5, false, 3, 0, 0.1, 0.1",
        "sigmoid, cross-entropy, none, 0, pass, sample, 2, 5, false, 1, 0.1, 0.1, 0",
        "sigmoid, squared, l2(strength=0.7), 0.7, pass, batch, 0, 100, true, 1, 0.1, 0.2, 1"})
    void followsThePlainAlgorithm(String activation, String loss, String penalty, double l2, String misfit,
            String curvature, int rank, int batch, boolean bias, int sampleEvery, String shrinkage, String adversary,
            String adversaryPart) {
        try (LinearAlgebra la = ReferenceProvider.open(Precision.FLOAT64)) {
            Problem problem = problem(la, activation, bias, loss, penalty);
            Map<String, String> settings = new HashMap<>(Map.of("batch", "" + batch, "epochs", "5", "misfit", misfit,
                    "misfit-weight", "0.4", "curvature", curvature, "rank", "" + rank, "refresh", "4",
                    "memory", "0.8"));
            settings.putAll(Map.of("sample-every", "" + sampleEvery, "shrinkage", shrinkage, "adversary", adversary,
                    "adversary-part", adversaryPart));
            OnlineAltMin solver = solver(settings);
            PlainOnline plain = new PlainOnline(problem, solver, activation.equals("relu"),
                    loss.equals("cross-entropy"), l2);
            OnlineState state = solver.initialise(problem);
            for (int epoch = 0; epoch < 4; epoch++) {
                double expected = plain.epoch();
                StepReport report = solver.step(state);
                assertThat(report.objective()).isCloseTo(expected, within(1e-10 * Math.abs(expected)));
                double[][][] actual = PlainOnline.copy(state.weights());
                for (int l = 1; l < actual.length; l++) {
                    for (int i = 0; i < actual[l].length; i++) {
                        assertThat(actual[l][i]).as("epoch %d, layer %d, row %d", epoch, l, i)
                                .containsExactly(plain.mean[l][i], within(1e-10));
                    }
                }
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"relu, pass", "relu, prox", "sigmoid, pass", "sigmoid, prox", "tanh, pass", "tanh, prox"})
    void learnsToTellClassesApart(String activation, String misfit) {
        try (LinearAlgebra la = ReferenceProvider.open(Precision.FLOAT32)) {
            Problem problem = problem(la, activation, true, "cross-entropy", "none");
            OnlineAltMin solver = solver(Map.of("batch", "10", "epochs", "20", "misfit", misfit));
            OnlineState state = solver.initialise(problem);
            double first = solver.step(state).objective();
            double last = first;
            for (int epoch = 1; epoch < 20; epoch++) {
                last = solver.step(state).objective();
            }
            assertThat(last).isLessThan(first / 2);
        }
    }

    @Test
    void afterThePlannedEpochsNothingMoves() {
        try (LinearAlgebra la = ReferenceProvider.open(Precision.FLOAT64)) {
            Problem problem = problem(la, "relu", true, "cross-entropy", "l1");
            OnlineAltMin solver = solver(Map.of("batch", "7", "epochs", "2"));
            OnlineState state = solver.initialise(problem);
            assertThat(solver.step(state).squaredStep()).isFinite().isPositive();
            assertThat(solver.step(state).squaredStep()).isFinite().isPositive();
            assertThat(solver.step(state).squaredStep()).isZero();
        }
    }

    @Test
    void stepsFallWithTheSecondsWhereTheseEndFirst() {
        try (LinearAlgebra la = ReferenceProvider.open(Precision.FLOAT64)) {
            Problem problem = problem(la, "relu", true, "cross-entropy", "l1");
            OnlineAltMin planned = solver(Map.of("batch", "7", "epochs", "4"));
            OnlineAltMin endless = solver(Map.of("batch", "7", "epochs", "1000000"));
            OnlineState expected = planned.initialise(problem);
            OnlineState bounded = endless.initialise(problem);
            bounded.limit(clock(4));
            for (int epoch = 0; epoch < 4; epoch++) {
                double squaredStep = planned.step(expected).squaredStep();
                assertThat(endless.step(bounded).squaredStep()).as("epoch %d", epoch)
                        .isBetween(squaredStep / 3, 3 * squaredStep);
            }
            assertThat(endless.step(bounded).squaredStep()).isZero();
        }
    }

    @Test
    void secondsThatOutlastThePlanChangeNothing() {
        try (LinearAlgebra la = ReferenceProvider.open(Precision.FLOAT64)) {
            Problem problem = problem(la, "relu", true, "cross-entropy", "none");
            OnlineAltMin solver = solver(Map.of("batch", "7", "epochs", "3"));
            OnlineState expected = solver.initialise(problem);
            OnlineState bounded = solver.initialise(problem);
            bounded.limit(clock(4));
            for (int epoch = 0; epoch < 3; epoch++) {
                assertThat(solver.step(bounded).squaredStep()).isEqualTo(solver.step(expected).squaredStep());
            }
        }
    }

    /** Seconds of which every update takes the same part, and which are spent after these epochs of batches of 7. */
    private static DoubleSupplier clock(int epochs) {
        int batches = (SAMPLES + 6) / 7;
        AtomicInteger updates = new AtomicInteger();
        return () -> updates.getAndIncrement() / (double) (epochs * batches);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "-0.1", "NaN", "much"})
    void refusesToShrinkWeightsToNothingOrPastIt(String shrinkage) {
        assertThatThrownBy(() -> solver(Map.of("shrinkage", shrinkage))).isInstanceOf(AltminException.class)
                .hasMessageContaining("shrinkage").hasMessageContaining(shrinkage);
    }

    @ParameterizedTest
    @CsvSource({"adversary, -0.1", "adversary, NaN", "adversary-part, 1.5", "adversary-part, half"})
    void refusesToMoveInputsByNothingSensible(String setting, String value) {
        assertThatThrownBy(() -> solver(Map.of(setting, value))).isInstanceOf(AltminException.class)
                .hasMessageContaining(setting).hasMessageContaining(value);
    }

    @Test
    void aSingularWeightStepNamesLayerAndRemedy() {
        try (LinearAlgebra la = ReferenceProvider.open(Precision.FLOAT64)) {
            Problem problem = problem(la, "relu", true, "cross-entropy", "none");
            la.fill(problem.inputs(), 0.1);
            la.scale(1e200, problem.inputs());
            OnlineAltMin solver = solver(Map.of("rank", "0", "batch", "10"));
            OnlineState state = solver.initialise(problem);
            assertThatThrownBy(() -> solver.step(state)).isInstanceOf(AltminException.class)
                    .hasMessageContainingAll("weight step of layer ", "more damping than 20.0", "smaller scale");
        }
    }

    @Test
    void refusesSkipConnections() {
        try (LinearAlgebra la = ReferenceProvider.open(Precision.FLOAT64)) {
            Activation relu = Operators.activation("relu");
            Network network = new Network(5, List.of(new Layer(7, relu, false), new Layer(7, relu, true)), 3, true);
            Problem problem = SmallProblems.of(la, network, Operators.loss("squared"), Operators.regularizer("none"),
                    Operators.regularizer("none"), SAMPLES, 3);
            assertThatThrownBy(() -> solver(Map.of()).initialise(problem)).isInstanceOf(AltminException.class)
                    .hasMessageContaining("online-altmin").hasMessageContaining("skip");
        }
    }

    private static OnlineAltMin solver(Map<String, String> settings) {
        return (OnlineAltMin) new OnlineAltMinFactory().create(new HashMap<>(settings));
    }

    private static Problem problem(LinearAlgebra la, String activation, boolean bias, String loss, String penalty) {
        Activation h = Operators.activation(activation);
        Network network = new Network(6, List.of(new Layer(9, h, false), new Layer(8, h, false)), 3, bias);
        return SmallProblems.of(la, network, Operators.loss(loss), Operators.regularizer(penalty),
                Operators.regularizer("none"), SAMPLES, 4);
    }
}

package org.altmin.solvers.admm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.altmin.core.network.Layer;
import org.altmin.core.network.Network;
import org.altmin.core.network.Problem;
import org.altmin.core.operator.Operators;
import org.altmin.core.solver.StepReport;
import org.altmin.linalg.AltminException;
import org.altmin.linalg.Backends;
import org.altmin.linalg.LinearAlgebra;
import org.altmin.linalg.LinearAlgebraOptions;
import org.altmin.linalg.Matrix;
import org.altmin.linalg.Precision;
import org.altmin.testkit.SmallProblems;
import org.altmin.testkit.SolverMemory;
import org.altmin.testkit.StateArchives;
import org.altmin.testkit.reference.Dense;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TaylorAdmmTest {

    private static LinearAlgebra open(Precision precision) {
        return Backends.open("cpu", new LinearAlgebraOptions(precision, 1, Map.of()));
    }

    private static Problem problem(LinearAlgebra la, String activation, String loss, int samples, long seed) {
        Network network = Network.of(6, new int[] {8, 7}, Operators.activation(activation), 3);
        return SmallProblems.of(la, network, Operators.loss(loss), Operators.regularizer("none"),
                Operators.regularizer("none"), samples, seed);
    }

    @ParameterizedTest
    @CsvSource({"1, 10, 0, 1e-3", "1, 10, 4, 1e-3", "10, 1, 2, 0.1", "0.3, 2, 0, 0"})
    void followsThePlainAlgorithm(double beta, double gamma, int warmStart, double damping) {
        try (LinearAlgebra la = open(Precision.FLOAT64)) {
            Problem problem = problem(la, "relu", "squared", 30, 5);
            TaylorAdmm solver = new TaylorAdmm(beta, gamma, warmStart, damping);
            PlainTaylorAdmm plain = new PlainTaylorAdmm(problem, solver);
            TaylorAdmmState state = solver.initialise(problem);
            for (int k = 1; k <= 10; k++) {
                StepReport report = solver.step(state);
                plain.step();
                Map<String, Dense> found = StateArchives.save(state).matrices();
                for (int l = 1; l <= 3; l++) {
                    assertClose("W" + l + " after " + k, state.weights().augmented(l), plain.weight.get(l - 1));
                    assertClose("z" + l + " after " + k, found.get("z" + l).on(la), plain.z.get(l - 1));
                }
                assertClose("u after " + k, found.get("u").on(la), plain.dual);
                double expected = plain.objective();
                assertThat(report.objective()).isCloseTo(expected, within(1e-10 * Math.abs(expected)));
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"8 7, 400", "20 4, 400", "9, 400", "40 50, 3", "50 10, 3"})
    void asksForTheMemoryItTakes(String hidden, int samples) {
        int[] widths = Stream.of(hidden.split(" ")).mapToInt(Integer::parseInt).toArray();
        Network network = Network.of(6, widths, Operators.activation("relu"), 3);
        SolverMemory.assertAskedForBeforehand(new TaylorAdmm(1, 10, 0, 0.1), la -> SmallProblems.of(la, network,
                Operators.loss("squared"), Operators.regularizer("none"), Operators.regularizer("none"), samples, 1));
    }

    private static void assertClose(String what, Matrix actual, Dense expected) {
        Dense found = Dense.of(actual);
        double largest = 0;
        double difference = 0;
        for (int i = 0; i < expected.values().length; i++) {
            largest = Math.max(largest, Math.abs(expected.values()[i]));
            difference = Math.max(difference, Math.abs(found.values()[i] - expected.values()[i]));
        }
        assertThat(difference).as(what).isLessThanOrEqualTo(1e-10 * largest);
    }

    /** Every step minimises one function over a block, but for a trace of damping that dead ReLUs need. */
    @ParameterizedTest
    @CsvSource({"relu, cross-entropy, 1, 10", "relu, hinge, 1, 10", "tanh, squared, 2, 0.5",
        "sigmoid, cross-entropy, 1, 1"})
    void withoutTheMultiplierTheObjectiveNeverRises(String activation, String loss, double beta, double gamma) {
        for (long seed = 1; seed <= 3; seed++) {
            try (LinearAlgebra la = open(Precision.FLOAT64)) {
                TaylorAdmm solver = new TaylorAdmm(beta, gamma, 100, 1e-12);
                TaylorAdmmState state = solver.initialise(problem(la, activation, loss, 40, seed));
                double first = solver.step(state).objective();
                double before = first;
                for (int k = 0; k < 40; k++) {
                    double now = solver.step(state).objective();
                    assertThat(now).as("seed %d step %d", seed, k).isLessThanOrEqualTo(before + 1e-9 * (1 + before));
                    before = now;
                }
                assertThat(before).isLessThan(0.8 * first);
            }
        }
    }

    @Test
    void theMultiplierIsTheNegativeGradientOfTheLoss() {
        try (LinearAlgebra la = open(Precision.FLOAT64)) {
            Problem problem = problem(la, "relu", "squared", 40, 2);
            TaylorAdmm solver = new TaylorAdmm(1, 10, 3, 1e-6);
            TaylorAdmmState state = solver.initialise(problem);
            for (int k = 1; k <= 8; k++) {
                StepReport report = solver.step(state);
                Map<String, Dense> found = StateArchives.save(state).matrices();
                assertThat(report.phase()).isEqualTo(k > 3 ? "multiplier" : "warm start");
                Dense expected = Dense.of(problem.targets()).plus(-1, found.get("z3"));
                assertClose("u", found.get("u").on(la), k > 3 ? expected : expected.map(x -> 0));
            }
        }
    }

    @Test
    void inputsThatAreAlwaysZeroNeedDamping() {
        try (LinearAlgebra la = open(Precision.FLOAT32)) {
            Problem whole = problem(la, "relu", "cross-entropy", 40, 1);
            Matrix inputs = la.allocateLike(whole.inputs());
            Problem problem = new Problem(la, whole.network(), whole.loss(), whole.weightPenalty(),
                    whole.statePenalty(), inputs, whole.targets(), whole.targetKind(), whole.initial(), 1);
            TaylorAdmm exact = new TaylorAdmm(1, 10, 0, 0);
            TaylorAdmmState state = exact.initialise(problem);
            assertThatThrownBy(() -> exact.step(state)).isInstanceOf(AltminException.class)
                    .hasMessageContaining("layer 1").hasMessageContaining("damping");
        }
    }

    @Test
    void aSingularStateStepNamesLayerAndRemedy() {
        try (LinearAlgebra la = open(Precision.FLOAT64)) {
            Problem problem = problem(la, "relu", "squared", 40, 1);
            la.fill(problem.initial().weight(2), 1e200);
            TaylorAdmm solver = new TaylorAdmm(1, 10, 0, 1e-6);
            TaylorAdmmState state = solver.initialise(problem);
            assertThatThrownBy(() -> solver.step(state)).isInstanceOf(AltminException.class)
                    .hasMessageContainingAll("state step of layer 1 is singular", "a larger gamma than 10.0");
        }
    }

    @Test
    void refusesWhatItCannotDo() {
        try (LinearAlgebra la = open(Precision.FLOAT64)) {
            TaylorAdmm solver = new TaylorAdmm(1, 10, 0, 1e-6);
            Network skips = new Network(6, List.of(new Layer(6, Operators.activation("relu"), true)), 3, true);
            Problem residual = SmallProblems.of(la, skips, Operators.loss("squared"), Operators.regularizer("none"),
                    Operators.regularizer("none"), 10, 1);
            assertThatThrownBy(() -> solver.initialise(residual)).isInstanceOf(AltminException.class)
                    .hasMessageContaining("skip");
            Problem sparse = SmallProblems.of(la, Network.of(6, new int[] {4}, Operators.activation("relu"), 3),
                    Operators.loss("squared"), Operators.regularizer("l1"), Operators.regularizer("none"), 10, 1);
            assertThatThrownBy(() -> solver.initialise(sparse)).isInstanceOf(AltminException.class)
                    .hasMessageContaining("l1");
        }
    }
}

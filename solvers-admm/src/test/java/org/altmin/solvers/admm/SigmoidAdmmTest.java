package org.altmin.solvers.admm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.altmin.core.network.Layer;
import org.altmin.core.network.Network;
import org.altmin.core.network.Problem;
import org.altmin.core.operator.Activation;
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
import org.junit.jupiter.params.provider.ValueSource;

class SigmoidAdmmTest {

    private static LinearAlgebra open(Precision precision) {
        return Backends.open("cpu", new LinearAlgebraOptions(precision, 1, Map.of()));
    }

    private static Network network(String activation, int inputs, List<Integer> widths, int outputs, boolean bias) {
        Activation h = Operators.activation(activation);
        return new Network(inputs, widths.stream().map(width -> new Layer(width, h, false)).toList(), outputs, bias);
    }

    private static Problem problem(LinearAlgebra la, Network network, int samples, long seed) {
        return SmallProblems.of(la, network, Operators.loss("squared"), Operators.regularizer("none"),
                Operators.regularizer("none"), samples, seed);
    }

    private static List<Integer> widths(String text) {
        List<Integer> result = new ArrayList<>();
        for (String part : text.isEmpty() ? new String[0] : text.split(" ")) {
            result.add(Integer.parseInt(part));
        }
        return result;
    }

    private static SigmoidAdmm solver(String settings) {
        Map<String, String> given = new HashMap<>();
        for (String pair : settings.split(" ")) {
            given.put(pair.substring(0, pair.indexOf('=')), pair.substring(pair.indexOf('=') + 1));
        }
        return (SigmoidAdmm) new SigmoidAdmmFactory().create(given);
    }

    @ParameterizedTest
    @CsvSource({"sigmoid, 8 7, 3, true, majorised", "sigmoid, 8 7, 3, true, published",
        "tanh, 8 7, 3, true, majorised", "sigmoid, 5 6 7, 2, false, majorised",
        "tanh, 9, 4, false, published", "sigmoid, 4, 6, true, majorised",
        "sigmoid, 20 5 20 3, 3, true, majorised", "sigmoid, '', 3, true, majorised"})
    void followsThePlainAlgorithm(String activation, String hidden, int outputs, boolean bias, String stiffness) {
        try (LinearAlgebra la = open(Precision.FLOAT64)) {
            Problem problem = problem(la, network(activation, 6, widths(hidden), outputs, bias), 30, 5);
            SigmoidAdmm solver = solver("lambda=0.1 stiffness=" + stiffness);
            PlainSigmoidAdmm plain = new PlainSigmoidAdmm(problem, solver);
            SigmoidAdmmState state = solver.initialise(problem);
            for (int k = 1; k <= 20; k++) {
                StepReport report = solver.step(state);
                PlainSigmoidAdmm before = new PlainSigmoidAdmm(plain);
                plain.step();
                Map<String, Dense> found = StateArchives.save(state).matrices();
                double moved = 0;
                double residual = 0;
                for (int l = 1; l <= plain.depth; l++) {
                    String after = l + " after " + k;
                    Matrix weight = bias ? state.weights().augmented(l) : state.weights().weight(l);
                    assertClose("W" + after, Dense.of(weight), plain.weight.get(l - 1));
                    assertClose("V" + after, found.get("V" + l), plain.v.get(l));
                    assertClose("Lambda" + after, found.get("Lambda" + l), plain.lambda.get(l - 1));
                    moved += squaredDistance(plain.weight.get(l - 1), before.weight.get(l - 1))
                            + squaredDistance(plain.v.get(l), before.v.get(l))
                            + squaredDistance(plain.lambda.get(l - 1), before.lambda.get(l - 1));
                    residual += PlainSigmoidAdmm.dot(plain.residual(l));
                }
                assertThat(report.objective()).isCloseTo(plain.lagrangian(), within(1e-10 * plain.lagrangian()));
                assertThat(report.squaredStep()).isCloseTo(moved, within(1e-8 * moved));
                assertThat(report.primalResidual()).isCloseTo(Math.sqrt(residual), within(1e-8 * Math.sqrt(residual)));
                double gradient = Math.sqrt(plain.squaredGradient());
                assertThat(report.dualResidual()).isCloseTo(gradient, within(1e-8 * gradient));
            }
        }
    }

    private static double squaredDistance(Dense x, Dense y) {
        return PlainSigmoidAdmm.dot(x.plus(-1, y));
    }

    private static void assertClose(String what, Dense actual, Dense expected) {
        double largest = 0;
        double difference = 0;
        for (int i = 0; i < expected.values().length; i++) {
            largest = Math.max(largest, Math.abs(expected.values()[i]));
            difference = Math.max(difference, Math.abs(actual.values()[i] - expected.values()[i]));
        }
        assertThat(difference).as(what).isLessThanOrEqualTo(1e-10 * largest);
    }

    /** Lemma 15, eq. (60), which needs only that the quadratic models lie above: any λ, any β. */
    @ParameterizedTest
    @CsvSource({"sigmoid, 8 7, 1e-6, 1", "sigmoid, 8 7, 0.1, 0.1", "sigmoid, 5 6 7, 1e-3, 10", "tanh, 8 7, 1e-6, 1",
        "tanh, 5 6 7, 0.01, 3", "tanh, 9, 1e-3, 100"})
    void everyStepMakesTheProgressOfLemma15(String activation, String hidden, String lambda, String beta) {
        for (long seed = 1; seed <= 3; seed++) {
            try (LinearAlgebra la = open(Precision.FLOAT64)) {
                Problem problem = problem(la, network(activation, 6, widths(hidden), 3, true), 30, seed);
                PlainSigmoidAdmm plain = new PlainSigmoidAdmm(problem, solver("lambda=" + lambda + " beta=" + beta));
                for (int k = 1; k <= 40; k++) {
                    PlainSigmoidAdmm before = new PlainSigmoidAdmm(plain);
                    plain.step();
                    double promised = before.lagrangian() - plain.promisedDecrease(before);
                    assertThat(plain.lagrangian()).as("seed %d step %d", seed, k)
                            .isLessThanOrEqualTo(promised + 1e-9 * (1 + Math.abs(promised)));
                }
            }
        }
    }

    /** Theorem 4 (b): the eight conditions of eq. (24). */
    @ParameterizedTest
    @CsvSource({"sigmoid, 3, 0.1, '15', 1", "sigmoid, 3, 0.1, '15', 2", "sigmoid, 4 3, 0.05, '16,8,4', 1",
        "sigmoid, 3 3 3, 0.3, '15', 1", "tanh, 3, 0.3, '3', 1", "tanh, 3, 0.3, '3', 2", "tanh, 4 3, 0.3, '3', 1",
        "tanh, 3 3 3, 0.1, '3', 1"})
    void convergesToAPointThatSatisfiesTheKktConditions(String activation, String hidden, String lambda, String beta,
            long seed) {
        try (LinearAlgebra la = open(Precision.FLOAT64)) {
            Problem problem = problem(la, network(activation, 3, widths(hidden), 2, true), 6, seed);
            SigmoidAdmm solver = solver("lambda=" + lambda + " beta=" + beta);
            SigmoidAdmmState state = solver.initialise(problem);
            double residual = Double.POSITIVE_INFINITY;
            for (int k = 0; k < 30_000 && residual > 3e-7; k++) {
                StepReport report = solver.step(state);
                residual = Math.hypot(report.primalResidual(), report.dualResidual());
            }
            double[] kkt = at(state, problem, solver).kkt();
            for (int line = 0; line < kkt.length; line++) {
                assertThat(Math.sqrt(kkt[line])).as("condition %d of (24)", line + 1).isLessThan(1e-6);
            }
        }
    }

    /** Lemma 14, eq. (59), with λ and β as Theorem 7 wants them: 𝓛̂ falls by a times the squared step at least. */
    @ParameterizedTest
    @CsvSource({"sigmoid, 1", "sigmoid, 2", "sigmoid, 3", "tanh, 1", "tanh, 2"})
    void theLyapunovFunctionFallsUnderTheAssumptionsOfTheorem7(String activation, int hiddenLayers) {
        for (long seed = 1; seed <= 3; seed++) {
            try (LinearAlgebra la = open(Precision.FLOAT64)) {
                Network network = network(activation, 3, Collections.nCopies(hiddenLayers, 4), 2, false);
                Problem problem = problem(la, network, 12, seed);
                double gamma = 0;
                for (int l = 1; l <= network.depth(); l++) {
                    gamma = Math.max(gamma, Math.sqrt(la.squaredNorm(problem.initial().weight(l))));
                }
                PlainSigmoidAdmm.Activation h = PlainSigmoidAdmm.Activation.named(activation);
                Theorem7 theorem = new Theorem7(network.depth(), 4, 12, gamma,
                        Math.sqrt(la.squaredNorm(problem.inputs())), Math.sqrt(la.squaredNorm(problem.targets())),
                        h.l0(), h.l1(), h.l2());
                assertThat(theorem.decrease()).as("a").isFinite().isPositive();
                SigmoidAdmm solver = new SigmoidAdmm(theorem.lambda, theorem.beta(), Stiffness.MAJORISED, 0);
                PlainSigmoidAdmm point = new PlainSigmoidAdmm(problem, solver);
                double lyapunov = Double.NaN;
                for (int k = 1; k <= 60; k++) {
                    PlainSigmoidAdmm before = new PlainSigmoidAdmm(point);
                    point.step();
                    double moved = 0;
                    double now = point.lagrangian();
                    for (int l = 1; l <= point.depth; l++) {
                        double change = squaredDistance(point.v.get(l), before.v.get(l));
                        moved += change + squaredDistance(point.weight.get(l - 1), before.weight.get(l - 1));
                        now += theorem.xi(l) * change;
                    }
                    if (k > 1) {
                        assertThat(now).as("seed %d step %d", seed, k)
                                .isLessThanOrEqualTo(lyapunov - theorem.decrease() * moved + 1e-9 * Math.abs(lyapunov));
                    }
                    lyapunov = now;
                }
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"8 7, 400", "20 4 9, 400", "8, 400", "'', 400", "40 50, 3", "50 10, 3"})
    void asksForTheMemoryItTakes(String hidden, int samples) {
        Network network = network("sigmoid", 6, widths(hidden), 3, true);
        SolverMemory.assertAskedForBeforehand(solver("lambda=0.1"), la -> problem(la, network, samples, 1));
    }

    static PlainSigmoidAdmm at(SigmoidAdmmState state, Problem problem, SigmoidAdmm solver) {
        PlainSigmoidAdmm point = new PlainSigmoidAdmm(problem, solver);
        Map<String, Dense> found = StateArchives.save(state).matrices();
        for (int l = 1; l <= point.depth; l++) {
            point.weight.set(l - 1, Dense.of(state.weights().augmented(l)));
            point.v.set(l, found.get("V" + l));
            point.lambda.set(l - 1, found.get("Lambda" + l));
        }
        return point;
    }

    @ParameterizedTest
    @ValueSource(strings = {"relu", "linear", "softplus"})
    void refusesActivationsThatLackATrait(String activation) {
        try (LinearAlgebra la = open(Precision.FLOAT64)) {
            Problem problem = problem(la, network(activation, 3, List.of(4), 2, true), 10, 1);
            assertThatThrownBy(() -> solver("beta=1").initialise(problem)).isInstanceOf(AltminException.class)
                    .hasMessageContaining("twice differentiable and bounded").hasMessageContaining(activation)
                    .hasMessageContaining("sigmoid, tanh");
        }
    }

    @Test
    void refusesSkipConnectionsStatePenaltiesAndRegularizersThatAreNotQuadratic() {
        try (LinearAlgebra la = open(Precision.FLOAT64)) {
            Network skips = new Network(4, List.of(new Layer(4, Operators.activation("sigmoid"), true)), 2, true);
            assertThatThrownBy(() -> solver("beta=1").initialise(problem(la, skips, 10, 1)))
                    .isInstanceOf(AltminException.class).hasMessageContaining("skip");
            Network network = network("sigmoid", 4, List.of(4), 2, true);
            Problem penalised = SmallProblems.of(la, network, Operators.loss("squared"), Operators.regularizer("none"),
                    Operators.regularizer("l1"), 10, 1);
            assertThatThrownBy(() -> solver("beta=1").initialise(penalised)).isInstanceOf(AltminException.class)
                    .hasMessageContaining("state");
            Problem sparse = SmallProblems.of(la, network, Operators.loss("squared"), Operators.regularizer("l1"),
                    Operators.regularizer("none"), 10, 1);
            assertThatThrownBy(() -> solver("beta=1").initialise(sparse)).isInstanceOf(AltminException.class)
                    .hasMessageContaining("l1").hasMessageContaining("quadratic");
        }
    }

    @Test
    void aSingularWeightStepNamesLayerAndRemedy() {
        try (LinearAlgebra la = open(Precision.FLOAT64)) {
            Problem problem = problem(la, network("sigmoid", 3, List.of(4), 2, true), 10, 1);
            la.fill(problem.initial().weight(1), 0);
            la.scale(1e200, problem.inputs());
            assertSingular(problem, "weight step of layer 1", "larger lambda than 0.1", "more damping than 0.0");
        }
    }

    @Test
    void aSingularStateStepNamesLayerAndRemedy() {
        try (LinearAlgebra la = open(Precision.FLOAT64)) {
            Problem problem = problem(la, network("sigmoid", 3, List.of(4, 5), 2, true), 10, 1);
            la.fill(problem.initial().weight(2), 1e200);
            assertSingular(problem, "state step of layer 1", "larger lambda than 0.1", "weights above it");
        }
    }

    private static void assertSingular(Problem problem, String step, String... remedies) {
        SigmoidAdmm solver = solver("lambda=0.1");
        SigmoidAdmmState state = solver.initialise(problem);
        assertThatThrownBy(() -> solver.step(state)).isInstanceOf(AltminException.class)
                .hasMessageContaining(step + " is singular").hasMessageContainingAll(remedies)
                .hasMessageContaining("precision=float64");
    }

    @Test
    void refusesPenaltiesThatAreNotOneForEachLayer() {
        try (LinearAlgebra la = open(Precision.FLOAT64)) {
            Problem problem = problem(la, network("sigmoid", 3, List.of(4), 2, true), 10, 1);
            assertThatThrownBy(() -> solver("beta=1,2,3").initialise(problem)).isInstanceOf(AltminException.class)
                    .hasMessageContaining("2 layers").hasMessageContaining("3 numbers");
            assertThatThrownBy(() -> solver("beta=1,-2")).isInstanceOf(AltminException.class)
                    .hasMessageContaining("beta");
        }
    }
}

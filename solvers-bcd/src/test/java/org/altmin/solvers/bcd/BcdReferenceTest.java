package org.altmin.solvers.bcd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import java.util.stream.Stream;
import org.altmin.core.network.Problem;
import org.altmin.core.solver.StepReport;
import org.altmin.linalg.LinearAlgebra;
import org.altmin.linalg.Precision;
import org.altmin.testkit.SmallProblems;
import org.altmin.testkit.reference.Dense;
import org.altmin.testkit.reference.ReferenceProvider;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each solver beside {@link PlainBcd}, step by step. */
class BcdReferenceTest {

    private static final int SAMPLES = 23;
    private static final int STEPS = 6;

    static Stream<Arguments> settings() {
        Map<String, String> whole = Map.of("gamma", "0.8", "alpha", "0.3", "weight-alpha", "0.7", "alpha-growth", "1.1",
                "output-alpha", "2");
        Map<String, String> kept = Map.of("batch", "4", "alpha", "0.5", "sweeps", "2");
        Map<String, String> afresh = Map.of("batch", "9", "states", "afresh", "alpha", "0.5", "gamma", "2");
        Map<String, String> statesFirst = Map.of("order", "states-first", "weight-alpha", "0.5", "output-alpha", "4");
        Map<String, String> restarted = Map.of("states", "afresh", "sweeps", "3", "state-updates", "majorised");
        Map<String, String> cheap = Map.of("batch", "9", "states", "afresh", "order", "states-first", "sweeps", "2",
                "state-updates", "majorised");
        Map<String, String> published = Map.of("bias-step", "simultaneous", "weight-alpha", "0.6");
        Map<String, String> publishedBatches = Map.of("bias-step", "simultaneous", "batch", "4", "alpha", "0.5");
        return Stream.of("bcd3", "bcd2", "bcd-resnet").flatMap(name -> Stream.of(
                Arguments.of(name, "relu", true, "squared", "none", "none", whole, 1),
                Arguments.of(name, "relu", true, "hinge", "l2(strength=0.4)", "l2(strength=0.3)", whole, 2),
                Arguments.of(name, "leaky-relu", false, "squared", "l2(strength=0.4)", "none", whole, 3),
                Arguments.of(name, "sigmoid", true, "logistic", "none", "none", whole, 4),
                Arguments.of(name, "tanh", true, "cross-entropy", "l1(strength=0.2)", "l1(strength=0.1)", whole, 5),
                Arguments.of(name, "linear", true, "squared", "elastic-net(l1=0.1,l2=0.2)", "non-negative", whole, 6),
                Arguments.of(name, "relu", false, "cross-entropy", "box(lower=-0.3,upper=0.4)",
                        "box(lower=0,upper=1.5)", whole, 7),
                Arguments.of(name, "relu", true, "squared", "none", "none", kept, 8),
                Arguments.of(name, "relu", true, "cross-entropy", "l2(strength=0.1)", "none", kept, 9),
                Arguments.of(name, "tanh", false, "squared", "none", "l2(strength=0.1)", kept, 10),
                Arguments.of(name, "relu", true, "cross-entropy", "none", "none", afresh, 11),
                Arguments.of(name, "sigmoid", true, "hinge", "l1(strength=0.05)", "non-negative", afresh, 12),
                Arguments.of(name, "relu", true, "squared", "l2(strength=0.1)", "l2(strength=0.2)", statesFirst, 13),
                Arguments.of(name, "tanh", true, "squared", "none", "non-negative", statesFirst, 14),
                Arguments.of(name, "relu", true, "cross-entropy", "none", "l2(strength=0.2)", restarted, 15),
                Arguments.of(name, "leaky-relu", true, "squared", "none", "none", cheap, 16),
                Arguments.of(name, "relu", true, "squared", "none", "none", published, 17),
                Arguments.of(name, "relu", true, "squared", "l1(strength=0.1)", "none", published, 18),
                Arguments.of(name, "relu", false, "squared", "none", "none", published, 19),
                Arguments.of(name, "relu", true, "squared", "l2(strength=0.2)", "none", publishedBatches, 20)));
    }

    @ParameterizedTest
    @MethodSource("settings")
    void followsThePlainAlgorithm(String name, String activation, boolean bias, String loss, String weightPenalty,
            String statePenalty, Map<String, String> settings, long seed) {
        try (LinearAlgebra la = ReferenceProvider.open(Precision.FLOAT64)) {
            Problem problem = SmallNetworks.problem(la, activation, name.equals("bcd-resnet"), bias, loss,
                    weightPenalty, statePenalty, SAMPLES, seed);
            follow(name, problem, settings);
            follow(name, SmallProblems.thinOut(problem, 0), settings);
        }
    }

    private static void follow(String name, Problem problem, Map<String, String> settings) {
        LinearAlgebra la = problem.la();
        Bcd solver = SmallNetworks.solver(name, settings);
        PlainBcd plain = new PlainBcd(solver, problem);
        BcdState state = solver.initialise(problem);
        for (int step = 1; step <= STEPS; step++) {
            plain.step();
            StepReport report = solver.step(state);
            for (int l = 1; l <= problem.network().depth(); l++) {
                double size = Math.sqrt(la.squaredNorm(state.weights().augmented(l)));
                assertThat(Dense.of(state.weights().augmented(l)).values()).as("layer %d after step %d", l, step)
                        .containsExactly(plain.w[l].values(), within(1e-10 * size));
            }
            assertThat(report.objective()).as("objective after step %d", step)
                    .isCloseTo(plain.objective, within(1e-10 * plain.objective));
            assertThat(report.squaredStep()).as("squared step %d", step)
                    .isCloseTo(plain.squaredStep, within(1e-9 * plain.squaredStep));
        }
    }
}

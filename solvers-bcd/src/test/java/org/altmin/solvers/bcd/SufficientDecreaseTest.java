package org.altmin.solvers.bcd;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.altmin.core.network.Problem;
import org.altmin.core.solver.StepReport;
import org.altmin.linalg.LinearAlgebra;
import org.altmin.linalg.Precision;
import org.altmin.testkit.reference.ReferenceProvider;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Lemma 5 of bcd-kl.md: a step decreases the objective by at least (min(α, γ)/2)‖step‖². */
class SufficientDecreaseTest {

    private static final int STEPS = 25;
    private static final double ROUNDING = 1e-12;

    static Stream<Arguments> problems() {
        List<Arguments> result = new ArrayList<>();
        List<String> activations = List.of("relu", "leaky-relu", "sigmoid", "tanh", "linear");
        List<String> losses = List.of("squared", "hinge", "logistic", "cross-entropy");
        List<String> weightPenalties = List.of("none", "l2(strength=0.5)", "l1(strength=0.3)",
                "elastic-net(l1=0.2,l2=0.1)", "non-negative", "box(lower=-0.5,upper=0.5)");
        List<String> statePenalties = List.of("none", "l2(strength=0.2)", "l1(strength=0.1)", "non-negative",
                "box(lower=0,upper=1)");
        List<Map<String, String>> settings = List.of(Map.of("gamma", "1", "alpha", "0.05"),
                Map.of("gamma", "0.3", "alpha", "2"), Map.of("gamma", "4", "alpha", "1", "weight-alpha", "3"),
                Map.of("alpha", "0.2", "order", "states-first", "output-alpha", "9"),
                Map.of("alpha", "0.2", "order", "states-first", "state-updates", "majorised"),
                Map.of("alpha", "0.5", "state-updates", "majorised"));
        for (String name : List.of("bcd3", "bcd2", "bcd-resnet")) {
            for (int seed = 1; seed <= 30; seed++) {
                result.add(Arguments.of(name, at(activations, seed), at(losses, seed / 2),
                        at(weightPenalties, seed / 5), at(statePenalties, seed / 3), settings.get(seed % 6), seed));
                result.add(Arguments.of(name, at(activations, seed / 2), at(losses, seed), "none", "none",
                        settings.get(seed % 6), seed));
            }
        }
        return result.stream();
    }

    private static String at(List<String> names, int index) {
        return names.get(index % names.size());
    }

    @ParameterizedTest
    @MethodSource("problems")
    void everyStepDecreasesTheObjectiveEnough(String name, String activation, String loss, String weightPenalty,
            String statePenalty, Map<String, String> settings, long seed) {
        try (LinearAlgebra la = ReferenceProvider.open(Precision.FLOAT64)) {
            Problem problem = SmallNetworks.problem(la, activation, name.equals("bcd-resnet"), seed % 4 > 0, loss,
                    weightPenalty, statePenalty, 20, seed);
            Bcd solver = SmallNetworks.solver(name, settings);
            double constant = Math.min(Math.min(solver.alpha(), solver.weightAlpha()), solver.gamma()) / 2;
            BcdState state = solver.initialise(problem);
            double before = new PlainBcd(solver, problem).startingObjective();
            for (int step = 1; step <= STEPS; step++) {
                StepReport report = solver.step(state);
                assertThat(report.squaredStep()).as("squared step %d", step).isPositive();
                assertThat(report.objective()).as("objective after step %d, from %s", step, before)
                        .isLessThanOrEqualTo(before * (1 + ROUNDING) - constant * report.squaredStep());
                before = report.objective();
            }
        }
    }
}

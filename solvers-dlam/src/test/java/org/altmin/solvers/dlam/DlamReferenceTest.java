package org.altmin.solvers.dlam;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.altmin.core.network.Problem;
import org.altmin.core.solver.Solver;
import org.altmin.core.step.UpdateRule;
import org.altmin.linalg.LinearAlgebra;
import org.altmin.linalg.Precision;
import org.altmin.testkit.StateArchives;
import org.altmin.testkit.reference.Dense;
import org.altmin.testkit.reference.ReferenceProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Both solvers follow the nested loops step by step, through shrinking tolerances. */
class DlamReferenceTest {

    private static final int STEPS = 20;
    private static final double TOLERANCE = 1e-10;
    private static final ToleranceSchedule SHRINKING =
            new ToleranceSchedule(ToleranceSchedule.Rule.GEOMETRIC, 0.8, 0.7, 0.1);

    private static final ToleranceSchedule WIDE =
            new ToleranceSchedule(ToleranceSchedule.Rule.CONSTANT, 3, 0.5, 3);

    static List<Case> cases() {
        List<Case> cases = new ArrayList<>(Case.all(0, 0.5, 1));
        cases.addAll(Case.all(0.3, 0.2, 2));
        cases.addAll(Case.all(0, 1, 3));
        return cases;
    }

    @ParameterizedTest
    @MethodSource("cases")
    void dlamFollows(Case setting) {
        Dlam solver = new Dlam(UpdateRule.MAJORISED, setting.rho(), SHRINKING, 0, 1);
        follow(setting, solver, solver, false);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void dlamFollowsWithExactWeightsAndSeveralStateSteps(Case setting) {
        for (double damping : new double[] {0.1, 1}) {
            Dlam solver = new Dlam(UpdateRule.EXACT, setting.rho(), SHRINKING, damping, 3);
            follow(setting, solver, solver, false);
        }
    }

    static List<Case> casesWithoutDecay() {
        return cases().stream().filter(setting -> setting.decay() == 0).toList();
    }

    /**
     * ε shrinks in the first step, grows, and moves with the loss from there. (With weight decay a layer whose gradient
     * is nothing but rounding would shrink by a stiffness that is nothing but rounding.)
     */
    @ParameterizedTest
    @MethodSource("casesWithoutDecay")
    void dlamFollowsThroughThePapersSchedule(Case setting) {
        Dlam solver = new Dlam(UpdateRule.MAJORISED, setting.rho(),
                new ToleranceSchedule(ToleranceSchedule.Rule.PAPER, 1000, 0.5, 0.01), 0, 1);
        assertThat(follow(setting, solver, solver, false)).startsWith(1000.0, 0.01, 1.0);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void mdlamFollows(Case setting) {
        for (ToleranceSchedule schedule : List.of(SHRINKING, WIDE)) {
            follow(setting, new Mdlam(setting.rho(), schedule),
                    new Dlam(UpdateRule.MAJORISED, setting.rho(), schedule, 0, 1), true);
        }
    }

    /** Both ways out of the weights' guard occur in the cases above. */
    @Test
    void theGuardOfTheWeightsAcceptsAndRefuses() {
        long steps = 0;
        long redone = 0;
        for (Case setting : cases()) {
            try (LinearAlgebra la = ReferenceProvider.open(Precision.FLOAT64)) {
                Mdlam solver = new Mdlam(setting.rho(), WIDE);
                DlamState state = solver.initialise(setting.problem(la));
                for (int k = 1; k <= STEPS; k++) {
                    redone += solver.step(state).innerCounts().get("weightsRedone");
                    steps++;
                }
            }
        }
        assertThat(redone).isBetween(1L, Case.DEPTH * steps - 1);
    }

    /** The values of ε. */
    private static List<Double> follow(Case setting, Solver<DlamState> solver, Dlam settings, boolean accelerated) {
        List<Double> tolerances = new ArrayList<>();
        try (LinearAlgebra la = ReferenceProvider.open(Precision.FLOAT64)) {
            Problem problem = setting.problem(la);
            DlamState state = solver.initialise(problem);
            PlainDlam plain = new PlainDlam(setting, problem, settings, accelerated);
            for (int k = 1; k <= STEPS; k++) {
                tolerances.add(plain.tolerance());
                solver.step(state);
                plain.step();
                Case.Variables actual = Case.Variables.of(StateArchives.save(state));
                assertThat(actual.values()).containsEntry("eps", plain.tolerance());
                for (int l = 1; l <= Case.DEPTH; l++) {
                    double weights = norm(plain.w[l]) + norm(plain.b[l]);
                    assertClose("W" + l + " after step " + k, plain.w[l], actual.get("W", l), weights);
                    assertClose("b" + l + " after step " + k, plain.b[l], actual.get("b", l), weights);
                    assertClose("z" + l + " after step " + k, plain.z[l], actual.get("z", l), norm(plain.z[l]));
                    if (l < Case.DEPTH) {
                        assertClose("a" + l + " after step " + k, plain.a[l], actual.get("a", l), norm(plain.a[l]));
                    }
                }
                plain.continueFrom(actual);
            }
        }
        return tolerances;
    }

    private static double norm(Dense x) {
        return Math.sqrt(Case.square(x));
    }

    private static void assertClose(String what, Dense expected, Dense actual, double size) {
        assertThat(norm(actual.plus(-1, expected))).as(what).isLessThanOrEqualTo(TOLERANCE * size);
    }
}

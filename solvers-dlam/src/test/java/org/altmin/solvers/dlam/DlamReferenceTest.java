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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Both solvers follow the nested loops step by step, through shrinking tolerances. */
class DlamReferenceTest {

    private static final int STEPS = 20;
    private static final double TOLERANCE = 1e-10;
    private static final ToleranceSchedule SHRINKING =
            new ToleranceSchedule(ToleranceSchedule.Rule.GEOMETRIC, 0.8, 0.7, 0.1);

    static List<Case> cases() {
        List<Case> cases = new ArrayList<>(Case.all(0, 0.5, 1));
        cases.addAll(Case.all(0.3, 0.2, 2));
        cases.addAll(Case.all(0, 1, 3));
        return cases;
    }

    @ParameterizedTest
    @MethodSource("cases")
    void dlamFollows(Case setting) {
        follow(setting, new Dlam(UpdateRule.MAJORISED, setting.rho(), SHRINKING, 0, 1), false);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void mdlamFollows(Case setting) {
        follow(setting, new Mdlam(setting.rho(), SHRINKING), true);
    }

    private static void follow(Case setting, Solver<DlamState> solver, boolean accelerated) {
        try (LinearAlgebra la = ReferenceProvider.open(Precision.FLOAT64)) {
            Problem problem = setting.problem(la);
            DlamState state = solver.initialise(problem);
            PlainDlam plain = new PlainDlam(setting, problem, SHRINKING, accelerated);
            for (int k = 1; k <= STEPS; k++) {
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
    }

    private static double norm(Dense x) {
        return Math.sqrt(Case.square(x));
    }

    private static void assertClose(String what, Dense expected, Dense actual, double size) {
        assertThat(norm(actual.plus(-1, expected))).as(what).isLessThanOrEqualTo(TOLERANCE * size);
    }
}

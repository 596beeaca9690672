package org.altmin.solvers.dlam;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.altmin.core.network.Problem;
import org.altmin.core.solver.Solver;
import org.altmin.core.solver.StepReport;
import org.altmin.core.step.UpdateRule;
import org.altmin.linalg.LinearAlgebra;
import org.altmin.linalg.Precision;
import org.altmin.testkit.StateArchives;
import org.altmin.testkit.reference.Dense;
import org.altmin.testkit.reference.ReferenceProvider;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Lemma 1 of dlam.md, the two-step decrease of mDLAM, and the bounds of the activations, from the saved states. */
class DlamDescentTest {

    private static final int STEPS = 25;
    private static final double ROUNDING = 1e-9;
    private static final List<Double> TOLERANCES = List.of(1.0, 0.25, 0.0625);

    static List<Case> cases() {
        List<Case> cases = new ArrayList<>();
        for (long seed = 1; seed <= 3; seed++) {
            cases.addAll(Case.all(0, 1e-4, seed));
            cases.addAll(Case.all(0, 0.3, seed));
        }
        return cases;
    }

    static List<Case> decayingCases() {
        List<Case> cases = new ArrayList<>(cases());
        cases.addAll(Case.all(0.05, 1e-2, 4));
        return cases;
    }

    /** A saved state with its ε and objective. */
    private record Point(Case.Variables variables, double tolerance, double objective) {
    }

    @ParameterizedTest
    @MethodSource("cases")
    void lemma1HoldsInEachPhase(Case setting) {
        for (double tolerance : TOLERANCES) {
            try (LinearAlgebra la = ReferenceProvider.open(Precision.FLOAT64)) {
                Problem problem = setting.problem(la);
                Dense inputs = Dense.of(problem.inputs());
                ToleranceSchedule schedule = from(tolerance);
                List<Point> points = run(setting, problem,
                        new Dlam(UpdateRule.MAJORISED, setting.rho(), schedule, 0, 1), schedule);
                for (int k = 1; k < points.size(); k++) {
                    if (points.get(k).tolerance() == points.get(k - 1).tolerance()) {
                        assertDecrease(points.get(k - 1), points.get(k),
                                lemma1(setting, inputs, points.get(k - 1).variables(), points.get(k).variables()));
                    }
                }
            }
        }
    }

    /** The paper's adaptive ε, from values that make it shrink, grow, and both. */
    @ParameterizedTest
    @MethodSource("cases")
    void lemma1HoldsUnderThePapersSchedule(Case setting) {
        for (double tolerance : new double[] {0.05, 10, 1000}) {
            try (LinearAlgebra la = ReferenceProvider.open(Precision.FLOAT64)) {
                Problem problem = setting.problem(la);
                Dense inputs = Dense.of(problem.inputs());
                List<Point> points = run(setting, problem, new Dlam(UpdateRule.MAJORISED, setting.rho(),
                        new ToleranceSchedule(ToleranceSchedule.Rule.PAPER, tolerance, 0.5, 0.01), 0, 1), STEPS);
                int compared = 0;
                for (int k = 1; k < points.size(); k++) {
                    if (points.get(k).tolerance() == points.get(k - 1).tolerance()) {
                        assertDecrease(points.get(k - 1), points.get(k),
                                lemma1(setting, inputs, points.get(k - 1).variables(), points.get(k).variables()));
                        compared++;
                    }
                }
                assertThat(compared).isPositive();
            }
        }
    }

    static List<Case> rateCases() {
        List<Case> cases = new ArrayList<>();
        for (long seed = 1; seed <= 3; seed++) {
            cases.add(Case.of("relu", "cross-entropy", 0, 0.3, seed));
            cases.add(Case.of("sigmoid", "squared", 0, 0.3, seed));
            cases.add(Case.of("tanh", "cross-entropy", 0, 1e-2, seed));
        }
        return cases;
    }

    /**
     * Theorem 2, c_k = o(1/k): since c_k does not grow, (k/2) c_k is at most the decrease of F from k/2 to k, and k c_k
     * falls.
     */
    @ParameterizedTest
    @MethodSource("rateCases")
    void leastProgressTimesTheNumberOfStepsVanishes(Case setting) {
        try (LinearAlgebra la = ReferenceProvider.open(Precision.FLOAT64)) {
            Problem problem = setting.problem(la);
            Dense inputs = Dense.of(problem.inputs());
            List<Point> points = run(setting, problem, new Dlam(UpdateRule.MAJORISED, setting.rho(),
                    new ToleranceSchedule(ToleranceSchedule.Rule.CONSTANT, 0.3, 1, 0.3), 0, 1), 401);
            double least = Double.POSITIVE_INFINITY;
            double early = 0;
            for (int k = 1; k <= 400; k++) {
                least = Math.min(least, lemma1(setting, inputs, points.get(k - 1).variables(),
                        points.get(k).variables()));
                double half = points.get(k / 2).objective();
                assertThat(k / 2.0 * least).as("step %d", k)
                        .isLessThanOrEqualTo(half - points.get(k).objective() + ROUNDING * (1 + half));
                early = k == 25 ? k * least : early;
            }
            assertThat(400 * least).isLessThan(0.5 * early);
        }
    }

    @ParameterizedTest
    @MethodSource("decayingCases")
    void exactWeightsAndSeveralStateStepsDescend(Case setting) {
        try (LinearAlgebra la = ReferenceProvider.open(Precision.FLOAT64)) {
            Problem problem = setting.problem(la);
            ToleranceSchedule schedule = from(1);
            List<Point> points = run(setting, problem,
                    new Dlam(UpdateRule.EXACT, setting.rho(), schedule, 0.1, 3), schedule);
            for (int k = 1; k < points.size(); k++) {
                if (points.get(k).tolerance() == points.get(k - 1).tolerance()) {
                    assertDecrease(points.get(k - 1), points.get(k),
                            separable(setting, points.get(k - 1).variables(), points.get(k).variables()));
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("decayingCases")
    void mdlamDescendsOverOneAndTwoSteps(Case setting) {
        try (LinearAlgebra la = ReferenceProvider.open(Precision.FLOAT64)) {
            Problem problem = setting.problem(la);
            ToleranceSchedule schedule = from(1);
            List<Point> points = run(setting, problem, new Mdlam(setting.rho(), schedule), schedule);
            double[] guaranteed = new double[points.size()];
            for (int k = 1; k < points.size(); k++) {
                Case.Variables before = points.get(k - 1).variables();
                Case.Variables after = points.get(k).variables();
                guaranteed[k] = separable(setting, before, after) + accelerated(setting, before, after);
                if (points.get(k).tolerance() == points.get(k - 1).tolerance()) {
                    assertDecrease(points.get(k - 1), points.get(k), guaranteed[k]);
                }
                if (k > 1 && points.get(k).tolerance() == points.get(k - 2).tolerance()) {
                    assertDecrease(points.get(k - 2), points.get(k), guaranteed[k - 1] + guaranteed[k]);
                }
            }
        }
    }

    /** ε halves after the first and the second step and then stays. */
    private static ToleranceSchedule from(double tolerance) {
        return new ToleranceSchedule(ToleranceSchedule.Rule.GEOMETRIC, tolerance, 0.5, tolerance / 4);
    }

    private static List<Point> run(Case setting, Problem problem, Solver<DlamState> solver,
            ToleranceSchedule schedule) {
        List<Point> points = run(setting, problem, solver, STEPS);
        assertThat(points.stream().map(Point::tolerance).distinct()).hasSize(3).startsWith(schedule.start());
        return points;
    }

    private static List<Point> run(Case setting, Problem problem, Solver<DlamState> solver, int steps) {
        DlamState state = solver.initialise(problem);
        Dense inputs = Dense.of(problem.inputs());
        Dense targets = Dense.of(problem.targets());
        List<Point> points = new ArrayList<>();
        for (int k = 0; k < steps; k++) {
            StepReport report = solver.step(state);
            Case.Variables variables = Case.Variables.of(StateArchives.save(state));
            double tolerance = Double.parseDouble(report.phase().substring("eps=".length()));
            double objective = setting.objective(variables, inputs, targets);
            assertThat(report.objective()).isCloseTo(objective, within(1e-10 * (1 + objective)));
            assertThat(setting.violation(variables, tolerance)).as("a outside h(z) ± %s", tolerance)
                    .isLessThan(1e-12);
            points.add(new Point(variables, tolerance, objective));
        }
        return points;
    }

    private static void assertDecrease(Point before, Point after, double guaranteed) {
        assertThat(before.objective() - after.objective()).as("decrease from %s", before.objective())
                .isGreaterThanOrEqualTo(guaranteed - ROUNDING * (1 + before.objective()));
    }

    /** The right side of eq. (7), with the b term n times the paper's, whose b is one for each sample. */
    private static double lemma1(Case setting, Dense inputs, Case.Variables before, Case.Variables after) {
        double sum = separable(setting, before, after);
        for (int l = 1; l <= Case.DEPTH; l++) {
            Dense in = l == 1 ? inputs : after.get("a", l - 1);
            Dense g = Case.residual(before.get("W", l), in, before.get("b", l), before.get("z", l))
                    .times(in.transposed());
            Dense move = after.get("W", l).plus(-1, before.get("W", l));
            for (int i = 0; i < g.rows(); i++) {
                Dense row = Case.row(g, i);
                double norm = Case.square(row);
                double theta = norm > 0 ? setting.rho() * Case.square(row.times(in)) / norm : 0;
                sum += theta / 2 * Case.square(Case.row(move, i));
            }
        }
        for (int l = 1; l < Case.DEPTH; l++) {
            Dense above = Case.residual(before.get("W", l + 1), before.get("a", l), before.get("b", l + 1),
                    before.get("z", l + 1));
            Dense g = before.get("W", l + 1).transposed().times(above);
            // τ_ij = −ρ g_ij/Δ_ij, so that Σ τ Δ² = −ρ ⟨g, Δ⟩.
            sum -= setting.rho() / 2 * Case.dot(g, after.get("a", l).plus(-1, before.get("a", l)));
        }
        return sum;
    }

    /** (ρ/2)(‖Δz‖² + n‖Δb‖²). */
    private static double separable(Case setting, Case.Variables before, Case.Variables after) {
        double sum = 0;
        for (int l = 1; l <= Case.DEPTH; l++) {
            sum += Case.square(after.get("z", l).plus(-1, before.get("z", l)));
            sum += after.get("z", l).columns() * Case.square(after.get("b", l).plus(-1, before.get("b", l)));
        }
        return setting.rho() / 2 * sum;
    }

    /** (ρ/2) 10⁻⁴ Σ σ_j ‖Δa_j‖². */
    private static double accelerated(Case setting, Case.Variables before, Case.Variables after) {
        double sum = 0;
        for (int l = 1; l < Case.DEPTH; l++) {
            Dense move = after.get("a", l).plus(-1, before.get("a", l));
            for (int j = 0; j < move.columns(); j++) {
                sum += Case.square(move.columns(j, j + 1)) / before.get("flexibility", l).get(0, j);
            }
        }
        return ProjectedStateStep.SUFFICIENT * setting.rho() / 2 * sum;
    }
}

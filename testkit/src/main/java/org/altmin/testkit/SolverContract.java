package org.altmin.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.altmin.core.network.Network;
import org.altmin.core.network.Problem;
import org.altmin.core.network.Weights;
import org.altmin.core.settings.Setting;
import org.altmin.core.solver.Solver;
import org.altmin.core.solver.SolverFactory;
import org.altmin.core.solver.SolverState;
import org.altmin.core.solver.StepReport;
import org.altmin.core.step.Skyline;
import org.altmin.linalg.AltminException;
import org.altmin.linalg.Expr;
import org.altmin.linalg.Kernel;
import org.altmin.linalg.LinearAlgebra;
import org.altmin.linalg.Matrix;
import org.altmin.linalg.Precision;
import org.altmin.linalg.spi.Registry;
import org.altmin.testkit.reference.Dense;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What every solver must do, whatever it computes. Whether it decreases its objective as its paper says is for the
 * solver's own tests.
 *
 * <pre>{@code
 * class MySolverTest extends SolverContract {
 *     @Override
 *     protected SolverFactory factory() {
 *         return new MySolverFactory();
 *     }
 *
 *     @Override
 *     protected Problem problem(LinearAlgebra la) {
 *         Network network = Network.of(5, new int[] {7, 6}, new Relu(), 3);
 *         return SmallProblems.of(la, network, new CrossEntropy(), new None(), new None(), 40, 1);
 *     }
 * }
 * }</pre>
 *
 * <p>The problem must be the same whenever it is asked for. For each set of settings to be judged extend it once more
 * and override {@link #settings()}.
 */
public abstract class SolverContract implements OnBackend {

    private static final int STEPS = 3;
    private static final Constraint CONSTRAINT = new Constraint(-0.5f, 0.07f);

    /** Makes the solver that is judged. */
    protected abstract SolverFactory factory();

    /** A small problem, always the same one. */
    protected abstract Problem problem(LinearAlgebra la);

    /** The settings it is judged with; the defaults unless overridden. */
    protected Map<String, String> settings() {
        return Map.of();
    }

    /** The objective of a state computed in another, plain way; NaN where there is none. */
    protected double referenceObjective(Problem problem, SolverState state) {
        return Double.NaN;
    }

    /** How far, relative to its size, the reported objective may be from the recomputed one in float64. */
    protected double objectiveTolerance() {
        return 1e-9;
    }

    /** A solver with its problem and state. */
    private static final class Run<S extends SolverState> {
        final Problem problem;
        final Solver<S> solver;
        final S state;
        final List<StepReport> reports = new ArrayList<>();

        Run(Problem problem, Solver<S> solver) {
            this.problem = problem;
            this.solver = solver;
            state = solver.initialise(problem);
        }

        Run<S> steps(int count) {
            for (int k = 0; k < count; k++) {
                reports.add(solver.step(state));
            }
            return this;
        }
    }

    @Test
    void hasAValidName() {
        SolverFactory factory = factory();
        assertThat(Registry.of("solver", List.of(factory)).get(factory.name())).isSameAs(factory);
        assertThat(factory.description()).isNotBlank();
        assertThat(factory.stepName()).isNotBlank();
    }

    @Test
    void declaresItsSettings() {
        assertThat(factory().settings()).extracting(Setting::name).doesNotHaveDuplicates()
                .allSatisfy(name -> assertThat(name).matches("[a-z][a-z0-9]*(-[a-z0-9]+)*"));
        assertThat(factory().settings()).extracting(Setting::description).allSatisfy(
                description -> assertThat(description).isNotBlank());
        assertThat(factory().create(Map.of())).isNotNull();
    }

    @Test
    void refusesASettingItDoesNotHave() {
        assertThatThrownBy(() -> factory().create(Map.of("no-such-setting", "1"))).isInstanceOf(AltminException.class)
                .hasMessageContaining("no-such-setting").hasMessageContaining(factory().name());
    }

    @Test
    void refusesAValueThatDoesNotFit() {
        for (Setting setting : factory().settings()) {
            assertThatThrownBy(() -> factory().create(Map.of(setting.name(), "not a value")))
                    .isInstanceOf(AltminException.class).hasMessageContaining(setting.name())
                    .hasMessageContaining("not a value");
        }
    }

    /** Zeros among the inputs may be left out of products, with 1e-200 in their place nothing may. */
    @Test
    void inputsOfZeroCountAsNumbersNextToIt() {
        try (LinearAlgebra la = Evaluation.open(provider(), Precision.FLOAT64)) {
            Problem thin = SmallProblems.thinOut(problem(la), 0);
            Problem full = SmallProblems.thinOut(problem(la), 1e-200);
            assertThat(Skyline.of(la, thin.inputs())).as("skyline of many zeros").isPresent();
            assertThat(Skyline.of(la, full.inputs())).as("skyline of no zeros").isEmpty();
            Run<?> zeros = new Run<>(thin, factory().create(settings())).steps(STEPS);
            Run<?> others = new Run<>(full, factory().create(settings())).steps(STEPS);
            for (int k = 0; k < STEPS; k++) {
                double expected = others.reports.get(k).objective();
                assertThat(zeros.reports.get(k).objective()).as("objective of step %d", k + 1)
                        .isCloseTo(expected, within(1e-8 * Math.abs(expected)));
            }
            Weights found = zeros.state.weights();
            Weights expected = others.state.weights();
            for (int l = 1; l <= zeros.problem.network().depth(); l++) {
                double[] weights = la.toArray(expected.augmented(l));
                double size = Math.sqrt(la.squaredNorm(expected.augmented(l)));
                assertThat(la.toArray(found.augmented(l))).as("layer %d", l).containsExactly(weights,
                        within(1e-6 * size));
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Precision.class)
    void startsFromTheInitialWeightsAndLeavesTheProblemAlone(Precision precision) {
        try (LinearAlgebra la = Evaluation.open(provider(), precision)) {
            Problem problem = problem(la);
            List<Dense> before = contents(problem);
            Run<?> run = new Run<>(problem, factory().create(settings()));
            assertSame("the initial weights in the state", elements(problem.initial()),
                    elements(run.state.weights()));
            run.steps(STEPS);
            assertSame("the problem's matrices after " + STEPS + " steps", before, contents(problem));
        }
    }

    @ParameterizedTest
    @EnumSource(Precision.class)
    void weightsHaveTheShapeOfTheNetwork(Precision precision) {
        try (LinearAlgebra la = Evaluation.open(provider(), precision)) {
            Run<?> run = run(la).steps(1);
            Network network = run.problem.network();
            Weights weights = run.state.weights();
            assertThat(weights.network()).isEqualTo(network);
            for (int l = 1; l <= network.depth(); l++) {
                assertThat(weights.weight(l).shape()).isEqualTo(network.width(l) + "x" + network.width(l - 1));
                assertThat(weights.bias(l).shape()).isEqualTo(network.width(l) + "x1");
                assertThat(la.toArray(weights.augmented(l))).as("weights of layer %d", l)
                        .doesNotContain(Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY);
                if (!network.bias()) {
                    assertThat(la.toArray(weights.bias(l))).as("biases of a network without").containsOnly(0);
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Precision.class)
    void movesAndReportsIt(Precision precision) {
        try (LinearAlgebra la = Evaluation.open(provider(), precision)) {
            Run<?> run = run(la).steps(STEPS);
            assertThat(elements(run.state.weights())).as("weights after %d steps", STEPS)
                    .usingElementComparator((a, b) -> same(a, b) ? 0 : 1)
                    .isNotEqualTo(elements(run.problem.initial()));
            for (StepReport report : run.reports) {
                assertThat(report.objective()).as("objective").isFinite();
                assertThat(report.squaredStep()).as("squared step").isGreaterThanOrEqualTo(0).isFinite();
                assertThat(report.primalResidual()).as("primal residual").satisfiesAnyOf(
                        residual -> assertThat(residual).isNaN(), residual -> assertThat(residual).isNotNegative());
                assertThat(report.dualResidual()).as("dual residual").satisfiesAnyOf(
                        residual -> assertThat(residual).isNaN(), residual -> assertThat(residual).isNotNegative());
                assertThat(report.innerCounts().values()).as("inner counts").allMatch(count -> count >= 0);
                assertThat(report.seconds().values()).as("seconds").allMatch(seconds -> seconds >= 0);
                assertThat(report.phase()).as("phase").isNotNull();
                assertTermsAddUp(precision, report);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Precision.class)
    void repeatsBitForBit(Precision precision) {
        try (LinearAlgebra la = Evaluation.open(provider(), precision)) {
            Run<?> first = run(la).steps(STEPS);
            la.fill(la.allocate(3, 5), Double.NaN);
            Run<?> second = run(la).steps(STEPS);
            assertSameRun(first, second);
        }
    }

    @ParameterizedTest
    @EnumSource(Precision.class)
    void continuesBitForBitFromAnArchive(Precision precision) {
        try (LinearAlgebra la = Evaluation.open(provider(), precision)) {
            for (int before = 0; before <= STEPS; before++) {
                Run<?> whole = run(la).steps(before);
                StateArchives.Saved saved = StateArchives.save(whole.state);
                whole.reports.clear();
                whole.steps(STEPS);
                Run<?> resumed = run(la);
                saved.restore(resumed.state);
                resumed.steps(STEPS);
                assertSameRun(whole, resumed);
            }
        }
    }

    /** What a state keeps from the step before must not outlive the variables that it was computed from. */
    @ParameterizedTest
    @EnumSource(Precision.class)
    void anArchiveOverridesWhereAStateHasGone(Precision precision) {
        try (LinearAlgebra la = Evaluation.open(provider(), precision)) {
            Run<?> whole = run(la).steps(1);
            StateArchives.Saved saved = StateArchives.save(whole.state);
            whole.reports.clear();
            whole.steps(STEPS);
            Run<?> moved = run(la).steps(STEPS);
            moved.reports.clear();
            saved.restore(moved.state);
            moved.steps(STEPS);
            assertSameRun(whole, moved);
        }
    }

    @ParameterizedTest
    @EnumSource(Precision.class)
    void savingChangesNothing(Precision precision) {
        try (LinearAlgebra la = Evaluation.open(provider(), precision)) {
            Run<?> undisturbed = run(la).steps(STEPS);
            Run<?> saved = run(la);
            for (int k = 0; k < STEPS; k++) {
                StateArchives.save(saved.state);
                saved.steps(1);
            }
            assertSameRun(undisturbed, saved);
        }
    }

    @ParameterizedTest
    @EnumSource(Precision.class)
    void allocatesNothingInAStep(Precision precision) {
        try (LinearAlgebra la = Evaluation.open(provider(), precision)) {
            Run<?> run = run(la);
            long allocated = la.allocatedBytes();
            long peak = la.peakBytes();
            run.steps(STEPS);
            assertThat(la.allocatedBytes()).as("bytes after %d steps", STEPS).isEqualTo(allocated);
            assertThat(la.peakBytes()).as("peak bytes after %d steps", STEPS).isEqualTo(peak);
        }
    }

    /** A step that adds prox − x to x instead of taking the prox may leave the constraint by a rounding. */
    @ParameterizedTest
    @EnumSource(Precision.class)
    void keepsConstrainedWeightsInside(Precision precision) {
        try (LinearAlgebra la = Evaluation.open(provider(), precision)) {
            Problem problem = constrained(problem(la));
            Run<?> run;
            try {
                run = new Run<>(problem, factory().create(settings()));
            } catch (AltminException e) {
                assumeTrue(false, "the solver takes no constraint: " + e.getMessage());
                return;
            }
            run.steps(2 * STEPS);
            for (StepReport report : run.reports) {
                assertThat(report.objective()).as("objective, infinite outside the constraint").isFinite();
            }
            for (int l = 1; l <= problem.network().depth(); l++) {
                assertThat(Arrays.stream(la.toArray(run.state.weights().weight(l))))
                        .as("weights of layer %d with a constraint as the problem's weightPenalty(), which a solver "
                                + "applies or refuses in initialise", l)
                        .allMatch(x -> CONSTRAINT.lower() <= x && x <= CONSTRAINT.upper());
            }
        }
    }

    /** Data that leaves matrices singular and gradients zero. */
    enum Degenerate {
        ONE_SAMPLE, SAMPLES_ALIKE, INPUTS_ZERO, WEIGHTS_ZERO
    }

    @ParameterizedTest
    @EnumSource(Degenerate.class)
    void staysFiniteOnDegenerateData(Degenerate data) {
        for (Precision precision : Precision.values()) {
            try (LinearAlgebra la = Evaluation.open(provider(), precision)) {
                Run<?> run = new Run<>(degenerate(problem(la), data), factory().create(settings()));
                try {
                    run.steps(4 * STEPS);
                } catch (AltminException e) {
                    assertThat(e.getMessage()).as("reason and remedy of a refusal").contains("; ");
                    continue;
                }
                for (int k = 0; k < run.reports.size(); k++) {
                    assertThat(run.reports.get(k).objective()).as("objective after step %d in %s", k + 1, precision)
                            .isFinite();
                }
                for (Dense weights : elements(run.state.weights())) {
                    assertThat(weights.values()).as("weights in %s", precision)
                            .doesNotContain(Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY);
                }
            }
        }
    }

    @Test
    void reportsTheObjectiveOfItsState() {
        try (LinearAlgebra la = Evaluation.open(provider(), Precision.FLOAT64)) {
            Run<?> run = run(la);
            for (int k = 0; k < STEPS; k++) {
                run.steps(1);
                double expected = referenceObjective(run.problem, run.state);
                assumeFalse(Double.isNaN(expected), "the solver's test gives no reference for the objective");
                assertThat(run.reports.get(k).objective()).as("objective after step %d", k + 1)
                        .isCloseTo(expected, within(objectiveTolerance() * (1 + Math.abs(expected))));
            }
        }
    }

    private static Problem degenerate(Problem problem, Degenerate data) {
        LinearAlgebra la = problem.la();
        int samples = data == Degenerate.ONE_SAMPLE ? 1 : problem.samples();
        Matrix inputs = la.allocate(problem.network().inputs(), samples);
        Matrix targets = la.allocate(problem.network().outputs(), samples);
        Weights initial = problem.copyInitial();
        switch (data) {
            case ONE_SAMPLE, SAMPLES_ALIKE -> {
                for (int j = 0; j < samples; j++) {
                    la.copy(problem.inputs().columns(0, 1), inputs.columns(j, j + 1));
                    la.copy(problem.targets().columns(0, 1), targets.columns(j, j + 1));
                }
            }
            case INPUTS_ZERO -> la.copy(problem.targets(), targets);
            case WEIGHTS_ZERO -> {
                la.copy(problem.inputs(), inputs);
                la.copy(problem.targets(), targets);
                initial = new Weights(la, problem.network());
            }
        }
        return new Problem(la, problem.network(), problem.loss(), problem.weightPenalty(), problem.statePenalty(),
                inputs, targets, problem.targetKind(), initial, problem.seed());
    }

    /** The problem with its weights constrained, and the initial ones projected. */
    private static Problem constrained(Problem problem) {
        LinearAlgebra la = problem.la();
        Weights initial = problem.copyInitial();
        Kernel projection = Kernel.map(CONSTRAINT.prox(Expr.input(0), Expr.constant(1)));
        for (int l = 1; l <= problem.network().depth(); l++) {
            la.map(initial.weight(l), projection, initial.weight(l));
        }
        return new Problem(la, problem.network(), problem.loss(), CONSTRAINT, problem.statePenalty(),
                problem.inputs(), problem.targets(), problem.targetKind(), initial, problem.seed());
    }

    private Run<?> run(LinearAlgebra la) {
        return new Run<>(problem(la), factory().create(settings()));
    }

    private static void assertTermsAddUp(Precision precision, StepReport report) {
        if (!report.terms().isEmpty()) {
            double sum = report.terms().values().stream().mapToDouble(Double::doubleValue).sum();
            double size = report.terms().values().stream().mapToDouble(Math::abs).sum();
            double tolerance = precision == Precision.FLOAT32 ? 1e-5 : 1e-11;
            assertThat(sum).as("sum of the terms %s", report.terms())
                    .isCloseTo(report.objective(), within(tolerance * size));
        }
    }

    private static void assertSameRun(Run<?> expected, Run<?> actual) {
        assertSame("weights", elements(expected.state.weights()), elements(actual.state.weights()));
        assertThat(actual.reports).hasSameSizeAs(expected.reports);
        for (int k = 0; k < expected.reports.size(); k++) {
            StepReport one = expected.reports.get(k);
            StepReport other = actual.reports.get(k);
            assertThat(numbers(other)).as("objective, residuals and squared step of step %d", k + 1)
                    .isEqualTo(numbers(one));
            assertThat(other.terms()).as("terms of step %d", k + 1).isEqualTo(one.terms());
            assertThat(other.innerCounts()).as("inner counts of step %d", k + 1).isEqualTo(one.innerCounts());
            assertThat(other.phase()).as("phase of step %d", k + 1).isEqualTo(one.phase());
        }
        StateArchives.Saved one = StateArchives.save(expected.state);
        StateArchives.Saved other = StateArchives.save(actual.state);
        assertThat(other.values()).as("archived numbers").isEqualTo(one.values());
        assertThat(other.matrices().keySet()).as("archived names").isEqualTo(one.matrices().keySet());
        one.matrices().forEach((name, matrix) -> Agreement.assertIdentical("archived " + name, matrix,
                other.matrices().get(name)));
    }

    /** Boxed, so that NaN, which stands for a residual a solver does not have, equals NaN. */
    private static List<Double> numbers(StepReport report) {
        return List.of(report.objective(), report.primalResidual(), report.dualResidual(), report.squaredStep());
    }

    private static List<Dense> contents(Problem problem) {
        List<Dense> result = elements(problem.initial());
        result.add(Dense.of(problem.inputs()));
        result.add(Dense.of(problem.targets()));
        return result;
    }

    private static List<Dense> elements(Weights weights) {
        List<Dense> result = new ArrayList<>();
        for (int l = 1; l <= weights.network().depth(); l++) {
            result.add(Dense.of(weights.augmented(l)));
        }
        return result;
    }

    private static boolean same(Dense a, Dense b) {
        return Arrays.equals(a.values(), b.values());
    }

    private static void assertSame(String what, List<Dense> expected, List<Dense> actual) {
        for (int k = 0; k < expected.size(); k++) {
            Agreement.assertIdentical(what + ", matrix " + k, expected.get(k), actual.get(k));
        }
    }
}

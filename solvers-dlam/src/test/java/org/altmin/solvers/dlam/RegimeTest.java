package org.altmin.solvers.dlam;

import static org.altmin.core.operator.TargetEncoding.Kind.CLASSES;
import static org.altmin.core.operator.TargetEncoding.Kind.VALUES;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.altmin.core.network.Layer;
import org.altmin.core.network.Network;
import org.altmin.core.network.Problem;
import org.altmin.core.operator.Operators;
import org.altmin.core.operator.TargetEncoding;
import org.altmin.core.solver.Solver;
import org.altmin.core.solver.SolverFactory;
import org.altmin.core.solver.SolverState;
import org.altmin.linalg.LinearAlgebra;
import org.altmin.linalg.Precision;
import org.altmin.testkit.SmallProblems;
import org.altmin.testkit.reference.ReferenceProvider;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class RegimeTest {

    private static final int ENOUGH_STEPS = 9;
    private static final Map<String, String> DEFAULTS = Map.of();

    static Stream<Arguments> starts() {
        Map<String, String> given = Map.of("eps", "0.5", "eps-least", "0.2");
        return Stream.of(new DlamFactory(), new MdlamFactory()).flatMap(factory -> Stream.of(
                Arguments.of(factory, "cross-entropy", CLASSES, List.of(4, 5), DEFAULTS, 0.1, 1, 0.1),
                Arguments.of(factory, "cross-entropy", CLASSES, List.of(300, 5), DEFAULTS, 0.1, 1, 0.1),
                Arguments.of(factory, "cross-entropy", CLASSES, List.of(300, 301), DEFAULTS, 1, 1e-3, 1e-3),
                Arguments.of(factory, "squared", VALUES, List.of(4, 5), DEFAULTS, 1, 1e-3, 1e-3),
                Arguments.of(factory, "squared", CLASSES, List.of(4, 5), DEFAULTS, 0.1, 1, 0.1),
                Arguments.of(factory, "squared", VALUES, List.of(4, 5), given, 1, 0.5, 0.2),
                Arguments.of(factory, "cross-entropy", CLASSES, List.of(4, 5), given, 0.1, 0.5, 0.2)));
    }

    @ParameterizedTest
    @MethodSource("starts")
    void whatIsLeftOpenFollowsFromTheProblem(SolverFactory factory, String loss, TargetEncoding.Kind targets,
            List<Integer> hidden, Map<String, String> settings, double scale, double tolerance,
            double leastTolerance) {
        try (LinearAlgebra la = ReferenceProvider.open(Precision.FLOAT64)) {
            List<Layer> layers = hidden.stream()
                    .map(width -> new Layer(width, Operators.activation("relu"), false)).toList();
            Problem small = SmallProblems.of(la, new Network(3, layers, 3, true), Operators.loss(loss),
                    Operators.regularizer("none"), Operators.regularizer("none"), 6, 1);
            Problem problem = new Problem(la, small.network(), small.loss(), small.weightPenalty(),
                    small.statePenalty(), small.inputs(), small.targets(), targets, small.initial(), small.seed());
            assertThat(factory.initialScale(problem.network(), problem.targetKind())).isEqualTo(scale);
            requirePhases(factory.create(settings), problem, tolerance, leastTolerance);
        }
    }

    private static <S extends SolverState> void requirePhases(Solver<S> solver, Problem problem, double tolerance,
            double leastTolerance) {
        S state = solver.initialise(problem);
        assertThat(solver.step(state).phase()).isEqualTo("eps=" + tolerance);
        for (int step = 1; step < ENOUGH_STEPS; step++) {
            solver.step(state);
        }
        assertThat(solver.step(state).phase()).isEqualTo("eps=" + leastTolerance);
    }
}

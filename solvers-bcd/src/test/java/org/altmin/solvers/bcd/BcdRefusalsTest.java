package org.altmin.solvers.bcd;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.altmin.core.network.Layer;
import org.altmin.core.network.Network;
import org.altmin.core.network.Problem;
import org.altmin.core.operator.Activation;
import org.altmin.core.operator.Operators;
import org.altmin.linalg.AltminException;
import org.altmin.linalg.LinearAlgebra;
import org.altmin.linalg.Precision;
import org.altmin.testkit.SmallProblems;
import org.altmin.testkit.reference.ReferenceProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BcdRefusalsTest {

    private static final Activation RELU = Operators.activation("relu");

    @ParameterizedTest
    @ValueSource(strings = {"bcd3", "bcd2"})
    void skipConnectionsNeedTheResidualSolver(String name) {
        refuse(name, network(new Layer(5, RELU, false), new Layer(5, RELU, true)), name, "layer 2", "'bcd-resnet'");
    }

    @Test
    void theResidualSolverNeedsEqualWidthsAndSkipConnections() {
        refuse("bcd-resnet", network(new Layer(5, RELU, false), new Layer(6, RELU, false)), "bcd-resnet", "layer 2",
                "skip=true", "equal widths");
        refuse("bcd-resnet", network(new Layer(5, RELU, true), new Layer(5, RELU, false)), "layer 2", "skip=true");
        refuse("bcd-resnet", network(new Layer(7, RELU, false)), "5-7-3", "skip=true");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            bcd3 | 1e-30 | 1     | weight step of layer 1 | larger weight-alpha than 1.0E-30
            bcd2 | 1     | 1e-30 | weight step of layer 2 | larger output-alpha than 1.0E-30
            """)
    void aSingularWeightStepNamesLayerAndRemedy(String name, String weightAlpha, String outputAlpha, String step,
            String remedy) {
        Bcd solver = SmallNetworks.solver(name, Map.of("weight-alpha", weightAlpha, "output-alpha", outputAlpha));
        try (LinearAlgebra la = ReferenceProvider.open(Precision.FLOAT64)) {
            Problem problem = problem(la, network(new Layer(6, RELU, false)));
            la.scale(1e200, problem.inputs());
            la.fill(problem.initial().weight(1), 0);
            assertThatThrownBy(() -> steps(solver, problem))
                    .isInstanceOf(AltminException.class).hasMessageContainingAll(step, remedy);
        }
    }

    /** Proximal terms shrink until they are lost in the rounding of a Gram matrix of equal rows. */
    @ParameterizedTest
    @CsvSource({"bcd3, 0.5", "bcd2, 0.3"})
    void aSingularWeightStepSaysInFewDigitsWhatAlphaHasBecome(String name, String growth) {
        Bcd solver = SmallNetworks.solver(name, Map.of("alpha-growth", growth));
        try (LinearAlgebra la = ReferenceProvider.open(Precision.FLOAT64)) {
            Problem problem = problem(la, network(new Layer(6, RELU, false)));
            la.fill(problem.inputs(), 1);
            BcdState state = solver.initialise(problem);
            assertThatThrownBy(() -> {
                for (int i = 0; i < 200; i++) {
                    solver.step(state);
                }
            }).isInstanceOf(AltminException.class)
                    .hasMessageMatching(".*a larger output-alpha than \\d\\.\\d{1,3}E-\\d+, .*");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"bcd3", "bcd2"})
    void aSingularStateStepNamesLayerAndRemedy(String name) {
        try (LinearAlgebra la = ReferenceProvider.open(Precision.FLOAT64)) {
            Problem problem = problem(la, network(new Layer(6, RELU, false)));
            la.fill(problem.initial().weight(2), 1e200);
            assertThatThrownBy(() -> steps(SmallNetworks.solver(name, Map.of("order", "states-first")), problem))
                    .isInstanceOf(AltminException.class)
                    .hasMessageContainingAll("state step of layer 1", "larger weight-alpha", "precision=float64");
        }
    }

    @Test
    void proximalTermsThatGrowWithoutEndNameTheirGrowth() {
        try (LinearAlgebra la = ReferenceProvider.open(Precision.FLOAT64)) {
            Problem problem = problem(la, network(new Layer(6, RELU, false)));
            assertThatThrownBy(() -> steps(SmallNetworks.solver("bcd3", Map.of("alpha-growth", "1e200")), problem))
                    .isInstanceOf(AltminException.class)
                    .hasMessageContainingAll("2 steps", "smaller alpha-growth than");
        }
    }

    private static void steps(Bcd solver, Problem problem) {
        BcdState state = solver.initialise(problem);
        for (int i = 0; i < 3; i++) {
            solver.step(state);
        }
    }

    private static Problem problem(LinearAlgebra la, Network network) {
        return SmallProblems.of(la, network, Operators.loss("squared"), Operators.regularizer("none"),
                Operators.regularizer("none"), 10, 1);
    }

    private static Network network(Layer... hidden) {
        return new Network(5, List.of(hidden), 3, true);
    }

    private static void refuse(String name, Network network, String... message) {
        try (LinearAlgebra la = ReferenceProvider.open(Precision.FLOAT64)) {
            Problem problem = problem(la, network);
            assertThatThrownBy(() -> SmallNetworks.solver(name, Map.of()).initialise(problem))
                    .isInstanceOf(AltminException.class).hasMessageContainingAll(message);
        }
    }
}

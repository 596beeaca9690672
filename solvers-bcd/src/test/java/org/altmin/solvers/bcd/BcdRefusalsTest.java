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

    private static Network network(Layer... hidden) {
        return new Network(5, List.of(hidden), 3, true);
    }

    private static void refuse(String name, Network network, String... message) {
        try (LinearAlgebra la = ReferenceProvider.open(Precision.FLOAT64)) {
            Problem problem = SmallProblems.of(la, network, Operators.loss("squared"), Operators.regularizer("none"),
                    Operators.regularizer("none"), 10, 1);
            assertThatThrownBy(() -> SmallNetworks.solver(name, Map.of()).initialise(problem))
                    .isInstanceOf(AltminException.class).hasMessageContainingAll(message);
        }
    }
}

package org.altmin.solvers.dlam;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.altmin.core.network.Network;
import org.altmin.core.network.Problem;
import org.altmin.core.operator.Operators;
import org.altmin.core.solver.Solver;
import org.altmin.core.solver.SolverFactory;
import org.altmin.linalg.AltminException;
import org.altmin.linalg.LinearAlgebra;
import org.altmin.linalg.Precision;
import org.altmin.testkit.SmallProblems;
import org.altmin.testkit.reference.ReferenceProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class DlamRefusalTest {

    static List<SolverFactory> factories() {
        return List.of(new DlamFactory(), new MdlamFactory());
    }

    @ParameterizedTest
    @MethodSource("factories")
    void refusesAnActivationThatIsNotMonotone(SolverFactory factory) {
        try (LinearAlgebra la = ReferenceProvider.open(Precision.FLOAT64)) {
            Network network = Network.of(4, new int[] {5}, Operators.activation("polynomial"), 3);
            Problem problem = SmallProblems.of(la, network, Operators.loss("squared"), Operators.regularizer("none"),
                    Operators.regularizer("none"), 10, 1);
            Solver<?> solver = factory.create(Map.of());
            assertThatThrownBy(() -> solver.initialise(problem)).isInstanceOf(AltminException.class)
                    .hasMessageContaining(factory.name()).hasMessageContaining("monotone")
                    .hasMessageContaining("polynomial").hasMessageContaining("relu")
                    .hasMessageContaining("sigmoid");
        }
    }

    @ParameterizedTest
    @MethodSource("factories")
    void refusesAPenaltyOnTheStates(SolverFactory factory) {
        try (LinearAlgebra la = ReferenceProvider.open(Precision.FLOAT64)) {
            Network network = Network.of(4, new int[] {5}, Operators.activation("relu"), 3);
            Problem problem = SmallProblems.of(la, network, Operators.loss("squared"), Operators.regularizer("none"),
                    Operators.regularizer("l2"), 10, 1);
            Solver<?> solver = factory.create(Map.of());
            assertThatThrownBy(() -> solver.initialise(problem)).isInstanceOf(AltminException.class)
                    .hasMessageContaining("state-penalty=none");
        }
    }

    @Test
    void aSingularWeightStepNamesLayerAndRemedy() {
        try (LinearAlgebra la = ReferenceProvider.open(Precision.FLOAT64)) {
            Network network = Network.of(4, new int[] {5}, Operators.activation("relu"), 3);
            Problem problem = SmallProblems.of(la, network, Operators.loss("squared"), Operators.regularizer("none"),
                    Operators.regularizer("none"), 10, 1);
            la.fill(problem.inputs(), 0.1);
            Dlam solver = (Dlam) new DlamFactory().create(Map.of("updates", "exact", "damping", "0"));
            DlamState state = solver.initialise(problem);
            assertThatThrownBy(() -> solver.step(state)).isInstanceOf(AltminException.class)
                    .hasMessageContainingAll("weight step of layer 1", "more damping than 0.0", "precision=float64");
        }
    }

    @Test
    void refusesScalarUpdates() {
        assertThatThrownBy(() -> new DlamFactory().create(Map.of("updates", "scalar")))
                .isInstanceOf(AltminException.class).hasMessageContaining("majorised or exact");
    }

    @ParameterizedTest
    @MethodSource("factories")
    void refusesFactorsOutsideTheirRange(SolverFactory factory) {
        for (String factor : List.of("0", "1.5", "-1")) {
            assertThatThrownBy(() -> factory.create(Map.of("eps-factor", factor)))
                    .isInstanceOf(AltminException.class).hasMessageContaining("eps-factor");
        }
    }
}

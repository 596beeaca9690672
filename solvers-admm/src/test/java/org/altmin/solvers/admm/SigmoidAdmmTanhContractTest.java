package org.altmin.solvers.admm;

import java.util.Map;
import org.altmin.core.network.Network;
import org.altmin.core.network.Problem;
import org.altmin.core.operator.Operators;
import org.altmin.core.solver.SolverState;
import org.altmin.linalg.LinearAlgebra;
import org.altmin.testkit.SmallProblems;

/** Other operators, other settings. */
class SigmoidAdmmTanhContractTest extends SigmoidAdmmContractTest {

    @Override
    protected Problem problem(LinearAlgebra la) {
        Network network = Network.of(5, new int[] {9, 4}, Operators.activation("tanh"), 3);
        return SmallProblems.of(la, network, Operators.loss("cross-entropy"),
                Operators.regularizer("l2(strength=0.01)"), Operators.regularizer("none"), 40, 2);
    }

    @Override
    protected Map<String, String> settings() {
        return Map.of("stiffness", "published", "beta", "4,2,1", "damping", "1e-3");
    }

    @Override
    protected double referenceObjective(Problem problem, SolverState state) {
        return Double.NaN;
    }
}

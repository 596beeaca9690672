package org.altmin.solvers.online;

import java.util.Map;
import org.altmin.core.network.Network;
import org.altmin.core.network.Problem;
import org.altmin.core.operator.Operators;
import org.altmin.core.solver.SolverFactory;
import org.altmin.linalg.LinearAlgebra;
import org.altmin.testkit.SmallProblems;
import org.altmin.testkit.SolverContract;

class OnlineAltMinContractTest extends SolverContract {

    @Override
    protected SolverFactory factory() {
        return new OnlineAltMinFactory();
    }

    @Override
    protected Map<String, String> settings() {
        return Map.of("batch", "8", "rank", "2", "refresh", "4", "epochs", "10", "shrinkage", "0.1");
    }

    @Override
    protected Problem problem(LinearAlgebra la) {
        Network network = Network.of(5, new int[] {9, 8}, Operators.activation("relu"), 3);
        return SmallProblems.of(la, network, Operators.loss("cross-entropy"), Operators.regularizer("l2"),
                Operators.regularizer("none"), 43, 2);
    }
}

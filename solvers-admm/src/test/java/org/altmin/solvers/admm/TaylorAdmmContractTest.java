package org.altmin.solvers.admm;

import org.altmin.core.network.Network;
import org.altmin.core.network.Problem;
import org.altmin.core.operator.Operators;
import org.altmin.core.solver.SolverFactory;
import org.altmin.linalg.LinearAlgebra;
import org.altmin.testkit.SmallProblems;
import org.altmin.testkit.SolverContract;

class TaylorAdmmContractTest extends SolverContract {

    @Override
    protected SolverFactory factory() {
        return new TaylorAdmmFactory();
    }

    @Override
    protected Problem problem(LinearAlgebra la) {
        Network network = Network.of(5, new int[] {7, 6}, Operators.activation("relu"), 3);
        return SmallProblems.of(la, network, Operators.loss("cross-entropy"), Operators.regularizer("none"),
                Operators.regularizer("none"), 40, 1);
    }
}

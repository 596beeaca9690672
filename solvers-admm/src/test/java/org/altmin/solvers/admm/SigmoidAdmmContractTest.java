package org.altmin.solvers.admm;

import org.altmin.core.network.Network;
import org.altmin.core.network.Problem;
import org.altmin.core.operator.Operators;
import org.altmin.core.solver.SolverFactory;
import org.altmin.core.solver.SolverState;
import org.altmin.linalg.LinearAlgebra;
import org.altmin.testkit.SmallProblems;
import org.altmin.testkit.SolverContract;

class SigmoidAdmmContractTest extends SolverContract {

    @Override
    protected SolverFactory factory() {
        return new SigmoidAdmmFactory();
    }

    @Override
    protected Problem problem(LinearAlgebra la) {
        Network network = Network.of(5, new int[] {7, 6}, Operators.activation("sigmoid"), 3);
        return SmallProblems.of(la, network, Operators.loss("squared"), Operators.regularizer("none"),
                Operators.regularizer("none"), 40, 1);
    }

    @Override
    protected double referenceObjective(Problem problem, SolverState state) {
        SigmoidAdmm solver = (SigmoidAdmm) factory().create(settings());
        return SigmoidAdmmTest.at((SigmoidAdmmState) state, problem, solver).lagrangian();
    }
}

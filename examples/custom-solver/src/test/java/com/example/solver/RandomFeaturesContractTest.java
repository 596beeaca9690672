package com.example.solver;

import java.util.Map;
import org.altmin.core.network.Network;
import org.altmin.core.network.Problem;
import org.altmin.core.operator.Operators;
import org.altmin.core.solver.SolverFactory;
import org.altmin.core.solver.SolverState;
import org.altmin.linalg.LinearAlgebra;
import org.altmin.testkit.SmallProblems;
import org.altmin.testkit.SolverContract;
import org.altmin.testkit.reference.Dense;

/** Everything altmin expects of a solver. */
class RandomFeaturesContractTest extends SolverContract {

    private static final double DAMPING = 0.01;

    @Override
    protected SolverFactory factory() {
        return new RandomFeaturesFactory();
    }

    @Override
    protected Map<String, String> settings() {
        return Map.of("damping", Double.toString(DAMPING));
    }

    @Override
    protected Problem problem(LinearAlgebra la) {
        Network network = Network.of(5, new int[] {7, 6}, Operators.activation("tanh"), 3);
        return SmallProblems.of(la, network, Operators.loss("squared"), Operators.regularizer("l2(strength=0.1)"),
                Operators.regularizer("none"), 40, 1);
    }

    @Override
    protected double referenceObjective(Problem problem, SolverState state) {
        int last = problem.network().depth();
        return new PlainRandomFeatures(problem, DAMPING).objective(Dense.of(state.weights().augmented(last)));
    }
}

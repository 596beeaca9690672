package org.altmin.gpucheck;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.altmin.core.network.Layer;
import org.altmin.core.network.Network;
import org.altmin.core.network.Problem;
import org.altmin.core.operator.Activation;
import org.altmin.core.operator.Operators;
import org.altmin.core.solver.SolverFactory;
import org.altmin.linalg.AltminException;
import org.altmin.linalg.LinearAlgebra;
import org.altmin.linalg.Precision;
import org.altmin.testkit.SmallProblems;

/** Operators, and with them a small problem that some solvers take. */
record Setup(String activation, String loss, boolean skip) {

    private static final int WIDTH = 12;
    private static final int CLASSES = 3;
    private static final int FEW = 20;
    private static final List<Setup> ALL = List.of(new Setup("relu", "cross-entropy", false),
            new Setup("sigmoid", "squared", false), new Setup("relu", "squared", false),
            new Setup("relu", "cross-entropy", true), new Setup("relu", "squared", true));

    /** The first that the solver does not refuse. */
    static Optional<Setup> of(SolverFactory factory) {
        return ALL.stream().filter(setup -> setup.suits(factory)).findFirst();
    }

    private boolean suits(SolverFactory factory) {
        try (LinearAlgebra la = Judged.openReference(Precision.FLOAT64)) {
            factory.create(Map.of()).initialise(problem(la, FEW));
            return true;
        } catch (AltminException e) {
            return false;
        }
    }

    Problem problem(LinearAlgebra la, int samples) {
        Activation h = Operators.activation(activation);
        List<Layer> hidden = List.of(new Layer(WIDTH, h, skip), new Layer(WIDTH, h, skip));
        Network network = new Network(WIDTH, hidden, CLASSES, true);
        return SmallProblems.of(la, network, Operators.loss(loss), Operators.regularizer("none"),
                Operators.regularizer("none"), samples, 1);
    }

    @Override
    public String toString() {
        return activation + ", " + loss + (skip ? ", skips" : "");
    }
}

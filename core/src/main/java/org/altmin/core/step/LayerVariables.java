package org.altmin.core.step;

import java.util.ArrayList;
import java.util.List;
import org.altmin.core.network.Network;
import org.altmin.core.network.Problem;
import org.altmin.core.network.Weights;
import org.altmin.core.solver.StateArchive;
import org.altmin.linalg.Expr;
import org.altmin.linalg.Kernel;
import org.altmin.linalg.LinearAlgebra;
import org.altmin.linalg.Matrix;

/**
 * The variables of a problem whose layers are split into W_l a_{l−1} + b_l = z_l and h_l(z_l) = a_l, for all samples at
 * once and without skip connections: W_l, b_l and z_l (n_l × n) of the layers l = 1 … L, a_l (n_l × n) of the hidden
 * ones, and beside them the residuals E_l = W_l a_{l−1} + b_l − z_l (n_l × n), which the solver moves along with the
 * variables. They begin at a forward pass through the initial weights, where every residual is 0.
 */
public final class LayerVariables {

    /** After so many iterations of moved residuals {@link #refreshResiduals} keeps rounding from adding up. */
    public static final int REFRESH_PERIOD = 50;

    private static final Expr FIRST = Expr.input(0);

    private final LinearAlgebra la;
    private final Network network;
    private final Weights weights;
    private final List<Matrix> preActivations = new ArrayList<>();
    private final List<Matrix> activations = new ArrayList<>();
    private final List<Matrix> residuals = new ArrayList<>();

    public LayerVariables(Problem problem) {
        la = problem.la();
        network = problem.network();
        weights = problem.copyInitial();
        activations.add(problem.inputs());
        for (int l = 1; l <= network.depth(); l++) {
            preActivations.add(la.allocate(network.width(l), problem.samples()));
            residuals.add(la.allocate(network.width(l), problem.samples()));
            if (l < network.depth()) {
                activations.add(la.allocate(network.width(l), problem.samples()));
            }
        }
        startAtForwardPass();
    }

    /** W_l and b_l. */
    public Weights weights() {
        return weights;
    }

    /** z_l for l = 1 … L. */
    public Matrix z(int layer) {
        return preActivations.get(layer - 1);
    }

    /** a_l for l = 0 … L − 1; a_0 are the problem's inputs, not to be written. */
    public Matrix a(int layer) {
        return activations.get(layer);
    }

    /** E_l for l = 1 … L, as the solver has moved it. */
    public Matrix residual(int layer) {
        return residuals.get(layer - 1);
    }

    /** Computes all residuals anew from the variables: L sample products. */
    public void refreshResiduals() {
        for (int l = 1; l <= network.depth(); l++) {
            refreshResidual(l);
        }
    }

    /** Computes E_l anew: one sample product. */
    public void refreshResidual(int layer) {
        la.multiply(weights.weight(layer), a(layer - 1), residual(layer));
        la.map(residual(layer), Elementwise.SUM_LESS, residual(layer), weights.bias(layer), z(layer));
    }

    /** Everything, under the names W1, b1, z1, residual1, a1, … */
    public void archive(StateArchive archive) {
        archive.weights(weights);
        for (int l = 1; l <= network.depth(); l++) {
            archive.matrix("z" + l, z(l));
            archive.matrix("residual" + l, residual(l));
            if (l < network.depth()) {
                archive.matrix("a" + l, a(l));
            }
        }
    }

    private void startAtForwardPass() {
        for (int l = 1; l <= network.depth(); l++) {
            la.multiply(weights.weight(l), a(l - 1), z(l));
            la.map(z(l), Elementwise.SUM, z(l), weights.bias(l));
            if (l < network.depth()) {
                la.map(a(l), Kernel.map(network.activation(l).value(FIRST)), z(l));
            }
        }
    }
}

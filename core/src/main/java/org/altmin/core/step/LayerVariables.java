package org.altmin.core.step;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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
    private final List<LayerInputs> inputs = new ArrayList<>();
    private final OrderedSamples samples;
    private final List<Matrix> residuals = new ArrayList<>();

    /** Samples in the problem's order. */
    public LayerVariables(Problem problem) {
        this(problem, Optional.empty());
    }

    /** @param skyline of the problem's inputs; if there is one, samples are in its order */
    public LayerVariables(Problem problem, Optional<Skyline> skyline) {
        la = problem.la();
        network = problem.network();
        weights = problem.copyInitial();
        samples = OrderedSamples.of(problem, skyline);
        inputs.add(samples.inputs());
        for (int l = 1; l <= network.depth(); l++) {
            preActivations.add(la.allocate(network.width(l), problem.samples()));
            residuals.add(la.allocate(network.width(l), problem.samples()));
            if (l < network.depth()) {
                activations.add(la.allocate(network.width(l), problem.samples()));
                inputs.add(LayerInputs.of(la, a(l)));
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

    /** a_l for l = 1 … L − 1. */
    public Matrix a(int layer) {
        return activations.get(layer - 1);
    }

    /** a_{l−1} for l = 1 … L, where a_0 are the problem's inputs. */
    public LayerInputs inputs(int layer) {
        return inputs.get(layer - 1);
    }

    /** Y with its samples in the order of the variables. */
    public Matrix targets() {
        return samples.targets();
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
        inputs(layer).multiply(weights.weight(layer), 0, residual(layer));
        la.map(residual(layer), Elementwise.SUM_LESS, residual(layer), weights.bias(layer), z(layer));
    }

    /** Everything, under the names W1, b1, z1, residual1, a1, … */
    public void archive(StateArchive archive) {
        archive.weights(weights);
        for (int l = 1; l <= network.depth(); l++) {
            archive.matrix("z" + l + samples.mark(), z(l));
            archive.matrix("residual" + l + samples.mark(), residual(l));
            if (l < network.depth()) {
                archive.matrix("a" + l + samples.mark(), a(l));
            }
        }
    }

    private void startAtForwardPass() {
        for (int l = 1; l <= network.depth(); l++) {
            inputs(l).multiply(weights.weight(l), 0, z(l));
            la.map(z(l), Elementwise.SUM, z(l), weights.bias(l));
            if (l < network.depth()) {
                la.map(a(l), Kernel.map(network.activation(l).value(FIRST)), z(l));
            }
        }
    }
}

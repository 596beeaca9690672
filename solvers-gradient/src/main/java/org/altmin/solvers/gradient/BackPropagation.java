package org.altmin.solvers.gradient;

import java.util.ArrayList;
import java.util.List;
import org.altmin.core.network.Network;
import org.altmin.core.network.Weights;
import org.altmin.core.operator.Loss;
import org.altmin.core.step.Elementwise;
import org.altmin.core.step.Workspace;
import org.altmin.linalg.Expr;
import org.altmin.linalg.Kernel;
import org.altmin.linalg.LinearAlgebra;
import org.altmin.linalg.Matrix;

/**
 * The gradient of R(z_L; Y), summed over samples, with respect to all weights and biases (Rumelhart, Hinton and
 * Williams 1986). With D_l = ∂R/∂z_l and G_l = ∂R/∂a_l,
 * <pre>
 *   D_L = ∇R(z_L; Y),   G_{l−1} = W_lᵀ D_l (+ G_l if layer l has a skip connection),   D_l = h_l′(z_l) ∘ G_l,
 *   ∂R/∂W_l = D_l a_{l−1}ᵀ,   ∂R/∂b_l = D_l 1.
 * </pre>
 * Three products and two passes a layer. The forward pass keeps a_l and, in place of z_l, the slope h_l′(z_l), which
 * the backward pass overwrites with D_l.
 */
final class BackPropagation {

    private static final Expr FIRST = Expr.input(0);
    private static final Expr SECOND = Expr.input(1);
    private static final Expr THIRD = Expr.input(2);

    private final LinearAlgebra la;
    private final Network network;
    private final int depth;
    private final int capacity;
    private final List<Kernel> forward = new ArrayList<>();
    private final Kernel output;
    private final List<Matrix> activations = new ArrayList<>();
    private final List<Matrix> deltas = new ArrayList<>();
    private final List<Matrix> activationGradients = new ArrayList<>();
    private final List<Matrix> gradients = new ArrayList<>();
    private final List<Matrix> biasSums = new ArrayList<>();

    /** @param capacity the most samples of one call */
    BackPropagation(LinearAlgebra la, Network network, Loss loss, int capacity) {
        this.la = la;
        this.network = network;
        this.capacity = capacity;
        depth = network.depth();
        Workspace workspace = new Workspace(la);
        for (int l = 1; l <= depth; l++) {
            int width = network.width(l);
            deltas.add(la.allocate(width, capacity));
            gradients.add(la.allocate(width, network.width(l - 1) + 1));
            biasSums.add(la.allocate(width, 1));
            if (l < depth) {
                activations.add(la.allocate(width, capacity));
                activationGradients.add(workspace.matrix("gradient", width, capacity));
                forward.add(forwardKernel(l));
            }
        }
        Expr z = FIRST.plus(SECOND);
        output = Kernel.builder().inDouble().output(loss.gradient(z, THIRD)).sum(loss.value(z, THIRD)).build();
    }

    /** The most samples of one call. */
    int capacity() {
        return capacity;
    }

    /** [∂R/∂W_l ∂R/∂b_l], n_l × (n_{l−1} + 1), summed over the samples of the calls since one with {@code first}. */
    Matrix gradient(int layer) {
        return gradients.get(layer - 1);
    }

    /**
     * Adds the gradient of these samples.
     *
     * @param inputs a_0, n_0 × n with n ≤ capacity
     * @param targets Y, n_L × n
     * @param first whether the sums start anew
     * @return R(z_L; Y)
     */
    double add(Weights weights, Matrix inputs, Matrix targets, boolean first) {
        double loss = runForward(weights, inputs, targets);
        for (int l = depth; l >= 1; l--) {
            addGradient(l, inputs, first);
            if (l > 1) {
                propagate(weights, l, inputs.columns());
            }
        }
        return loss;
    }

    /** R and D_L, with a_l and h_l′(z_l) on the way. */
    private double runForward(Weights weights, Matrix inputs, Matrix targets) {
        int samples = inputs.columns();
        Matrix before = inputs;
        for (int l = 1; l < depth; l++) {
            Matrix image = first(deltas.get(l - 1), samples);
            Matrix activation = first(activations.get(l - 1), samples);
            la.multiply(weights.weight(l), before, image);
            la.apply(forward.get(l - 1), new Matrix[] {image, activation}, new double[0], new double[0], image,
                    weights.bias(l), before(l, before));
            before = activation;
        }
        Matrix image = first(deltas.get(depth - 1), samples);
        la.multiply(weights.weight(depth), before, image);
        double[] loss = new double[1];
        la.apply(output, new Matrix[] {image}, loss, new double[0], image, weights.bias(depth), targets);
        return loss[0];
    }

    private void addGradient(int l, Matrix inputs, boolean first) {
        int samples = inputs.columns();
        Matrix delta = first(deltas.get(l - 1), samples);
        Matrix before = l == 1 ? inputs : first(activations.get(l - 2), samples);
        int width = network.width(l - 1);
        Matrix gradient = gradient(l);
        la.gemm(1, delta, false, before, true, first ? 0 : 1, gradient.columns(0, width));
        if (network.bias()) {
            Matrix biasGradient = gradient.columns(width, width + 1);
            if (first) {
                la.rowSums(delta, biasGradient);
            } else {
                la.rowSums(delta, biasSums.get(l - 1));
                la.map(biasGradient, Elementwise.SUM, biasGradient, biasSums.get(l - 1));
            }
        }
    }

    /** G_{l−1} and D_{l−1} from D_l. */
    private void propagate(Weights weights, int l, int samples) {
        Matrix delta = first(deltas.get(l - 1), samples);
        Matrix deltaBefore = first(deltas.get(l - 2), samples);
        Matrix gradientBefore = first(activationGradients.get(l - 2), samples);
        // Layers of equal width share the matrix of G, so that a skip connection finds G_l where G_{l−1} is added.
        la.gemm(1, weights.weight(l), true, delta, false, network.skip(l) ? 1 : 0, gradientBefore);
        la.map(deltaBefore, Elementwise.PRODUCT, deltaBefore, gradientBefore);
    }

    /** Slope and activation from W_l a_{l−1}, b_l and, with a skip connection, a_{l−1}. */
    private Kernel forwardKernel(int l) {
        Expr z = FIRST.plus(SECOND);
        Expr value = network.activation(l).value(z);
        return Kernel.builder().output(network.activation(l).derivative(z))
                .output(network.skip(l) ? value.plus(THIRD) : value).build();
    }

    /** What a skip connection adds; without one something that broadcasts, which is not read. */
    private Matrix before(int l, Matrix before) {
        return network.skip(l) ? before : biasSums.get(l - 1);
    }

    private static Matrix first(Matrix matrix, int samples) {
        return matrix.columns(0, samples);
    }
}

package org.altmin.core.network;

import java.util.ArrayList;
import java.util.List;
import org.altmin.linalg.Expr;
import org.altmin.linalg.Kernel;
import org.altmin.linalg.LinearAlgebra;
import org.altmin.linalg.Matrix;

/**
 * z_L of a network for up to a fixed number of samples at a time, with workspace for these allocated once. Costs one
 * product and one pass a layer.
 */
public final class ForwardPass {

    private final LinearAlgebra la;
    private final Network network;
    private final int capacity;
    private final List<Kernel> layerKernels = new ArrayList<>();
    private final List<Matrix> outputs = new ArrayList<>();
    private int samples;

    /** @param capacity the most samples of one call */
    public ForwardPass(LinearAlgebra la, Network network, int capacity) {
        this.la = la;
        this.network = network;
        this.capacity = capacity;
        for (int l = 1; l <= network.depth(); l++) {
            outputs.add(la.allocate(network.width(l), capacity));
            layerKernels.add(layerKernel(network, l));
        }
    }

    /** a_l as a function of W_l a_{l−1} (input 0), b_l (input 1) and a_{l−1} (input 2). */
    private static Kernel layerKernel(Network network, int layer) {
        Expr z = Expr.input(0).plus(Expr.input(1));
        if (layer == network.depth()) {
            return Kernel.map(z);
        }
        Expr value = network.activation(layer).value(z);
        return Kernel.map(network.skip(layer) ? value.plus(Expr.input(2)) : value);
    }

    /** The most samples of one call. */
    public int capacity() {
        return capacity;
    }

    /**
     * @param inputs a_0, n_0 × n with n ≤ capacity
     * @return z_L, n_L × n, valid until the next call
     */
    public Matrix run(Weights weights, Matrix inputs) {
        samples = inputs.columns();
        Matrix before = inputs;
        for (int l = 1; l <= network.depth(); l++) {
            Matrix output = state(l);
            la.multiply(weights.weight(l), before, output);
            Kernel kernel = layerKernels.get(l - 1);
            if (kernel.inputs() > 2) {
                la.map(output, kernel, output, weights.bias(l), before);
            } else {
                la.map(output, kernel, output, weights.bias(l));
            }
            before = output;
        }
        return before;
    }

    /** a_l of the samples of the last {@link #run}, n_l × n, or z_L for l = L; valid until the next call. */
    public Matrix state(int layer) {
        return outputs.get(layer - 1).columns(0, samples);
    }
}

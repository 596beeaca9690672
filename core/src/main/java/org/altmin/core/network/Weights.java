package org.altmin.core.network;

import java.util.ArrayList;
import java.util.List;
import org.altmin.linalg.LinearAlgebra;
import org.altmin.linalg.Matrix;

/**
 * The weights W_l (n_l × n_{l−1}) and biases b_l (n_l × 1) of a network, l = 1 … L. The bias of a layer is stored
 * behind its weights, so that {@link #augmented} is one matrix [W b]. A network without biases has them all zero.
 */
public final class Weights {

    private final Network network;
    private final List<Matrix> augmented = new ArrayList<>();

    /** All zero. */
    public Weights(LinearAlgebra la, Network network) {
        this.network = network;
        for (int l = 1; l <= network.depth(); l++) {
            augmented.add(la.allocate(network.width(l), network.width(l - 1) + 1));
        }
    }

    public Network network() {
        return network;
    }

    /** W_l. */
    public Matrix weight(int layer) {
        return augmented(layer).columns(0, network.width(layer - 1));
    }

    /** b_l. */
    public Matrix bias(int layer) {
        int inputs = network.width(layer - 1);
        return augmented(layer).columns(inputs, inputs + 1);
    }

    /** [W_l b_l]. */
    public Matrix augmented(int layer) {
        return augmented.get(layer - 1);
    }

    /** Copies another's numbers; its network has the same shape. */
    public void set(Weights other) {
        for (int l = 1; l <= network.depth(); l++) {
            augmented(l).owner().copy(other.augmented(l), augmented(l));
        }
    }
}

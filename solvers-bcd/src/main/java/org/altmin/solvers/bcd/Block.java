package org.altmin.solvers.bcd;

import java.util.ArrayList;
import java.util.List;
import org.altmin.core.network.Network;
import org.altmin.linalg.LinearAlgebra;
import org.altmin.linalg.Matrix;

/**
 * The variables of the samples that are swept together, each list from layer 1 to N.
 *
 * @param inputs V_0; null where the sweep has them in skyline storage
 * @param targets Y
 * @param states V_i
 * @param preActivations U_i; empty with two splittings
 * @param images what follows from the others and the weights: E_i = W_i V_{i−1} + b_i − U_i with three splittings,
 *     P_i = W_i V_{i−1} + b_i with two
 */
record Block(Matrix inputs, Matrix targets, List<Matrix> states, List<Matrix> preActivations, List<Matrix> images) {

    /** A matrix for each layer. */
    static List<Matrix> allocate(LinearAlgebra la, Network network, int samples) {
        List<Matrix> result = new ArrayList<>();
        for (int l = 1; l <= network.depth(); l++) {
            result.add(la.allocate(network.width(l), samples));
        }
        return result;
    }

    static List<Matrix> columns(List<Matrix> matrices, int from, int to) {
        return matrices.stream().map(matrix -> matrix.columns(from, to)).toList();
    }

    Block columns(int from, int to) {
        return new Block(inputs == null ? null : inputs.columns(from, to), targets.columns(from, to), columns(states, from, to),
                columns(preActivations, from, to), columns(images, from, to));
    }

    int samples() {
        return targets.columns();
    }

    /** V_l, l = 0 … N. */
    Matrix v(int layer) {
        return layer == 0 ? inputs : states.get(layer - 1);
    }

    /** U_l. */
    Matrix u(int layer) {
        return preActivations.get(layer - 1);
    }

    /** E_l or P_l. */
    Matrix image(int layer) {
        return images.get(layer - 1);
    }
}

package org.altmin.solvers.admm;

import org.altmin.linalg.LinearAlgebra;
import org.altmin.linalg.Matrix;

/** b ← b − mean over the samples of the residual: the exact minimiser. A network without biases has none. */
final class BiasMinimiser {

    private final LinearAlgebra la;
    private final boolean bias;
    private final int samples;
    private final Matrix residualSum;
    private final Matrix move;

    /** @param outputs the length of b */
    BiasMinimiser(LinearAlgebra la, boolean bias, int outputs, int samples) {
        this.la = la;
        this.bias = bias;
        this.samples = samples;
        residualSum = la.allocate(outputs, 1);
        move = la.allocate(outputs, 1);
    }

    /** @return ‖Δb‖² */
    double step(Matrix residual, Matrix biases) {
        if (bias) {
            la.rowSums(residual, residualSum);
        }
        return stepFromSum(biases);
    }

    /** As {@link #step}, where {@link #residualSum} holds the sum of the residual over the samples already. */
    double stepFromSum(Matrix biases) {
        if (!bias) {
            return 0;
        }
        la.copy(residualSum, move);
        la.scale(-1.0 / samples, move);
        la.add(1, move, biases);
        return la.squaredNorm(move);
    }

    /** The sum of the residual over the samples at the last step. */
    Matrix residualSum() {
        return residualSum;
    }

    /** Δb of the last step, zero in a network without biases. */
    Matrix move() {
        return move;
    }
}

package org.altmin.solvers.admm;

import org.altmin.core.step.GramInverse;
import org.altmin.core.step.Workspace;
import org.altmin.linalg.LinearAlgebra;
import org.altmin.linalg.Matrix;

/**
 * G ← −(β I + c WᵀW)⁻¹ G for a W of k × m and a G of m × n, by a {@link GramInverse}; where that is of the rows,
 * (β I + c WᵀW)⁻¹ = (I − Wᵀ(W Wᵀ + (β/c) I)⁻¹W)/β.
 */
final class DampedSolve {

    private final LinearAlgebra la;
    private final GramInverse inverse;
    /** Null where the Gram matrix is that of the columns. */
    private final Matrix pushed;
    private final Matrix image;

    /**
     * @param outputs k
     * @param inputs m
     * @param samples n
     */
    DampedSolve(Workspace workspace, int outputs, int inputs, int samples) {
        la = workspace.la();
        inverse = new GramInverse(la, outputs, inputs);
        pushed = inverse.isOfRows() ? la.allocate(inputs, outputs) : null;
        image = workspace.matrix("damped solve", inverse.order(), samples);
    }

    /**
     * @param weight W
     * @param gradient G, overwritten by the solution
     */
    void solve(Matrix weight, double beta, double c, Matrix gradient) {
        Matrix inverted = inverse.of(weight, beta / c);
        if (inverse.isOfRows()) {
            la.gemm(1, weight, true, inverted, false, 0, pushed);
            la.multiply(weight, gradient, image);
            la.gemm(1 / beta, pushed, false, image, false, -1 / beta, gradient);
        } else {
            la.gemm(-1 / c, inverted, false, gradient, false, 0, image);
            la.copy(image, gradient);
        }
    }
}

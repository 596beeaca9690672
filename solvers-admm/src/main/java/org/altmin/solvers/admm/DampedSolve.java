package org.altmin.solvers.admm;

import org.altmin.core.step.Workspace;
import org.altmin.linalg.Cholesky;
import org.altmin.linalg.LinearAlgebra;
import org.altmin.linalg.Matrix;

/**
 * G ← −(β I + c WᵀW)⁻¹ G for a W of k × m and a G of m × n. With few rows it goes by the identity
 * (β I + c WᵀW)⁻¹ = (I − Wᵀ(W Wᵀ + (β/c) I)⁻¹W)/β in 4kmn operations, else by the inverse in 2m²n.
 */
final class DampedSolve {

    private final LinearAlgebra la;
    private final boolean fewRows;
    private final Matrix gram;
    private final Matrix inverse;
    private final Matrix pushed;
    private final Matrix image;
    private final Cholesky cholesky;

    /**
     * @param outputs k
     * @param inputs m
     * @param samples n
     */
    DampedSolve(Workspace workspace, int outputs, int inputs, int samples) {
        la = workspace.la();
        fewRows = isOfFewRows(outputs, inputs);
        int order = fewRows ? outputs : inputs;
        gram = la.allocate(order, order);
        inverse = la.allocate(order, order);
        pushed = fewRows ? la.allocate(inputs, outputs) : null;
        image = workspace.matrix("damped solve", order, samples);
        cholesky = la.cholesky(order);
    }

    private static boolean isOfFewRows(int outputs, int inputs) {
        return 2 * outputs < inputs;
    }

    /**
     * @param weight W
     * @param gradient G, overwritten by the solution
     */
    void solve(Matrix weight, double beta, double c, Matrix gradient) {
        la.syrk(1, weight, !fewRows, 0, gram);
        cholesky.factor(gram, beta / c);
        cholesky.inverse(inverse);
        if (fewRows) {
            la.gemm(1, weight, true, inverse, false, 0, pushed);
            la.multiply(weight, gradient, image);
            la.gemm(1 / beta, pushed, false, image, false, -1 / beta, gradient);
        } else {
            la.gemm(-1 / c, inverse, false, gradient, false, 0, image);
            la.copy(image, gradient);
        }
    }
}

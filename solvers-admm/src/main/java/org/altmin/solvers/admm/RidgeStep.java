package org.altmin.solvers.admm;

import org.altmin.core.step.Elementwise;
import org.altmin.core.step.LayerInputs;
import org.altmin.linalg.Cholesky;
import org.altmin.linalg.LinearAlgebra;
import org.altmin.linalg.Matrix;

/**
 * The minimising step of a quadratic function of a layer's weights and biases together: with the gradient g = [g_W g_b]
 * (k × (m+1)) and the inputs A (m × n),
 * <pre>  [ΔW Δb] = −g (c Ã Ãᵀ + diag(r_W, r_b))⁻¹,     Ã = [A; 1],  r_W on the weights and r_b on the bias.</pre>
 * The bias is eliminated, so that the system solved is c (A Aᵀ − s sᵀ/(n + r_b/c)) + r_W I with s = A 1, of order m;
 * without biases it is c A Aᵀ + r_W I. Costs the Gram matrix (m²n) and km² + m³/3 operations.
 */
final class RidgeStep {

    private static final double[] NONE = {};

    private final LinearAlgebra la;
    private final boolean bias;
    private final Matrix gram;
    private final Matrix centred;
    private final Matrix inputSum;
    private final Matrix targetSum;
    private final Matrix move;
    private final Cholesky cholesky;
    private int samples;
    private double factoredRidge;
    private double factoredCount;

    /**
     * @param outputs k
     * @param inputs m
     */
    RidgeStep(LinearAlgebra la, int outputs, int inputs, boolean bias) {
        this.la = la;
        this.bias = bias;
        gram = la.allocate(inputs, inputs);
        centred = bias ? la.allocate(inputs, inputs) : gram;
        inputSum = la.allocate(inputs, 1);
        targetSum = la.allocate(outputs, 1);
        move = la.allocate(outputs, inputs + 1);
        cholesky = la.cholesky(inputs);
    }

    /** Computes what the steps need of A; once, where A never changes. */
    void setInputs(LayerInputs inputs) {
        inputs.gram(gram);
        if (bias) {
            inputs.sum(inputSum);
        }
        samples = inputs.samples();
        factoredRidge = Double.NaN;
    }

    /** trace(A Aᵀ)/m. */
    double meanDiagonal() {
        return la.trace(gram) / gram.rows();
    }

    /**
     * Adds c ([W b] Ã Ãᵀ − T Ãᵀ), the gradient of (c/2)‖[W b] Ã − T‖², through the Gram matrix: one product over the
     * samples.
     *
     * @param augmented [W b]
     * @param targets T, k × n
     * @param inputs A, as given to {@link #setInputs}
     * @param gradient k × (m+1)
     */
    void addLeastSquaresGradient(double c, Matrix augmented, Matrix targets, LayerInputs inputs,
            Matrix gradient) {
        int count = gram.rows();
        Matrix weight = augmented.columns(0, count);
        Matrix weightGradient = gradient.columns(0, count);
        inputs.multiplyTransposed(-c, targets, 1, weightGradient);
        la.gemm(c, weight, false, gram, false, 1, weightGradient);
        if (bias) {
            Matrix biases = augmented.columns(count, count + 1);
            Matrix biasGradient = gradient.columns(count, count + 1);
            la.gemm(c, biases, false, inputSum, true, 1, weightGradient);
            la.gemm(c, weight, false, inputSum, false, 1, biasGradient);
            la.add(c * samples, biases, biasGradient);
            la.rowSums(targets, targetSum);
            la.add(-c, targetSum, biasGradient);
        }
    }

    /**
     * Moves [W b].
     *
     * @param gradient g; not changed
     * @param augmented [W b]
     * @return ‖ΔW‖² + ‖Δb‖²
     * @throws org.altmin.linalg.NotPositiveDefiniteException if the system is singular to rounding
     */
    double step(Matrix gradient, Matrix augmented, double c, double weightRidge, double biasRidge) {
        int inputs = gram.rows();
        Matrix weightMove = move.columns(0, inputs);
        la.map(move, Elementwise.SCALED, new double[] {-1 / c}, gradient);
        if (bias) {
            Matrix biasMove = move.columns(inputs, inputs + 1);
            double count = samples + biasRidge / c;
            la.gemm(-1 / count, biasMove, false, inputSum, true, 1, weightMove);
            factor(weightRidge / c, count);
            cholesky.solveRight(weightMove);
            la.gemm(-1 / count, weightMove, false, inputSum, false, 1 / count, biasMove);
        } else {
            factor(weightRidge / c, samples);
            cholesky.solveRight(weightMove);
        }
        double[] squaredStep = new double[1];
        la.apply(Elementwise.MOVE, new Matrix[] {augmented}, squaredStep, NONE, augmented, move);
        return squaredStep[0];
    }

    /** Of A Aᵀ − s sᵀ/count + ridge I, or without biases of A Aᵀ + ridge I; kept while these stay the same. */
    private void factor(double ridge, double count) {
        if (ridge == factoredRidge && count == factoredCount) {
            return;
        }
        factoredRidge = Double.NaN;
        if (bias) {
            la.copy(gram, centred);
            la.gemm(-1 / count, inputSum, false, inputSum, true, 1, centred);
        }
        cholesky.factor(centred, ridge);
        factoredRidge = ridge;
        factoredCount = count;
    }
}

package org.altmin.core.step;

import org.altmin.core.operator.Regularizer;
import org.altmin.linalg.AltminException;
import org.altmin.linalg.LinearAlgebra;
import org.altmin.linalg.Matrix;
import org.altmin.linalg.Reduction;

/**
 * The weight step of one layer: decreases f(W) + Ω(W), where f(W) = (ρ/2)‖W A + B‖² and B does not depend on W.
 *
 * <p>The caller keeps the residual R = W A + B (k × n). A step reads it, changes W (k × m), and leaves in
 * {@link #image()} and {@link #imageScale()} what the residual changes by, so that the product W A is never formed
 * again: R ← R + scale ∘ image, the scale being one number a row. Two sample products (4kmn operations) a step for
 * {@link UpdateRule#MAJORISED} and {@link UpdateRule#SCALAR}, one Gram matrix more (m²n) for {@link UpdateRule#EXACT}.
 * With {@link #fixInputs inputs that never change} the Gram matrix is computed once, and several steps in a row cost
 * two sample products together.
 *
 * <p>Majorised: with g = R Aᵀ, row i moves by −g_i/θ_i, θ_i = ‖g_i A‖²/‖g_i‖² in units of ρ, the smallest θ_i for
 * which the quadratic model of dladmm.md eq. (9) with a vector θ lies above f. With a regulariser the row moves to
 * prox_Ω(W_i − g_i/θ_i), and θ_i of the rows whose model does not lie above f is doubled until it does.
 *
 * <p>Exact: W ← W − (g + (μ/ρ) W)(A Aᵀ + (α + μ/ρ) I)⁻¹ for Ω = (μ/2)‖W‖², the minimiser of
 * f(W) + Ω(W) + (ρα/2)‖W − W_prev‖² with α = damping · trace(A Aᵀ)/m.
 */
public final class WeightStep {

    private static final double[] NONE = {};

    private final LinearAlgebra la;
    private final boolean exact;
    private final GramWeightStep byGram;
    private final Matrix one;
    private final Matrix image;
    private boolean inputsAreFixed;

    /**
     * @param workspace where the image lives
     * @param penalty Ω; {@link UpdateRule#EXACT} needs it to be quadratic
     * @param damping of exact steps, relative to the mean diagonal entry of the Gram matrix; 0 for none
     * @param outputs k, rows of W
     * @param inputs m, columns of W
     * @param samples n
     * @throws AltminException if the rule does not go with Ω
     */
    public WeightStep(Workspace workspace, UpdateRule rule, Regularizer penalty, double damping, int outputs,
            int inputs, int samples) {
        la = workspace.la();
        exact = rule == UpdateRule.EXACT;
        byGram = new GramWeightStep(workspace, rule, penalty, damping, outputs, inputs);
        one = la.allocate(outputs, 1);
        la.fill(one, 1);
        image = workspace.matrix("image", outputs, samples);
    }

    /** Says that every step will have this A, and computes its Gram matrix once. */
    public void fixInputs(LayerInputs inputs) {
        byGram.setInputs(inputs);
        inputsAreFixed = true;
    }

    /** The first stiffness that {@link UpdateRule#SCALAR} tries, in units of f; 1 at first, as published. */
    public void setScalarStart(double value) {
        byGram.setScalarStart(value);
    }

    /** As {@link #steps} with one step. */
    public double step(Matrix residual, LayerInputs inputs, Matrix weight, double rho) {
        return steps(1, residual, inputs, weight, rho);
    }

    /** As {@link #step} with the A of the step before, whose Gram matrix an exact step takes again. */
    public double stepAgain(Matrix residual, LayerInputs inputs, Matrix weight, double rho) {
        inputs.multiplyTransposed(1, residual, 0, byGram.gradient());
        return exact || inputsAreFixed ? stepsByGram(1, inputs, weight, rho) : stepBySamples(inputs, weight, rho);
    }

    /**
     * Steps in a row; more than one only with fixed inputs.
     *
     * @param residual R, k × n; not changed
     * @param inputs A
     * @param weight W, k × m
     * @param rho ρ
     * @return ‖ΔW‖², summed over the steps
     */
    public double steps(int count, Matrix residual, LayerInputs inputs, Matrix weight, double rho) {
        if (count > 1 && !inputsAreFixed) {
            throw new IllegalStateException("several steps in a row need fixed inputs");
        }
        inputs.multiplyTransposed(1, residual, 0, byGram.gradient());
        if (!exact && !inputsAreFixed) {
            return stepBySamples(inputs, weight, rho);
        }
        if (!inputsAreFixed) {
            byGram.setInputs(inputs);
        }
        return stepsByGram(count, inputs, weight, rho);
    }

    /** k × n; valid until another step that shares the workspace. */
    public Matrix image() {
        return image;
    }

    /** k × 1. */
    public Matrix imageScale() {
        return exact || inputsAreFixed ? one : byGram.descent().scale();
    }

    /** How often a stiffness was doubled since the last call. */
    public long takeDoublings() {
        return byGram.takeDoublings();
    }

    private double stepBySamples(LayerInputs inputs, Matrix weight, double rho) {
        return byGram.descent().step(byGram.gradient(), weight, rho, (direction, curvature) -> {
            inputs.multiply(direction, 0, image);
            la.reduceRows(Elementwise.SQUARE, Reduction.SUM, curvature, NONE, image);
        });
    }

    private double stepsByGram(int count, LayerInputs inputs, Matrix weight, double rho) {
        double squaredStep = byGram.steps(count, weight, rho);
        inputs.multiply(byGram.move(), 0, image);
        return squaredStep;
    }
}

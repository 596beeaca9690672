package org.altmin.core.step;

import org.altmin.linalg.LinearAlgebra;
import org.altmin.linalg.Matrix;
import org.altmin.linalg.Reduction;

/**
 * The direction and length of the activation step of one layer, which decreases
 * φ(a) = (ρ/2)‖W a + B‖² + (ν/2)‖a − h(z)‖², where B does not depend on a.
 *
 * <p>The caller keeps the residual R = W a + B (k × n) of the layer above, and makes the passes over a and z itself, so
 * that they can be fused with what comes before and after:
 * <ol>
 * <li>{@link #linearGradient} gives Wᵀ R, to which the caller adds (ν/ρ)(a − h(z));
 * <li>{@link #setDirection} then finds the step: a ← a + scale ∘ direction and R ← R + scale ∘ image, with
 * {@link #direction()}, {@link #image} = W direction and the {@link #scale()}, one number a column.
 * </ol>
 * Two sample products (4kmn operations) a step for {@link UpdateRule#MAJORISED} and {@link UpdateRule#SCALAR}; for
 * {@link UpdateRule#EXACT} 2m²n more, or 2kmn + 2k²n more where k &lt; m/2.
 *
 * <p>Majorised: with the gradient g = Wᵀ R + (ν/ρ)(a − h(z)), column j moves by −g_j/τ_j,
 * τ_j = ‖W g_j‖²/‖g_j‖² + ν/ρ in units of ρ, the smallest τ_j for which the quadratic model of dladmm.md eq. (3) with
 * a vector τ lies above φ. Exact: a ← a − (Wᵀ W + c I)⁻¹ g with c = ν/ρ, for k &lt; m/2 in the form
 * (Wᵀ W + c I)⁻¹ g = (g − Wᵀ (W Wᵀ + c I)⁻¹ W g)/c.
 */
public final class StateStep {

    private static final double[] NONE = {};

    private final LinearAlgebra la;
    private final Workspace workspace;
    private final Matrix gradient;
    private final Matrix direction;
    private final ColumnScale scale;
    /** Null where only {@link #image} asks for it. */
    private final Matrix image;
    private final Matrix smallSolution;
    /** Null where the step is not exact. */
    private final GramInverse inverse;

    /**
     * @param workspace where the gradient and the image live
     * @param outputs k, rows of W
     * @param inputs m, columns of W and rows of a
     * @param samples n
     */
    public StateStep(Workspace workspace, UpdateRule rule, int outputs, int inputs, int samples) {
        this.la = workspace.la();
        this.workspace = workspace;
        gradient = workspace.matrix("gradient", inputs, samples);
        scale = new ColumnScale(workspace, rule, samples);
        inverse = rule == UpdateRule.EXACT ? new GramInverse(la, outputs, inputs) : null;
        boolean direct = inverse != null && !inverse.isOfRows();
        direction = direct ? workspace.matrix("direction", inputs, samples) : gradient;
        image = direct ? null : workspace.matrix("image", outputs, samples);
        smallSolution = inverse != null && inverse.isOfRows() ? workspace.matrix("small solution", outputs, samples)
                : null;
    }

    /** The first stiffness that {@link UpdateRule#SCALAR} tries, in units of φ; 1 at first, as published. */
    public void setScalarStart(double value) {
        scale.setScalarStart(value);
    }

    /**
     * Wᵀ R, to be completed to the gradient by its caller.
     *
     * @param residual R, k × n
     * @param weight W, k × m
     * @return m × n; valid until another step that shares the workspace
     */
    public Matrix linearGradient(Matrix residual, Matrix weight) {
        la.gemm(1, weight, true, residual, false, 0, gradient);
        return gradient;
    }

    /** What {@link #linearGradient} gave. */
    public Matrix gradient() {
        return gradient;
    }

    /**
     * Finds the step along the gradient that {@link #linearGradient} began, but for the image of an exact one.
     *
     * @param weight W, k × m
     * @param ratio ν/ρ
     */
    public void setDirection(Matrix weight, double rho, double ratio) {
        if (inverse != null) {
            setExactDirection(weight, ratio);
            scale.setToOne();
        } else {
            la.multiply(weight, gradient, image);
            la.reduceColumns(Elementwise.SQUARE, Reduction.SUM, scale.squaredNorm(), NONE, gradient);
            la.reduceColumns(Elementwise.SQUARE, Reduction.SUM, scale.curvature(), NONE, image);
            scale.setAlongGradient(rho, ratio);
        }
    }

    /** m × n; valid until another step that shares the workspace. */
    public Matrix direction() {
        return direction;
    }

    /** 1 × n. */
    public Matrix scale() {
        return scale.scale();
    }

    /** W direction, k × n, formed only now where the step is exact; valid until another step shares the workspace. */
    public Matrix image(Matrix weight) {
        if (image != null) {
            return image;
        }
        Matrix formed = workspace.matrix("image", weight.rows(), direction.columns());
        la.multiply(weight, direction, formed);
        return formed;
    }

    /** How often a stiffness was doubled since the last call. */
    public long takeDoublings() {
        return scale.takeDoublings();
    }

    /** direction ← −(Wᵀ W + c I)⁻¹ g, and for k &lt; m/2 image ← W direction. */
    private void setExactDirection(Matrix weight, double ratio) {
        Matrix inverted = inverse.of(weight, ratio);
        if (!inverse.isOfRows()) {
            la.gemm(-1, inverted, false, gradient, false, 0, direction);
            return;
        }
        // W (Wᵀ W + c I)⁻¹ = (W Wᵀ + c I)⁻¹ W, so the image needs no product of its own.
        la.multiply(weight, gradient, smallSolution);
        la.gemm(-1, inverted, false, smallSolution, false, 0, image);
        la.gemm(-1 / ratio, weight, true, image, false, -1 / ratio, direction);
    }
}

package org.altmin.core.step;

import org.altmin.linalg.Cholesky;
import org.altmin.linalg.LinearAlgebra;
import org.altmin.linalg.Matrix;
import org.altmin.linalg.Reduction;

/**
 * Activation steps of one layer by the rules of {@link StateStep}, through the Gram matrix H = Wᵀ W (m × m): for layers
 * with about as many outputs as inputs, when a takes several steps while W and B stay. The residual R = W a + B is
 * needed before the first step only, since a step a ← a + scale ∘ direction changes the gradient Wᵀ R by
 * scale ∘ H direction.
 *
 * <p>One sample product for Wᵀ R (2kmn operations), and one a step (2m²n), whatever the rule: a majorised step forms
 * H g, from which come both its length, τ_j = g_jᵀ H g_j/‖g_j‖² + ν/ρ, and the next gradient. For an exact step
 * H direction = −g − (ν/ρ) direction, which needs no product.
 *
 * <p>The caller makes the passes over a and z: it completes {@link #gradient()} before {@link #setDirection}, moves a,
 * and finds the gradient after it.
 */
public final class GramStateStep {

    private static final double[] NONE = {};

    private final LinearAlgebra la;
    private final UpdateRule rule;
    private final ColumnScale scale;
    private final Matrix gradient;
    private final Matrix direction;
    private final Matrix image;
    private final Matrix gram;
    private final Matrix inverse;
    private final Cholesky cholesky;

    /**
     * @param workspace where the direction and the image live
     * @param inputs m, columns of W and rows of a
     * @param samples n
     */
    public GramStateStep(Workspace workspace, UpdateRule rule, int inputs, int samples) {
        boolean exact = rule == UpdateRule.EXACT;
        la = workspace.la();
        this.rule = rule;
        scale = new ColumnScale(workspace, rule, samples);
        gradient = la.allocate(inputs, samples);
        direction = exact ? workspace.matrix("direction", inputs, samples) : gradient;
        image = exact ? null : workspace.matrix("gram image", inputs, samples);
        gram = la.allocate(inputs, inputs);
        inverse = exact ? la.allocate(inputs, inputs) : null;
        cholesky = exact ? workspace.cholesky(inputs) : null;
    }

    /** See {@link StateStep#setScalarStart}. */
    public void setScalarStart(double value) {
        scale.setScalarStart(value);
    }

    /**
     * Takes in W, and puts Wᵀ R into {@link #gradient()}.
     *
     * @param residual R, k × n
     * @param weight W, k × m
     * @param ratio ν/ρ
     */
    public void begin(Matrix residual, Matrix weight, double ratio) {
        la.gemm(1, weight, true, residual, false, 0, gradient);
        la.syrk(1, weight, true, 0, gram);
        if (rule == UpdateRule.EXACT) {
            cholesky.factor(gram, ratio);
            cholesky.inverse(inverse);
        }
    }

    /** m × n, for the caller to make Wᵀ R and g = Wᵀ R + (ν/ρ)(a − h(z)) of it in turn; kept from step to step. */
    public Matrix gradient() {
        return gradient;
    }

    /**
     * Finds the step along the gradient.
     *
     * @param ratio ν/ρ, as given to {@link #begin}
     */
    public void setDirection(double rho, double ratio) {
        if (rule == UpdateRule.EXACT) {
            la.gemm(-1, inverse, false, gradient, false, 0, direction);
            scale.setToOne();
            return;
        }
        la.multiply(gram, gradient, image);
        la.reduceColumns(Elementwise.SQUARE, Reduction.SUM, scale.squaredNorm(), NONE, gradient);
        la.reduceColumns(Elementwise.PRODUCT, Reduction.SUM, scale.curvature(), NONE, gradient, image);
        scale.setAlongGradient(rho, ratio);
    }

    /** m × n; valid until another step that shares the workspace. */
    public Matrix direction() {
        return direction;
    }

    /** 1 × n. */
    public Matrix scale() {
        return scale.scale();
    }

    /** H direction, m × n; {@code null} for exact steps. Valid until another step that shares the workspace. */
    public Matrix image() {
        return image;
    }

    /** How often a stiffness was doubled since the last call. */
    public long takeDoublings() {
        return scale.takeDoublings();
    }
}

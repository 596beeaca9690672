package org.altmin.solvers.dlam;

import org.altmin.core.operator.Activation;
import org.altmin.core.solver.StateArchive;
import org.altmin.core.step.Elementwise;
import org.altmin.core.step.Workspace;
import org.altmin.linalg.Expr;
import org.altmin.linalg.Kernel;
import org.altmin.linalg.LinearAlgebra;
import org.altmin.linalg.Matrix;
import org.altmin.linalg.Reduction;

/**
 * The activation step of one hidden layer: decreases φ(a) = (ρ/2)‖W a + B‖² over the box h(z) − ε ≤ a ≤ h(z) + ε,
 * where B does not depend on a.
 *
 * <p>The caller keeps the residual R = W a + B (k × n) of the layer above; the step moves a (m × n) and R together.
 * With g = Wᵀ R, column j aims at d_j = clip(a_j − g_j/σ_j) − a_j and moves by t_j d_j, where
 * t_j = min(1, −⟨g_j, d_j⟩/‖W d_j‖²) and ⟨g_j, d_j⟩ = ⟨R_j, W d_j⟩. In the paper's terms this is Algorithm 3 with a
 * vector τ: τ_ij = −ρ g_ij/(t_j d_ij) takes a to the new point, which lies inside the box, and the model with this τ
 * lies above φ exactly when t_j ‖W d_j‖² ≤ −⟨g_j, d_j⟩. So φ decreases by at least ½ Σ τ_ij Δ_ij² = −(ρ/2)⟨g, Δ⟩, the
 * term of Lemma 1, and no trial is needed. σ_j, in units of ρ, is the curvature ‖W d_j‖²/‖d_j‖² along the column's last
 * direction (Barzilai and Borwein 1988; projected: Birgin, Martínez and Raydan 2000), at first the mean ‖W‖²/m.
 *
 * <p>Two sample products (4kmn operations). An accelerated step aims from a + ω(a − a_previous) at one product more,
 * and if φ does not decrease by {@link #SUFFICIENT}·(ρ/2) Σ σ_j ‖Δ_j‖², the block is redone with ω = 0.
 */
final class ProjectedStateStep {

    /** The share of a plain majorised step's decrease, for a move as long, that an accelerated one has to reach. */
    static final double SUFFICIENT = 1e-4;

    private static final double LEAST_SQUARE = 1e-30;
    private static final double[] NONE = {};
    private static final Expr STATE = Expr.input(0);
    private static final Expr SECOND = Expr.input(1);
    private static final Expr THIRD = Expr.input(2);
    private static final Expr FOURTH = Expr.input(3);
    private static final Expr TOLERANCE = Expr.parameter(0);
    private static final Expr MOMENTUM = Expr.parameter(1);

    private static final Kernel MOVE_AND_REMEMBER = Kernel.builder().output(STATE.plus(SECOND.times(THIRD)))
            .output(STATE).sum(SECOND.times(THIRD).square()).build();
    private static final Kernel SCALE = scaleKernel();
    /** 1/σ ← ‖d‖²/‖W d‖²; a column that does not move, or not measurably in float32, keeps it. */
    private static final Kernel FLEXIBILITY = Kernel.map(Expr.select(SECOND.min(THIRD).greaterThan(LEAST_SQUARE),
            THIRD.dividedBy(SECOND).min(1 / LEAST_SQUARE), STATE));

    private final LinearAlgebra la;
    private final Kernel projection;
    private final Kernel plainAim;
    private final Kernel acceleratedAim;
    private final Matrix direction;
    private final Matrix image;
    private final Matrix slope;
    private final Matrix curvature;
    private final Matrix squaredNorm;
    private final Matrix scale;
    private final Matrix flexibility;
    private final Matrix previous;
    private long redone;

    /**
     * @param workspace where gradient, direction and image live
     * @param activation h
     * @param weight W of the layer above as it starts, k × m
     * @param samples n
     * @param accelerated whether steps will have ω &gt; 0
     */
    ProjectedStateStep(Workspace workspace, Activation activation, Matrix weight, int samples, boolean accelerated) {
        la = workspace.la();
        direction = workspace.matrix("gradient", weight.columns(), samples);
        image = workspace.matrix("image", weight.rows(), samples);
        slope = workspace.matrix("slope", 1, samples);
        curvature = workspace.matrix("curvature", 1, samples);
        squaredNorm = workspace.matrix("squared norm", 1, samples);
        scale = workspace.matrix("scale", 1, samples);
        flexibility = la.allocate(1, samples);
        previous = accelerated ? la.allocate(weight.columns(), samples) : null;
        double norm = la.squaredNorm(weight);
        la.fill(flexibility, norm > 0 ? weight.columns() / norm : 1);
        projection = Kernel.map(clip(activation, STATE, SECOND).minus(STATE));
        Expr aim = STATE.minus(FOURTH.times(SECOND));
        plainAim = Kernel.map(clip(activation, aim, THIRD).minus(STATE));
        Expr extrapolated = aim.plus(MOMENTUM.times(STATE.minus(Expr.input(4))));
        acceleratedAim = Kernel.map(clip(activation, extrapolated, THIRD).minus(STATE));
    }

    /** Makes the state its own predecessor. */
    void start(Matrix state) {
        if (previous != null) {
            la.copy(state, previous);
        }
    }

    /** What the next step depends on. */
    void archive(StateArchive archive, int layer) {
        archive.matrix("flexibility" + layer, flexibility);
        if (previous != null) {
            archive.matrix("previous a" + layer, previous);
        }
    }

    /** Moves a to the nearest point of the box, and R with it; one sample product (2kmn operations). */
    void project(Matrix residual, Matrix weight, Matrix state, Matrix preActivation, double tolerance) {
        la.map(direction, projection, new double[] {tolerance}, state, preActivation);
        la.multiply(weight, direction, image);
        la.map(state, Elementwise.SUM, state, direction);
        la.map(residual, Elementwise.SUM, residual, image);
    }

    /**
     * One step.
     *
     * @param residual R, k × n; moved
     * @param weight W, k × m
     * @param state a, m × n, within the box; moved
     * @param preActivation z, m × n
     * @param tolerance ε
     * @param momentum ω; above 0 only if accelerated
     * @return ‖Δa‖²
     */
    double step(Matrix residual, Matrix weight, Matrix state, Matrix preActivation, double tolerance,
            double momentum) {
        if (momentum > 0) {
            la.map(direction, Elementwise.SCALED_DIFFERENCE, new double[] {momentum}, state, previous);
            la.multiply(weight, direction, image);
            la.map(image, Elementwise.SUM, residual, image);
            la.gemm(1, weight, true, image, false, 0, direction);
            la.map(direction, acceleratedAim, new double[] {tolerance, momentum}, state, direction, preActivation,
                    flexibility, previous);
            if (!(measure(residual, weight) >= 0)) {
                redone++;
                aimPlainly(residual, weight, state, preActivation, tolerance);
            }
        } else {
            aimPlainly(residual, weight, state, preActivation, tolerance);
        }
        la.map(flexibility, FLEXIBILITY, flexibility, curvature, squaredNorm);
        la.map(residual, Elementwise.PLUS_PRODUCT, residual, scale, image);
        double[] squaredStep = new double[1];
        if (previous == null) {
            la.apply(Elementwise.SCALED_MOVE, new Matrix[] {state}, squaredStep, NONE, state, scale, direction);
        } else {
            la.apply(MOVE_AND_REMEMBER, new Matrix[] {state, previous}, squaredStep, NONE, state, scale, direction);
        }
        return squaredStep[0];
    }

    /** How often a block was redone since the last call. */
    long takeRedone() {
        long result = redone;
        redone = 0;
        return result;
    }

    private void aimPlainly(Matrix residual, Matrix weight, Matrix state, Matrix preActivation, double tolerance) {
        la.gemm(1, weight, true, residual, false, 0, direction);
        la.map(direction, plainAim, new double[] {tolerance}, state, direction, preActivation, flexibility);
        measure(residual, weight);
    }

    /** Sets image, t and what they need; what the decrease exceeds the sufficient one by, in units of ρ. */
    private double measure(Matrix residual, Matrix weight) {
        la.multiply(weight, direction, image);
        la.reduceColumns(Elementwise.PRODUCT, Reduction.SUM, slope, NONE, residual, image);
        la.reduceColumns(Elementwise.SQUARE, Reduction.SUM, curvature, NONE, image);
        la.reduceColumns(Elementwise.SQUARE, Reduction.SUM, squaredNorm, NONE, direction);
        double[] excess = new double[1];
        la.apply(SCALE, new Matrix[] {scale}, excess, NONE, slope, curvature, squaredNorm, flexibility);
        return excess[0];
    }

    /** min(max(point, h(z) − ε), h(z) + ε). */
    private static Expr clip(Activation activation, Expr point, Expr preActivation) {
        Expr h = activation.value(preActivation);
        return point.clamp(h.minus(TOLERANCE), h.plus(TOLERANCE));
    }

    private static Kernel scaleKernel() {
        Expr slope = Expr.input(0);
        Expr curvature = Expr.input(1);
        Expr factor = Expr.select(curvature.greaterThan(0),
                slope.negate().dividedBy(curvature).max(0).min(1), Expr.constant(0));
        Expr decrease = factor.times(slope.plus(factor.times(curvature).times(0.5))).negate();
        Expr length = factor.square().times(Expr.input(2)).dividedBy(Expr.input(3));
        return Kernel.builder().output(factor).sum(decrease.minus(length.times(SUFFICIENT / 2))).build();
    }
}

package org.altmin.core.step;

import org.altmin.core.operator.Regularizer;
import org.altmin.linalg.Cholesky;
import org.altmin.linalg.Expr;
import org.altmin.linalg.Kernel;
import org.altmin.linalg.LinearAlgebra;
import org.altmin.linalg.Matrix;
import org.altmin.linalg.Reduction;

/**
 * The state step below one layer,
 * <pre>
 *   V ← argmin (γ/2)‖W V + b 1ᵀ − U‖² + (γω/2)‖V − S‖² + s(V),   γ, ω &gt; 0,
 * </pre>
 * the V_i-update of bcd-kl.md, Algorithm 2, together with the residual E = W V + b 1ᵀ − U that it leaves. W is k × m, V
 * and S are m × n, U and E are k × n. Columns do not know each other, so samples may be passed a few thousand at a
 * time.
 *
 * <p>For s = (μ/2)‖V‖² it is exact; with c = ω + μ/γ and S̄ = (ω/c) S, in three sample products:
 * <ul>
 * <li>k ≤ m: E = c (c I + W Wᵀ)⁻¹ (W S̄ + b 1ᵀ − U), V = S̄ − WᵀE/c: the new residual is on the way.
 * <li>k &gt; m: V = (c I + WᵀW)⁻¹ (ω S + Wᵀ(U − b 1ᵀ)), and then E.
 * </ul>
 * The inverse of the smaller order is formed once for a W if that is cheaper than solving for every sample.
 *
 * <p>With any other s, or if asked to, it is one majorised proximal gradient step from the old V, with one stiffness
 * for each column; it decreases the objective by at least (γω/2)‖ΔV‖², as the minimiser does. Without s the stiffness
 * is τ_j = ω + ‖W g_j‖²/‖g_j‖² along the gradient g, two sample products if E is known before. With s it starts at the
 * mean curvature ω + ‖W‖²/m, and is doubled where it does not majorise. (The curvature along the gradient is a poor
 * start then: where the gradient vanishes rounding decides it, and s acts through it.)
 */
public final class ProximalStateStep {

    private static final double[] NONE = {};
    private static final Expr FIRST = Expr.input(0);
    private static final Expr SECOND = Expr.input(1);
    /** x − d/τ. */
    private static final Kernel LESS_QUOTIENT =
            Kernel.map(FIRST.minus(SECOND.dividedBy(Expr.input(2))));

    private final LinearAlgebra la;
    private final Regularizer penalty;
    private final boolean exact;
    private final boolean above;
    private final boolean invert;
    private final Kernel proximalMove;
    private final Cholesky cholesky;
    private final Matrix gram;
    private final Matrix inverse;
    private final Matrix image;
    private final Matrix point;
    private final Matrix move;
    private final Matrix squaredNorm;
    private final Matrix curvature;
    private final Matrix stiffness;
    private double gamma;
    private double omega;
    private double ridge;
    private long doublings;

    /**
     * @param workspace where everything lives that does not outlive {@link #prepare} and the steps after it
     * @param penalty s
     * @param majorised whether the step is majorised although s allows the minimiser
     * @param outputs k
     * @param inputs m
     * @param capacity the most samples of one step
     * @param samples how many samples use one W altogether
     */
    public ProximalStateStep(Workspace workspace, Regularizer penalty, boolean majorised, int outputs, int inputs,
            int capacity, long samples) {
        la = workspace.la();
        this.penalty = penalty;
        exact = isExact(penalty, majorised);
        above = isAbove(outputs, inputs);
        int order = Math.min(outputs, inputs);
        invert = samples >= order;
        gram = exact ? workspace.matrix("gram", order, order) : null;
        inverse = exact && invert ? workspace.matrix("inverse", order, order) : null;
        cholesky = exact ? workspace.cholesky(order) : null;
        boolean searches = searches(penalty, majorised);
        image = !exact || above ? workspace.matrix("state image", outputs, capacity) : null;
        point = searches ? workspace.matrix("state point", inputs, capacity) : null;
        move = searches || exact && !above ? workspace.matrix("state move", inputs, capacity) : null;
        squaredNorm = exact ? null : workspace.matrix("state squared norm", 1, capacity);
        curvature = exact ? null : workspace.matrix("state curvature", 1, capacity);
        stiffness = exact ? null : workspace.matrix("state stiffness", 1, capacity);
        proximalMove = exact ? null : RowMoves.proximalMove(penalty);
    }

    private static boolean isExact(Regularizer penalty, boolean majorised) {
        return penalty.isQuadratic() && !majorised;
    }

    private static boolean isAbove(int outputs, int inputs) {
        return outputs <= inputs;
    }

    /** Whether a step looks for a stiffness that decreases the objective. */
    private static boolean searches(Regularizer penalty, boolean majorised) {
        return !isExact(penalty, majorised) && !penalty.isZero();
    }

    /** Says what W, γ and ω the next steps have. */
    public void prepare(Matrix weight, double gammaOfSteps, double omegaOfSteps) {
        gamma = gammaOfSteps;
        omega = omegaOfSteps;
        ridge = omega + penalty.quadratic() / gamma;
        if (exact) {
            la.syrk(1, weight, !above, 0, gram);
            cholesky.factor(gram, ridge);
            if (invert) {
                cholesky.inverse(inverse);
            }
        }
    }

    /**
     * One step.
     *
     * @param state the old V, not changed
     * @param centre S, destroyed
     * @param weight W, as prepared
     * @param bias b, k × 1
     * @param target U
     * @param residual becomes E
     * @param residualIsCurrent whether it is E of the old V, W and b now
     * @return the new V, which lives in {@code centre} or in the workspace
     */
    public Matrix step(Matrix state, Matrix centre, Matrix weight, Matrix bias, Matrix target, Matrix residual,
            boolean residualIsCurrent) {
        if (!exact) {
            if (!residualIsCurrent) {
                la.map(residual, Elementwise.DIFFERENCE, bias, target);
                la.gemm(1, weight, false, state, false, 1, residual);
            }
            la.map(centre, Elementwise.SCALED_DIFFERENCE, new double[] {omega}, state, centre);
            la.gemm(1, weight, true, residual, false, 1, centre);
            return penalty.isZero() ? gradientStep(state, centre, weight, residual)
                    : proximalStep(state, centre, weight, residual);
        }
        return above ? solveAbove(centre, weight, bias, target, residual)
                : solveBelow(centre, weight, bias, target, residual);
    }

    /** How often a stiffness was doubled since the last call. */
    public long takeDoublings() {
        long result = doublings;
        doublings = 0;
        return result;
    }

    private Matrix solveAbove(Matrix centre, Matrix weight, Matrix bias, Matrix target, Matrix residual) {
        if (ridge != omega) {
            la.scale(omega / ridge, centre);
        }
        Matrix free = image.columns(0, centre.columns());
        la.map(free, Elementwise.DIFFERENCE, bias, target);
        la.gemm(1, weight, false, centre, false, 1, free);
        if (invert) {
            la.gemm(ridge, inverse, false, free, false, 0, residual);
        } else {
            cholesky.solveLeft(free);
            la.map(residual, Elementwise.SCALED, new double[] {ridge}, free);
        }
        la.gemm(-1 / ridge, weight, true, residual, false, 1, centre);
        return centre;
    }

    private Matrix solveBelow(Matrix centre, Matrix weight, Matrix bias, Matrix target, Matrix residual) {
        la.map(residual, Elementwise.DIFFERENCE, target, bias);
        la.gemm(1, weight, true, residual, false, omega, centre);
        Matrix solution = centre;
        if (invert) {
            solution = move.columns(0, centre.columns());
            la.multiply(inverse, centre, solution);
        } else {
            cholesky.solveLeft(centre);
        }
        la.gemm(1, weight, false, solution, false, -1, residual);
        return solution;
    }

    private Matrix gradientStep(Matrix state, Matrix gradient, Matrix weight, Matrix residual) {
        int samples = state.columns();
        Matrix tau = stiffness.columns(0, samples);
        measure(gradient, weight);
        la.map(tau, RowMoves.STIFFNESS, new double[] {omega}, squaredNorm.columns(0, samples),
                curvature.columns(0, samples));
        la.map(residual, LESS_QUOTIENT, residual, image.columns(0, samples), tau);
        la.map(gradient, LESS_QUOTIENT, state, gradient, tau);
        return gradient;
    }

    private Matrix proximalStep(Matrix state, Matrix gradient, Matrix weight, Matrix residual) {
        int samples = state.columns();
        Matrix tau = stiffness.columns(0, samples);
        Matrix moved = move.columns(0, samples);
        Matrix next = point.columns(0, samples);
        double[] offset = {omega};
        la.fill(tau, la.squaredNorm(weight) / weight.columns() + omega);
        double[] failures = {1};
        for (int doubling = 0; doubling < RowMoves.MOST_DOUBLINGS && failures[0] > 0; doubling++) {
            la.apply(proximalMove, new Matrix[] {next, moved}, NONE, new double[] {gamma}, state, gradient, tau);
            measure(moved, weight);
            la.apply(RowMoves.RAISE_STIFFNESS, new Matrix[] {tau}, failures, offset, tau,
                    squaredNorm.columns(0, samples), curvature.columns(0, samples));
            doublings += failures[0] > 0 ? 1 : 0;
        }
        la.map(residual, Elementwise.SUM, residual, image.columns(0, samples));
        return next;
    }

    /** squaredNorm_j ← ‖d_j‖², curvature_j ← ‖W d_j‖²; leaves W d in the image. */
    private void measure(Matrix direction, Matrix weight) {
        int samples = direction.columns();
        Matrix product = image.columns(0, samples);
        la.multiply(weight, direction, product);
        la.reduceColumns(Elementwise.SQUARE, Reduction.SUM, squaredNorm.columns(0, samples), NONE, direction);
        la.reduceColumns(Elementwise.SQUARE, Reduction.SUM, curvature.columns(0, samples), NONE, product);
    }
}

package org.altmin.solvers.admm;

import org.altmin.linalg.Expr;
import org.altmin.linalg.Kernel;

/**
 * The passes of {@link SigmoidAdmm} over the samples of the last layer, whose constraint is V = p, p = I + b with the
 * image I = W V_{L−1}. Its residual is r = p − V, its multiplier Λ, and β is parameter 0.
 */
final class LinearConstraintKernels {

    private static final Expr BETA = Expr.parameter(0);
    private static final Expr IMAGE = Expr.input(0).plus(Expr.input(1));
    private static final Expr RESIDUAL = IMAGE.minus(Expr.input(2));
    private static final Expr MULTIPLIER = Expr.input(3);

    /** p of I and b. */
    static final Kernel VALUE = Kernel.map(IMAGE);
    /** D = Λ + β r of I, b, V and Λ. */
    static final Kernel SENSITIVITY = Kernel.map(MULTIPLIER.plus(BETA.times(RESIDUAL)));
    /** p + Λ/β of I, b and Λ. */
    static final Kernel LOSS_CENTRE = Kernel.map(IMAGE.plus(Expr.input(2).dividedBy(BETA)));
    /** Λ⁺ = Λ + β r and D = Λ⁺ + β r of I, b, V and Λ; totals ‖r‖² and ⟨Λ⁺, r⟩. */
    static final Kernel FINISH = finish();

    private LinearConstraintKernels() {
    }

    private static Kernel finish() {
        Expr moved = MULTIPLIER.plus(BETA.times(RESIDUAL));
        return Kernel.builder().output(moved).output(moved.plus(BETA.times(RESIDUAL))).sum(RESIDUAL.square())
                .sum(moved.times(RESIDUAL)).build();
    }
}

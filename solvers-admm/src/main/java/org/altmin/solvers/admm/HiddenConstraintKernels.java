package org.altmin.solvers.admm;

import org.altmin.core.operator.Activation;
import org.altmin.linalg.Expr;
import org.altmin.linalg.Kernel;
import org.altmin.linalg.Reduction;

/**
 * The passes of {@link SigmoidAdmm} over the samples of a hidden layer, whose constraint is V = h(p), p = I + b with
 * the image I = W V_{l−1}. Its residual is r = h(p) − V, its multiplier Λ, and β is parameter 0.
 */
final class HiddenConstraintKernels {

    private static final Expr BETA = Expr.parameter(0);
    private static final Expr IMAGE = Expr.input(0).plus(Expr.input(1));
    private static final Expr STATE = Expr.input(2);
    private static final Expr MULTIPLIER = Expr.input(3);

    private final Kernel value;
    private final Kernel sensitivity;
    private final Kernel ownGradient;
    private final Kernel finish;

    HiddenConstraintKernels(Activation activation) {
        Expr image = activation.value(IMAGE);
        Expr slope = activation.derivative(IMAGE);
        Expr pull = MULTIPLIER.plus(BETA.times(image.minus(STATE)));
        value = Kernel.map(image);
        sensitivity = Kernel.map(pull.times(slope));
        ownGradient = Kernel.map(Expr.input(4).minus(pull));
        finish = finish(image, slope);
    }

    /** h(p) of I and b. */
    Kernel value() {
        return value;
    }

    /** D = (Λ + β r) ∘ h′(p) of I, b, V and Λ. */
    Kernel sensitivity() {
        return sensitivity;
    }

    /** G − (Λ + β r) of I, b, V, Λ and G. */
    Kernel ownGradient() {
        return ownGradient;
    }

    /**
     * Of I, b, V, Λ and a step Δ of V: V⁺ = V + Δ, Λ⁺ = Λ + β r⁺, and with P = Λ⁺ + β r⁺ the outputs V⁺, Λ⁺, P ∘ h′(p)
     * and P; totals ‖Δ‖², ‖r⁺‖², ⟨Λ⁺, r⁺⟩ and max|V⁺ − Λ⁺/β|.
     */
    Kernel finish() {
        return finish;
    }

    private static Kernel finish(Expr image, Expr slope) {
        Expr step = Expr.input(4);
        Expr moved = STATE.plus(step);
        Expr residual = image.minus(moved);
        Expr newMultiplier = MULTIPLIER.plus(BETA.times(residual));
        Expr newPull = newMultiplier.plus(BETA.times(residual));
        return Kernel.builder().output(moved).output(newMultiplier).output(newPull.times(slope)).output(newPull)
                .sum(step.square()).sum(residual.square()).sum(newMultiplier.times(residual))
                .total(Reduction.MAX, moved.minus(newMultiplier.dividedBy(BETA)).abs()).build();
    }
}

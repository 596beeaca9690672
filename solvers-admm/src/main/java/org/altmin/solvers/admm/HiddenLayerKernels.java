package org.altmin.solvers.admm;

import org.altmin.core.operator.Activation;
import org.altmin.linalg.Expr;
import org.altmin.linalg.Kernel;

/**
 * The passes over the states of a hidden layer of {@link DlAdmm}, and some of {@link TaylorAdmm}. Each does as much as
 * can be done before the next sample product is needed, since passes over memory are what a step spends beside its
 * products.
 */
final class HiddenLayerKernels {

    private static final Expr RESIDUAL = Expr.input(0);
    private static final Expr Z = Expr.input(1);
    private static final Expr A = Expr.input(2);
    private static final Expr SCALE = Expr.input(3);
    private static final Expr DIRECTION = Expr.input(4);
    private static final Expr BIAS_MOVE = Expr.input(5);
    private static final Expr LINEAR_GRADIENT = Expr.input(6);
    private static final Expr RATIO = Expr.parameter(0);

    private final Kernel gradient;
    private final Kernel moveActivationThenPreActivation;
    private final Kernel movePreActivationThenGradient;
    private final Kernel moveActivation;

    HiddenLayerKernels(Activation activation) {
        Expr g = Expr.input(0);
        gradient = Kernel.map(g.plus(RATIO.times(A.minus(activation.value(Z)))));

        Expr moved = A.plus(SCALE.times(DIRECTION));
        Expr image = RESIDUAL.plus(Z);
        Expr minimiser = activation.prox(moved, image, Expr.constant(1));
        moveActivationThenPreActivation = Kernel.builder().output(minimiser).output(image.minus(minimiser))
                .output(moved).sum(moved.minus(A).square().plus(minimiser.minus(Z).square())).build();

        Expr movedImage = RESIDUAL.plus(SCALE.times(DIRECTION)).plus(BIAS_MOVE).plus(Z);
        Expr forward = activation.prox(A, movedImage, Expr.constant(1));
        Expr residual = movedImage.minus(forward);
        movePreActivationThenGradient = Kernel.builder().output(forward).output(residual)
                .output(LINEAR_GRADIENT.plus(RATIO.times(A.minus(activation.value(forward)))))
                .sum(forward.minus(Z).square()).sum(residual.square()).build();

        moveActivation = Kernel.builder().output(moved).sum(SCALE.times(DIRECTION).square())
                .sum(moved.minus(activation.value(Z)).square()).build();
    }

    /** G + c(a − h(z)) of G, z and a (inputs 0 to 2), c being parameter 0. */
    Kernel gradient() {
        return gradient;
    }

    /**
     * Of E, z, a, a scale and a direction: a⁺ = a + scale ∘ direction, z⁺ = argmin (h(z) − a⁺)² + (z − p)², E⁺ = p − z⁺,
     * where p = E + z. Outputs z⁺, E⁺, a⁺; the total is ‖Δa‖² + ‖Δz‖².
     */
    Kernel moveActivationThenPreActivation() {
        return moveActivationThenPreActivation;
    }

    /**
     * Of E, z, a, a scale and an image by which W moved p, the move of b, and G: with the moved p = E + z + scale ∘ image +
     * Δb, z⁺ = argmin (h(z) − a)² + (z − p)², E⁺ = p − z⁺, and the gradient G + c(a − h(z⁺)), c being parameter 0. Outputs
     * z⁺, E⁺ and the gradient; totals ‖Δz‖² and ‖E⁺‖².
     */
    Kernel movePreActivationThenGradient() {
        return movePreActivationThenGradient;
    }

    /** Of E, z, a, a scale and a direction: a⁺; totals ‖Δa‖² and ‖a⁺ − h(z)‖². E is not read. */
    Kernel moveActivation() {
        return moveActivation;
    }
}

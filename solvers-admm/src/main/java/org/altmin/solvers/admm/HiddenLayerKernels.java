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

    private static final Expr RATIO = Expr.parameter(0);

    private final Kernel gradient;
    private final Kernel moveActivationThenPreActivation;
    private final Kernel movePreActivationThenGradient;
    private final Kernel moveActivation;

    HiddenLayerKernels(Activation activation) {
        gradient = gradient(activation);
        moveActivationThenPreActivation = moveActivationThenPreActivation(activation);
        movePreActivationThenGradient = movePreActivationThenGradient(activation);
        moveActivation = moveActivation(activation);
    }

    /** G + c(a − h(z)) of G, z and a (inputs 0 to 2), c being parameter 0. */
    Kernel gradient() {
        return gradient;
    }

    /**
     * Of E, z, a, a scale and a direction: a⁺ = a + scale ∘ direction, z⁺ = argmin (h(z) − a⁺)² + (z − p)² and
     * E⁺ = p − z⁺, where p = E + z. Outputs z⁺, E⁺, a⁺; the total is ‖Δa‖² + ‖Δz‖².
     */
    Kernel moveActivationThenPreActivation() {
        return moveActivationThenPreActivation;
    }

    /**
     * Of E, z, a, a scale and an image by which W moved p, the move of b, and G: with the moved
     * p = E + z + scale ∘ image + Δb, z⁺ = argmin (h(z) − a)² + (z − p)², E⁺ = p − z⁺, and the gradient
     * G + c(a − h(z⁺)), c being parameter 0. Outputs z⁺, E⁺ and the gradient; totals ‖Δz‖² and ‖E⁺‖².
     */
    Kernel movePreActivationThenGradient() {
        return movePreActivationThenGradient;
    }

    /** Of z, a, a scale and a direction: a⁺ = a + scale ∘ direction; totals ‖Δa‖² and ‖a⁺ − h(z)‖². */
    Kernel moveActivation() {
        return moveActivation;
    }

    private static Kernel gradient(Activation activation) {
        Expr linearGradient = Expr.input(0);
        Expr z = Expr.input(1);
        Expr a = Expr.input(2);
        return Kernel.map(linearGradient.plus(RATIO.times(a.minus(activation.value(z)))));
    }

    private static Kernel moveActivationThenPreActivation(Activation activation) {
        Expr residual = Expr.input(0);
        Expr z = Expr.input(1);
        Expr a = Expr.input(2);
        Expr move = Expr.input(3).times(Expr.input(4));
        Expr moved = a.plus(move);
        Expr image = residual.plus(z);
        Expr minimiser = activation.prox(moved, image, Expr.constant(1));
        return Kernel.builder().output(minimiser).output(image.minus(minimiser)).output(moved)
                .sum(moved.minus(a).square().plus(minimiser.minus(z).square())).build();
    }

    private static Kernel movePreActivationThenGradient(Activation activation) {
        Expr residual = Expr.input(0);
        Expr z = Expr.input(1);
        Expr a = Expr.input(2);
        Expr biasMove = Expr.input(5);
        Expr linearGradient = Expr.input(6);
        Expr image = residual.plus(Expr.input(3).times(Expr.input(4))).plus(biasMove).plus(z);
        Expr minimiser = activation.prox(a, image, Expr.constant(1));
        Expr moved = image.minus(minimiser);
        return Kernel.builder().output(minimiser).output(moved)
                .output(linearGradient.plus(RATIO.times(a.minus(activation.value(minimiser)))))
                .sum(minimiser.minus(z).square()).sum(moved.square()).build();
    }

    private static Kernel moveActivation(Activation activation) {
        Expr z = Expr.input(0);
        Expr a = Expr.input(1);
        Expr move = Expr.input(2).times(Expr.input(3));
        Expr moved = a.plus(move);
        return Kernel.builder().output(moved).sum(move.square()).sum(moved.minus(activation.value(z)).square()).build();
    }
}

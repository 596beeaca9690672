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

    private static final Expr SCALE = Expr.input(3);
    private static final Expr DIRECTION = Expr.input(4);
    private static final Expr SHIFT = Expr.input(3);

    private final Kernel gradient;
    private final Kernel shiftedGradient;
    private final Kernel backward;
    private final Kernel backwardThenGradient;
    private final Kernel backwardExactlyThenGradient;
    private final Kernel forwardFromResidual;
    private final Kernel forwardFromImage;
    private final Kernel moveActivation;

    HiddenLayerKernels(Activation activation) {
        Expr linearGradient = Expr.input(0);
        gradient = gradient(activation, linearGradient);
        shiftedGradient = gradient(activation, linearGradient.plus(SHIFT));
        backward = move(activation, SCALE.times(DIRECTION)).build();
        backwardThenGradient = backwardThenGradient(activation);
        backwardExactlyThenGradient = backwardExactlyThenGradient(activation);
        forwardFromResidual = forward(activation, Expr.input(0).plus(Expr.input(1)).plus(SHIFT));
        forwardFromImage = forward(activation, Expr.input(0).plus(SHIFT));
        moveActivation = moveActivation(activation);
    }

    /** G + c(a − h(z)) of G, z and a (inputs 0 to 2), c being parameter 0. */
    Kernel gradient() {
        return gradient;
    }

    /** G + s + c(a − h(z)) of G, z, a and a column s (inputs 0 to 3), c being parameter 0. */
    Kernel shiftedGradient() {
        return shiftedGradient;
    }

    /**
     * Of E, z, a, a scale and a direction: a⁺ = a + scale ∘ direction, z⁺ = argmin (h(z) − a⁺)² + (z − p)² and
     * E⁺ = p − z⁺, where p = E + z. Outputs z⁺, E⁺, a⁺; the total is ‖Δa‖² + ‖Δz‖².
     */
    Kernel backward() {
        return backward;
    }

    /**
     * The same where the direction is the gradient g = G + c(a − h(z)), and input 5 its image H g: the fourth output is
     * the G of a⁺, G + scale ∘ H g. Parameter 0 is c.
     */
    Kernel backwardThenGradient() {
        return backwardThenGradient;
    }

    /**
     * The same where a⁺ = a + direction (input 3) makes the gradient 0: the fourth output is the G of a⁺,
     * −c(a⁺ − h(z)). Parameter 0 is c.
     */
    Kernel backwardExactlyThenGradient() {
        return backwardExactlyThenGradient;
    }

    /**
     * Of E, z, a, a column s by which p has moved beside E, and G: with p = E + z + s,
     * z⁺ = argmin (h(z) − a)² + (z − p)², E⁺ = p − z⁺, and the gradient G + c(a − h(z⁺)), c being parameter 0. Outputs
     * z⁺, E⁺ and the gradient; totals ‖Δz‖² and ‖E⁺‖².
     */
    Kernel forwardFromResidual() {
        return forwardFromResidual;
    }

    /** The same of an image I in place of E, where p = I + s. */
    Kernel forwardFromImage() {
        return forwardFromImage;
    }

    /** Of z, a, a scale and a direction: a⁺ = a + scale ∘ direction; totals ‖Δa‖² and ‖a⁺ − h(z)‖². */
    Kernel moveActivation() {
        return moveActivation;
    }

    private static Kernel gradient(Activation activation, Expr linearGradient) {
        Expr z = Expr.input(1);
        Expr a = Expr.input(2);
        return Kernel.map(linearGradient.plus(RATIO.times(a.minus(activation.value(z)))));
    }

    private static Kernel.Builder move(Activation activation, Expr move) {
        Expr residual = Expr.input(0);
        Expr z = Expr.input(1);
        Expr a = Expr.input(2);
        Expr moved = a.plus(move);
        Expr image = residual.plus(z);
        Expr minimiser = activation.prox(moved, image, Expr.constant(1));
        return Kernel.builder().output(minimiser).output(image.minus(minimiser)).output(moved)
                .sum(moved.minus(a).square().plus(minimiser.minus(z).square()));
    }

    private static Kernel backwardThenGradient(Activation activation) {
        Expr pull = RATIO.times(Expr.input(2).minus(activation.value(Expr.input(1))));
        return move(activation, SCALE.times(DIRECTION))
                .output(DIRECTION.minus(pull).plus(SCALE.times(Expr.input(5)))).build();
    }

    private static Kernel backwardExactlyThenGradient(Activation activation) {
        Expr direction = Expr.input(3);
        Expr moved = Expr.input(2).plus(direction);
        return move(activation, direction)
                .output(RATIO.times(activation.value(Expr.input(1)).minus(moved))).build();
    }

    private static Kernel forward(Activation activation, Expr image) {
        Expr z = Expr.input(1);
        Expr a = Expr.input(2);
        Expr linearGradient = Expr.input(4);
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

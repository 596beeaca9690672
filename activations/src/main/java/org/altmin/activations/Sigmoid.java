package org.altmin.activations;

import java.util.Set;
import org.altmin.core.operator.Activation;
import org.altmin.core.operator.ActivationTrait;
import org.altmin.linalg.Expr;

/**
 * The logistic sigmoid, h(z) = 1/(1 + e⁻ᶻ).
 * <ul>
 * <li>Domain ℝ, range (0, 1). h′ = h(1 − h).
 * <li>Bounds: |h| ≤ 1, |h′| ≤ ¼, |h″| ≤ 1/(6√3) ≈ 0.0962, the suprema. Zeng et al., "On ADMM in deep learning:
 * convergence and saturation-avoidance", take L0 = 1 and L1 = L2 = ¼; a smaller bound that holds gives the larger step
 * of their eq. (18).
 * <li>Prox: up to two minima between c and h⁻¹(t), by {@link org.altmin.core.operator.MisfitProx#smooth}; no closed
 * form exists.
 * <li>{z : lower ≤ h(z) ≤ upper}: h⁻¹(v) = ln(v/(1 − v)); finite ends are kept within ±36.7, where h has reached 0 or 1
 * to within 2⁻⁵³. If the bounds miss the range, both ends are there or one is infinite.
 * </ul>
 */
public final class Sigmoid implements Activation {

    private static final double SATURATION = 53 * Math.log(2);

    @Override
    public String name() {
        return "sigmoid";
    }

    @Override
    public String description() {
        return "1 / (1 + exp(-z))";
    }

    @Override
    public Expr value(Expr z) {
        return z.logistic();
    }

    @Override
    public Expr derivative(Expr z) {
        Expr decay = z.abs().negate().exp();
        return decay.dividedBy(decay.plus(1).square());
    }

    @Override
    public Expr prox(Expr target, Expr centre, Expr weight) {
        return LogisticMisfit.prox(target, centre, weight);
    }

    @Override
    public Interval preimage(Expr lower, Expr upper) {
        return new Interval(
                Expr.select(lower.atMost(0), Expr.constant(Double.NEGATIVE_INFINITY), inverse(lower)),
                Expr.select(upper.atLeast(1), Expr.constant(Double.POSITIVE_INFINITY), inverse(upper)));
    }

    private static Expr inverse(Expr value) {
        Expr attainable = value.max(0).min(1);
        Expr odds = attainable.dividedBy(Expr.constant(1).minus(attainable));
        return odds.log().max(-SATURATION).min(SATURATION);
    }

    @Override
    public Range range() {
        return new Range(0, 1);
    }

    @Override
    public Smoothness smoothness() {
        return new Smoothness(1, 0.25, 1 / (6 * Math.sqrt(3)));
    }

    @Override
    public Set<ActivationTrait> traits() {
        return Set.of(ActivationTrait.MONOTONE, ActivationTrait.BOUNDED, ActivationTrait.TWICE_DIFFERENTIABLE);
    }
}

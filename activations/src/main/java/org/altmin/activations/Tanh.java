package org.altmin.activations;

import java.util.Set;
import org.altmin.core.operator.Activation;
import org.altmin.core.operator.ActivationTrait;
import org.altmin.linalg.Expr;

/**
 * The hyperbolic tangent, h(z) = tanh z.
 * <ul>
 * <li>Domain ℝ, range (−1, 1). h′ = 1 − h².
 * <li>Bounds: |h| ≤ 1, |h′| ≤ 1, |h″| ≤ 4/(3√3) ≈ 0.770, the suprema: the L0, L1 and L2 of Assumption 1 in
 * Zeng et al., "On ADMM in deep learning: convergence and saturation-avoidance".
 * <li>Prox: since tanh z = 2σ(2z) − 1 with the logistic sigmoid σ, half the prox of {@link Sigmoid} for target
 * (1 + t)/2, centre 2c and weight w/16.
 * <li>{z : lower ≤ h(z) ≤ upper}: h⁻¹(v) = ½ ln((1 + v)/(1 − v)); finite ends are kept within ±18.7, where |h| has
 * reached 1 to within 2⁻⁵³. If the bounds miss the range, both ends are there or one is infinite.
 * </ul>
 */
public final class Tanh implements Activation {

    private static final double SATURATION = 27 * Math.log(2);

    @Override
    public String name() {
        return "tanh";
    }

    @Override
    public String description() {
        return "tanh(z)";
    }

    @Override
    public Expr value(Expr z) {
        return z.tanh();
    }

    /** 4e/(1 + e)² with e = exp(−2|z|), which unlike 1 − tanh² keeps its precision in the tails. */
    @Override
    public Expr derivative(Expr z) {
        Expr decay = z.abs().times(-2).exp();
        return decay.times(4).dividedBy(decay.plus(1).square());
    }

    @Override
    public Expr prox(Expr target, Expr centre, Expr weight) {
        return LogisticMisfit.prox(target.plus(1).times(0.5), centre.times(2), weight.times(1.0 / 16)).times(0.5);
    }

    @Override
    public Interval preimage(Expr lower, Expr upper) {
        return new Interval(
                Expr.select(lower.atMost(-1), Expr.constant(Double.NEGATIVE_INFINITY), inverse(lower)),
                Expr.select(upper.atLeast(1), Expr.constant(Double.POSITIVE_INFINITY), inverse(upper)));
    }

    private static Expr inverse(Expr value) {
        Expr attainable = value.max(-1).min(1);
        return attainable.log1p().minus(attainable.negate().log1p()).times(0.5).max(-SATURATION).min(SATURATION);
    }

    @Override
    public Range range() {
        return new Range(-1, 1);
    }

    @Override
    public Smoothness smoothness() {
        return new Smoothness(1, 1, 4 / (3 * Math.sqrt(3)));
    }

    @Override
    public Set<ActivationTrait> traits() {
        return Set.of(ActivationTrait.MONOTONE, ActivationTrait.BOUNDED, ActivationTrait.TWICE_DIFFERENTIABLE);
    }
}

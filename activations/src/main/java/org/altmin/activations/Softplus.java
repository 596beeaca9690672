package org.altmin.activations;

import java.util.Set;
import org.altmin.core.operator.Activation;
import org.altmin.core.operator.ActivationTrait;
import org.altmin.core.operator.MisfitProx;
import org.altmin.core.operator.MisfitProx.Jet;
import org.altmin.linalg.Expr;

/**
 * The smooth rectifier, h(z) = ln(1 + eᶻ).
 * <ul>
 * <li>Domain ℝ, range (0, ∞). h′ is the logistic sigmoid. |h| is unbounded, |h′| ≤ 1, |h″| ≤ ¼.
 * <li>Prox: up to two minima between c and h⁻¹(t), by {@link MisfitProx#smooth}; no closed form exists.
 * <li>{z : lower ≤ h(z) ≤ upper}: h⁻¹(v) = ln(eᵛ − 1); finite ends are kept above −36.7, where h has reached 0 to
 * within 2⁻⁵³. The lower end is −∞ for lower ≤ 0; if upper ≤ 0, the upper end is −36.7.
 * </ul>
 */
public final class Softplus implements Activation {

    private static final double SATURATION = 53 * Math.log(2);

    @Override
    public String name() {
        return "softplus";
    }

    @Override
    public String description() {
        return "ln(1 + exp(z))";
    }

    @Override
    public Expr value(Expr z) {
        return z.max(0).plus(z.abs().negate().exp().log1p());
    }

    @Override
    public Expr derivative(Expr z) {
        return Expr.constant(1).dividedBy(z.negate().exp().plus(1));
    }

    @Override
    public Expr prox(Expr target, Expr centre, Expr weight) {
        return MisfitProx.smooth(Softplus::jet, direction -> start(direction, target, centre, weight), target, centre,
                weight);
    }

    private static Jet jet(Expr z) {
        Expr decay = z.abs().negate().exp();
        Expr tail = Expr.constant(1).dividedBy(decay.plus(1));
        Expr smaller = decay.times(tail);
        Expr slope = Expr.select(z, tail, smaller);
        Expr second = smaller.times(tail);
        return new Jet(z.max(0).plus(decay.log1p()), slope, second, second.minus(second.times(slope).times(2)));
    }

    /** Right of 1 where h(z) ≈ z, left of it where h(z) ≈ h′(z) ≈ eᶻ, so that eᶻ(t − eᶻ) = k is quadratic in eᶻ. */
    private static Expr start(Expr direction, Expr target, Expr centre, Expr weight) {
        Expr linear = target.plus(weight.times(centre)).dividedBy(weight.plus(1));
        return Expr.select(linear.greaterThan(1), linear, ExponentialStart.of(direction, target, centre, weight));
    }

    @Override
    public Interval preimage(Expr lower, Expr upper) {
        Expr from = Expr.select(lower.atMost(0), Expr.constant(Double.NEGATIVE_INFINITY), inverse(lower));
        return new Interval(from, inverse(upper));
    }

    private static Expr inverse(Expr value) {
        Expr attainable = value.max(0);
        return attainable.plus(attainable.negate().expm1().negate().log()).max(-SATURATION);
    }

    @Override
    public Range range() {
        return new Range(0, Double.POSITIVE_INFINITY);
    }

    @Override
    public Smoothness smoothness() {
        return new Smoothness(Double.POSITIVE_INFINITY, 1, 0.25);
    }

    @Override
    public Set<ActivationTrait> traits() {
        return Set.of(ActivationTrait.MONOTONE, ActivationTrait.TWICE_DIFFERENTIABLE);
    }
}

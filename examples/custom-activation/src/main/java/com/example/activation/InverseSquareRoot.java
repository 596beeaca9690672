package com.example.activation;

import java.util.Set;
import org.altmin.core.operator.Activation;
import org.altmin.core.operator.ActivationTrait;
import org.altmin.core.operator.MisfitProx;
import org.altmin.core.operator.MisfitProx.Jet;
import org.altmin.linalg.Expr;

/**
 * The inverse square root unit, h(z) = z/√(1 + z²) (Carlile et al. 2017): bounded like tanh, without an exponential.
 * <ul>
 * <li>Domain ℝ, range (−1, 1). h′ = (1 + z²)^(−3/2). |h| ≤ 1, |h′| ≤ 1, |h″| ≤ 48/(25√5) ≈ 0.859, at z = ±½.
 * <li>Prox: up to two minima between c and h⁻¹(t), by {@link MisfitProx#smooth}.
 * <li>{z : lower ≤ h(z) ≤ upper}: h⁻¹(v) = v/√(1 − v²); finite ends are kept within ±10⁶, where |h| has reached 1 to
 * within 10⁻¹². If the bounds miss the range, both ends are there or one is infinite.
 * </ul>
 */
public final class InverseSquareRoot implements Activation {

    private static final double SATURATION = 1e6;

    @Override
    public String name() {
        return "isru";
    }

    @Override
    public String description() {
        return "z / sqrt(1 + z^2)";
    }

    @Override
    public Expr value(Expr z) {
        return z.dividedBy(z.square().plus(1).sqrt());
    }

    @Override
    public Expr derivative(Expr z) {
        Expr scale = Expr.constant(1).dividedBy(z.square().plus(1).sqrt());
        return scale.times(scale.square());
    }

    @Override
    public Expr prox(Expr target, Expr centre, Expr weight) {
        return MisfitProx.smooth(InverseSquareRoot::jet, direction -> start(direction, target, centre, weight), target,
                centre, weight);
    }

    private static Jet jet(Expr z) {
        Expr scale = Expr.constant(1).dividedBy(z.square().plus(1).sqrt());
        Expr squared = scale.square();
        Expr value = z.times(scale);
        Expr first = scale.times(squared);
        Expr second = value.times(squared).times(squared).times(-3);
        Expr third = first.times(squared).times(value.square().times(15).minus(3));
        return new Jet(value, first, second, third);
    }

    /**
     * Mirrored so that the minimum lies above c: a Gauss-Newton step from h⁻¹(t) towards c, at most a fifth of the way;
     * or, if that is nearer, where the pull of the target in the tail, (t − 1)/z³, is about as strong as that of c,
     * w(z − c).
     */
    private static Expr start(Expr direction, Expr target, Expr centre, Expr weight) {
        Expr t = direction.times(target);
        Expr c = direction.times(centre);
        Expr pull = weight.times(centre.abs().plus(1));
        Expr rest = Expr.constant(1).minus(t.square()).max(1e-12);
        Expr inverse = Expr.select(t.lessThan(1), t.dividedBy(rest.sqrt()), Expr.constant(SATURATION));
        Expr step = pull.dividedBy(rest.times(rest).times(rest)).min(inverse.minus(c).min(1).times(0.2));
        Expr ratio = t.minus(1).max(0).plus(0.01).dividedBy(weight).log();
        Expr distance = centre.abs().plus(ratio.dividedBy(4).exp());
        Expr tail = ratio.minus(distance.log()).dividedBy(3).exp();
        return direction.times(inverse.minus(step).min(tail));
    }

    @Override
    public Interval preimage(Expr lower, Expr upper) {
        return new Interval(
                Expr.select(lower.atMost(-1), Expr.constant(Double.NEGATIVE_INFINITY), inverse(lower)),
                Expr.select(upper.atLeast(1), Expr.constant(Double.POSITIVE_INFINITY), inverse(upper)));
    }

    private static Expr inverse(Expr value) {
        Expr attainable = value.max(-1).min(1);
        Expr rest = Expr.constant(1).minus(attainable).times(attainable.plus(1));
        return attainable.dividedBy(rest.sqrt()).max(-SATURATION).min(SATURATION);
    }

    @Override
    public Range range() {
        return new Range(-1, 1);
    }

    @Override
    public Smoothness smoothness() {
        return new Smoothness(1, 1, 48 / (25 * Math.sqrt(5)));
    }

    @Override
    public Set<ActivationTrait> traits() {
        return Set.of(ActivationTrait.MONOTONE, ActivationTrait.BOUNDED, ActivationTrait.TWICE_DIFFERENTIABLE);
    }
}

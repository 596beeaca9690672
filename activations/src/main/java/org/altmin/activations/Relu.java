package org.altmin.activations;

import java.util.Set;
import org.altmin.core.operator.Activation;
import org.altmin.core.operator.ActivationTrait;
import org.altmin.linalg.Expr;

/**
 * The rectified linear unit, h(z) = max(z, 0).
 * <ul>
 * <li>Domain ℝ, range [0, ∞). h′(z) = 1 for z &gt; 0, else 0. |h| is unbounded, |h′| ≤ 1; h″ does not exist at 0.
 * <li>Prox: the better of min(c, 0) and max((t + w c)/(1 + w), 0), taken as c + (t − c)/(1 + w); on a tie the larger
 * one. This is Lemma 9, for eq. (33) with γ = w, of Zeng, Ouyang, Lau, Lin and Yao, "Global convergence in deep
 * learning with variable splitting via the Kurdyka-Łojasiewicz property". The values need not be compared: the second
 * is the better one where c ≥ 0, and where c &lt; 0 if t ≥ −κ c with κ = w + √(w² + w), the root of w (t − c)²/(1 + w)
 * = t².
 * <li>{z : lower ≤ h(z) ≤ upper}: from lower if lower &gt; 0, else from −∞, to max(upper, 0).
 * </ul>
 */
public final class Relu implements Activation {

    @Override
    public String name() {
        return "relu";
    }

    @Override
    public String description() {
        return "max(z, 0)";
    }

    @Override
    public Expr value(Expr z) {
        return z.max(0);
    }

    @Override
    public Expr derivative(Expr z) {
        return z.greaterThan(0);
    }

    @Override
    public Expr prox(Expr target, Expr centre, Expr weight) {
        Expr above = centre.plus(target.minus(centre).times(share(weight))).max(0);
        Expr belowIsBetter = target.plus(threshold(weight).times(centre)).max(centre).lessThan(0);
        return Expr.select(belowIsBetter, centre, above);
    }

    /** 1/(1 + w), computed once where w is a constant. */
    private static Expr share(Expr weight) {
        return weight instanceof Expr.Constant w ? Expr.constant(1 / (1 + w.value()))
                : Expr.constant(1).dividedBy(weight.plus(1));
    }

    /** κ, likewise. */
    private static Expr threshold(Expr weight) {
        return weight instanceof Expr.Constant w
                ? Expr.constant(w.value() + Math.sqrt(w.value() * w.value() + w.value()))
                : weight.plus(weight.square().plus(weight).sqrt());
    }

    @Override
    public Interval preimage(Expr lower, Expr upper) {
        Expr from = Expr.select(lower.greaterThan(0), lower, Expr.constant(Double.NEGATIVE_INFINITY));
        return new Interval(from, upper.max(0));
    }

    @Override
    public Range range() {
        return new Range(0, Double.POSITIVE_INFINITY);
    }

    @Override
    public Smoothness smoothness() {
        return new Smoothness(Double.POSITIVE_INFINITY, 1, Double.POSITIVE_INFINITY);
    }

    @Override
    public Set<ActivationTrait> traits() {
        return Set.of(ActivationTrait.MONOTONE, ActivationTrait.PIECEWISE_LINEAR);
    }
}

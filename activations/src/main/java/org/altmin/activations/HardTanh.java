package org.altmin.activations;

import java.util.List;
import java.util.Set;
import org.altmin.core.operator.Activation;
import org.altmin.core.operator.ActivationTrait;
import org.altmin.core.operator.MisfitProx;
import org.altmin.core.operator.MisfitProx.Piece;
import org.altmin.linalg.Expr;

/**
 * The piecewise linear tanh, h(z) = min(max(z, −1), 1).
 * <ul>
 * <li>Domain ℝ, range [−1, 1]. h′(z) = 1 for |z| &lt; 1, else 0. |h| ≤ 1, |h′| ≤ 1; h″ does not exist at ±1.
 * <li>Prox: the best of min(c, −1), max(c, 1) and (t + w c)/(1 + w) clamped to [−1, 1]; on a tie the largest. The
 * comparison of Lemma 9 for {@link Relu}, on three pieces.
 * <li>{z : lower ≤ h(z) ≤ upper}: from lower clamped to [−1, 1], but −∞ if lower ≤ −1; to upper clamped, but ∞ if
 * upper ≥ 1.
 * </ul>
 */
public final class HardTanh implements Activation {

    private static final List<Piece> PIECES = List.of(new Piece(Double.NEGATIVE_INFINITY, -1, 0, -1),
            new Piece(-1, 1, 1, 0), new Piece(1, Double.POSITIVE_INFINITY, 0, 1));

    @Override
    public String name() {
        return "hard-tanh";
    }

    @Override
    public String description() {
        return "z clamped to [-1, 1]";
    }

    @Override
    public Expr value(Expr z) {
        return z.max(-1).min(1);
    }

    @Override
    public Expr derivative(Expr z) {
        return z.abs().lessThan(1);
    }

    @Override
    public Expr prox(Expr target, Expr centre, Expr weight) {
        return MisfitProx.piecewiseLinear(PIECES, target, centre, weight);
    }

    @Override
    public Interval preimage(Expr lower, Expr upper) {
        return new Interval(
                Expr.select(lower.greaterThan(-1), lower.min(1), Expr.constant(Double.NEGATIVE_INFINITY)),
                Expr.select(upper.lessThan(1), upper.max(-1), Expr.constant(Double.POSITIVE_INFINITY)));
    }

    @Override
    public Range range() {
        return new Range(-1, 1);
    }

    @Override
    public Smoothness smoothness() {
        return new Smoothness(1, 1, Double.POSITIVE_INFINITY);
    }

    @Override
    public Set<ActivationTrait> traits() {
        return Set.of(ActivationTrait.MONOTONE, ActivationTrait.PIECEWISE_LINEAR, ActivationTrait.BOUNDED);
    }
}

package org.altmin.activations;

import java.util.List;
import java.util.Set;
import org.altmin.core.operator.Activation;
import org.altmin.core.operator.MisfitProx;
import org.altmin.core.operator.MisfitProx.Piece;
import org.altmin.core.operator.Trait;
import org.altmin.linalg.Expr;

/**
 * The rectified linear unit, h(z) = max(z, 0).
 * <ul>
 * <li>Domain ℝ, range [0, ∞). h′(z) = 1 for z &gt; 0, else 0. |h| is unbounded, |h′| ≤ 1; h″ does not exist at 0.
 * <li>Prox: the better of min(c, 0) and max((t + w c)/(1 + w), 0); on a tie the larger one. This is Lemma 9, for
 * eq. (33) with γ = w, of Zeng, Ouyang, Lau, Lin and Yao, "Global convergence in deep learning with variable splitting
 * via the Kurdyka-Łojasiewicz property".
 * <li>{z : lower ≤ h(z) ≤ upper}: from lower if lower &gt; 0, else from −∞, to max(upper, 0).
 * </ul>
 */
public final class Relu implements Activation {

    private static final List<Piece> PIECES = List.of(new Piece(Double.NEGATIVE_INFINITY, 0, 0, 0),
            new Piece(0, Double.POSITIVE_INFINITY, 1, 0));

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
        return MisfitProx.piecewiseLinear(PIECES, target, centre, weight);
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
    public Set<Trait> traits() {
        return Set.of(Trait.MONOTONE, Trait.PIECEWISE_LINEAR);
    }
}

package org.altmin.activations;

import java.util.List;
import java.util.Set;
import org.altmin.core.operator.Activation;
import org.altmin.core.operator.ActivationTrait;
import org.altmin.core.operator.MisfitProx;
import org.altmin.core.operator.MisfitProx.Piece;
import org.altmin.linalg.Expr;

/**
 * The identity, h(z) = z.
 * <ul>
 * <li>Domain ℝ, range ℝ, h′ = 1, h″ = 0.
 * <li>Prox: (t + w c)/(1 + w), the only minimiser of a convex parabola.
 * <li>{z : lower ≤ h(z) ≤ upper} = [lower, upper].
 * </ul>
 */
public final class Linear implements Activation {

    private static final List<Piece> PIECES =
            List.of(new Piece(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY, 1, 0));

    @Override
    public String name() {
        return "linear";
    }

    @Override
    public String description() {
        return "z";
    }

    @Override
    public Expr value(Expr z) {
        return z;
    }

    @Override
    public Expr derivative(Expr z) {
        return Expr.constant(1);
    }

    @Override
    public Expr prox(Expr target, Expr centre, Expr weight) {
        return MisfitProx.piecewiseLinear(PIECES, target, centre, weight);
    }

    @Override
    public Interval preimage(Expr lower, Expr upper) {
        return new Interval(lower, upper);
    }

    @Override
    public Range range() {
        return Range.ALL;
    }

    @Override
    public Smoothness smoothness() {
        return new Smoothness(Double.POSITIVE_INFINITY, 1, 0);
    }

    @Override
    public Set<ActivationTrait> traits() {
        return Set.of(ActivationTrait.MONOTONE, ActivationTrait.PIECEWISE_LINEAR, ActivationTrait.TWICE_DIFFERENTIABLE);
    }
}

package org.altmin.testkit;

import java.util.Set;
import org.altmin.core.operator.Activation;
import org.altmin.core.operator.ActivationTrait;
import org.altmin.linalg.Expr;

/** |z|, the simplest activation that is not monotone and whose prox ties at 0. */
record Fold() implements Activation {

    @Override
    public String name() {
        return "fold";
    }

    @Override
    public String description() {
        return "abs(z)";
    }

    @Override
    public Expr value(Expr z) {
        return z.abs();
    }

    @Override
    public Expr derivative(Expr z) {
        return z.greaterThan(0).minus(z.lessThan(0));
    }

    /** On the side of c the convex piece's minimiser; the other side is never better. */
    @Override
    public Expr prox(Expr target, Expr centre, Expr weight) {
        Expr size = target.plus(weight.times(centre.abs())).dividedBy(weight.plus(1)).max(0);
        return Expr.select(centre.atLeast(0), size, size.negate());
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
        return Set.of(ActivationTrait.PIECEWISE_LINEAR);
    }
}

package org.altmin.testkit;

import org.altmin.core.operator.Regularizer;
import org.altmin.linalg.Expr;

/** The constraint lower ≤ x ≤ upper, with ends that a float holds. */
record Constraint(float lower, float upper) implements Regularizer {

    @Override
    public String name() {
        return "constraint";
    }

    @Override
    public String description() {
        return "an interval";
    }

    @Override
    public Expr value(Expr x) {
        Expr inside = x.atLeast(lower).min(x.atMost(upper));
        return Expr.select(inside, Expr.constant(0), Expr.constant(Double.POSITIVE_INFINITY));
    }

    @Override
    public Expr prox(Expr centre, Expr weight) {
        return centre.max(lower).min(upper);
    }
}

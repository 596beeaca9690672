package org.altmin.regularizers;

import org.altmin.core.operator.Regularizer;
import org.altmin.linalg.Expr;

/** The constraint x ≥ 0: Ω(x) = 0 there and +∞ elsewhere; its prox is the projection max(q, 0). */
public final class NonNegative implements Regularizer {

    @Override
    public String name() {
        return "non-negative";
    }

    @Override
    public String description() {
        return "the constraint x >= 0";
    }

    @Override
    public Expr value(Expr x) {
        return Expr.select(x.atLeast(0), Expr.constant(0), Expr.constant(Double.POSITIVE_INFINITY));
    }

    @Override
    public Expr prox(Expr centre, Expr weight) {
        return centre.max(0);
    }
}

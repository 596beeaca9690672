package org.altmin.testkit;

import org.altmin.core.operator.Regularizer;
import org.altmin.linalg.Expr;

/** No penalty. */
record Nothing() implements Regularizer {

    @Override
    public String name() {
        return "nothing";
    }

    @Override
    public String description() {
        return "0";
    }

    @Override
    public Expr value(Expr x) {
        return Expr.constant(0);
    }

    @Override
    public Expr prox(Expr centre, Expr weight) {
        return centre;
    }

    @Override
    public boolean isZero() {
        return true;
    }
}

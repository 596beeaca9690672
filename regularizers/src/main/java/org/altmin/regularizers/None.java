package org.altmin.regularizers;

import org.altmin.core.operator.Regularizer;
import org.altmin.linalg.Expr;

/** No penalty: Ω = 0 on ℝ; its prox is q. */
public final class None implements Regularizer {

    @Override
    public String name() {
        return "none";
    }

    @Override
    public String description() {
        return "no penalty";
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

package org.altmin.activations;

import org.altmin.linalg.Expr;

/** Where to look for the minimum of ½(eᶻ − t)² + (w/2)(z − c)² that is far from c. */
final class ExponentialStart {

    private ExponentialStart() {
    }

    /**
     * ln e for the larger positive root e of e(t − e) = ±k, with a guess k of w|z − c| and the sign of the direction;
     * ln(t/2) where there is none.
     */
    static Expr of(Expr direction, Expr target, Expr centre, Expr weight) {
        Expr k4 = weight.times(centre.abs().plus(2)).times(4);
        Expr root = target.square().minus(direction.times(k4)).max(0).sqrt();
        Expr larger = target.abs().plus(root);
        return Expr.select(target.atLeast(0), larger, k4.dividedBy(larger)).times(0.5).log();
    }
}

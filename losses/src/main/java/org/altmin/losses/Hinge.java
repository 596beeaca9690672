package org.altmin.losses;

import org.altmin.core.operator.Loss;
import org.altmin.core.operator.TargetEncoding;
import org.altmin.linalg.Expr;

/**
 * The hinge loss, R(z; y) = Σ max(0, 1 − y z) on ℝᴷ, one against the rest: y = ±1, or between for soft labels.
 * <ul>
 * <li>Gradient −y where y z &lt; 1, else 0: a subgradient at the kink, so there is no Lipschitz constant.
 * <li>Prox: q + y·min(max(1 − y q, 0)/y², 1/w), the only minimiser; q where y = 0. This is Lemma 10, for
 * eq. (36) with a = y and γ = w, of Zeng, Ouyang, Lau, Lin and Yao, "Global convergence in deep learning with variable
 * splitting via the Kurdyka-Łojasiewicz property": its rows are 1/w the smaller, the quotient the smaller, and no
 * violation.
 * </ul>
 */
public final class Hinge implements Loss {

    @Override
    public String name() {
        return "hinge";
    }

    @Override
    public String description() {
        return "max(0, 1 - y z), one against the rest";
    }

    @Override
    public Expr value(Expr z, Expr y) {
        return violation(z, y);
    }

    @Override
    public Expr gradient(Expr z, Expr y) {
        return Expr.select(violation(z, y), y.negate(), Expr.constant(0));
    }

    @Override
    public Expr prox(Expr centre, Expr y, Expr weight) {
        Expr toKink = violation(centre, y).dividedBy(y.square());
        Expr full = Expr.constant(1).dividedBy(weight);
        return centre.plus(y.times(toKink.min(full)));
    }

    private static Expr violation(Expr z, Expr y) {
        return Expr.constant(1).minus(y.times(z)).max(0);
    }

    @Override
    public double curvature() {
        return Double.POSITIVE_INFINITY;
    }

    @Override
    public TargetEncoding encoding() {
        return TargetEncoding.signs();
    }
}

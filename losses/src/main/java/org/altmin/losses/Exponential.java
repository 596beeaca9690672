package org.altmin.losses;

import org.altmin.core.operator.Loss;
import org.altmin.core.operator.TargetEncoding;
import org.altmin.linalg.Expr;

/**
 * The exponential loss, R(z; y) = Σ exp(−y z) on ℝᴷ, one against the rest: y = ±1, or between for soft labels.
 * <ul>
 * <li>Gradient −y exp(−y z), without a Lipschitz constant. In double the value overflows for y z &lt; −709.
 * <li>Prox: v = y (z − q) satisfies v eᵛ = (y²/w) e^(−y q), hence z = q + v/y with v = ω(ln(y²/w) − y q), the Wright
 * omega function; q where y = 0. The only minimiser, without overflow.
 * </ul>
 */
public final class Exponential implements Loss {

    @Override
    public String name() {
        return "exponential";
    }

    @Override
    public String description() {
        return "exp(-y z), one against the rest";
    }

    @Override
    public Expr value(Expr z, Expr y) {
        return y.times(z).negate().exp();
    }

    @Override
    public Expr gradient(Expr z, Expr y) {
        return y.times(value(z, y)).negate();
    }

    @Override
    public Expr prox(Expr centre, Expr y, Expr weight) {
        Expr factor = y.square().dividedBy(weight).log();
        Expr rise = WrightOmega.of(factor.minus(y.times(centre)));
        return Expr.select(y.equalTo(0), centre, centre.plus(rise.dividedBy(y)));
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

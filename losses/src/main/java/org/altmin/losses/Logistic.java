package org.altmin.losses;

import org.altmin.core.operator.Loss;
import org.altmin.core.operator.TargetEncoding;
import org.altmin.linalg.Expr;

/**
 * The logistic loss, R(z; y) = Σ ln(1 + exp(−y z)) on ℝᴷ, one against the rest: y = ±1, or between for soft labels.
 * <ul>
 * <li>Gradient −y/(1 + exp(y z)), with Lipschitz constant ¼.
 * <li>Prox: with k = y²/w and u = y q, the rise v = y (z − q) satisfies v = k/(1 + e^(u + v)), so that z = q + v/y; q
 * where y = 0. For u &lt; −k/2 the same equation holds for k − v in place of v and −u − k in place of u, so let
 * u ≥ −k/2. Then u + v ≥ 0, and the smaller of k and ω(ln k − u), with the Wright omega function, is between v and 2v;
 * from there Euler's third-order method on ln v + ln(1 + e^(u + v)) − ln k reaches the only minimiser to rounding.
 * </ul>
 */
public final class Logistic implements Loss {

    private static final int ROUNDS = 4;
    /** Far below what moves any q but 0, and its inverse square is finite. */
    private static final double NEGLIGIBLE = 1e-150;

    @Override
    public String name() {
        return "logistic";
    }

    @Override
    public String description() {
        return "ln(1 + exp(-y z)), one against the rest";
    }

    @Override
    public Expr value(Expr z, Expr y) {
        Expr margin = y.times(z);
        return margin.negate().max(0).plus(margin.abs().negate().exp().log1p());
    }

    @Override
    public Expr gradient(Expr z, Expr y) {
        return y.negate().dividedBy(y.times(z).exp().plus(1));
    }

    @Override
    public Expr prox(Expr centre, Expr y, Expr weight) {
        Expr largest = y.square().dividedBy(weight);
        Expr given = y.times(centre);
        Expr mirrored = given.lessThan(largest.times(-0.5));
        Expr margin = Expr.select(mirrored, given.plus(largest).negate(), given);
        Expr start = WrightOmega.approximate(largest.log().minus(margin)).min(largest);
        Expr found = Expr.iterate(ROUNDS, start.max(NEGLIGIBLE),
                v -> v.plus(step(v, margin, largest)).max(NEGLIGIBLE));
        Expr rise = Expr.select(mirrored, largest.minus(found), found);
        return Expr.select(y.equalTo(0), centre, centre.plus(rise.dividedBy(y)));
    }

    /** To the nearer root of φ's expansion to second order. */
    private static Expr step(Expr v, Expr margin, Expr largest) {
        Expr m = margin.plus(v);
        Expr decay = m.abs().negate().exp();
        Expr onePlus = decay.plus(1);
        Expr sigmoid = Expr.select(m, Expr.constant(1), decay).dividedBy(onePlus);
        Expr phi = v.times(onePlus).dividedBy(largest).log().plus(m.max(0));
        Expr perV = Expr.constant(1).dividedBy(v);
        Expr first = perV.plus(sigmoid);
        Expr second = decay.dividedBy(onePlus.square()).minus(perV.square());
        Expr root = first.square().minus(phi.times(second).times(2)).max(0).sqrt();
        return phi.times(-2).dividedBy(first.plus(root));
    }

    @Override
    public double curvature() {
        return 0.25;
    }

    @Override
    public TargetEncoding encoding() {
        return TargetEncoding.signs();
    }
}

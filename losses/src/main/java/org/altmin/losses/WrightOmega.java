package org.altmin.losses;

import org.altmin.linalg.Expr;

/**
 * The Wright omega function on ℝ: ω(x) + ln ω(x) = x, which is W(eˣ) of Lambert's W.
 *
 * <p>ω is positive and increasing, ≈ eˣ far left and ≈ x − ln x far right; ω′ = ω/(1 + ω).
 */
final class WrightOmega {

    private WrightOmega() {
    }

    /** To the precision of double for −700 ≤ x; 0 where it underflows. */
    static Expr of(Expr x) {
        return improved(improved(approximate(x), x), x);
    }

    /**
     * Within 1% everywhere: L (1 − ln(1 + L)/(2 + L)) with L = ln(1 + eˣ), the approximation of W of Winitzki 2003.
     */
    static Expr approximate(Expr x) {
        Expr logistic = x.max(0).plus(x.abs().negate().exp().log1p());
        return logistic.times(Expr.constant(1).minus(logistic.log1p().dividedBy(logistic.plus(2))));
    }

    /**
     * One step of the fourth-order iteration of Fritsch, Shafer and Crowley (1973): a relative error ε becomes of the
     * order ε⁴.
     */
    static Expr improved(Expr omega, Expr x) {
        Expr positive = omega.max(Double.MIN_NORMAL);
        Expr residual = x.minus(positive).minus(positive.log());
        Expr onePlus = positive.plus(1);
        Expr q = onePlus.times(onePlus.plus(residual.times(2.0 / 3))).times(2);
        Expr step = residual.dividedBy(onePlus).times(q.minus(residual).dividedBy(q.minus(residual.times(2))));
        return positive.times(step.plus(1)).max(0);
    }
}

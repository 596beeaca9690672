package org.altmin.losses;

import org.altmin.linalg.Expr;

/**
 * The Wright omega function on ℝ: ω(x) + ln ω(x) = x, which is W(eˣ) of Lambert's W.
 *
 * <p>ω is positive, increasing and convex, ≈ eˣ far left and ≈ x − ln x far right; ω′ = ω/(1 + ω).
 */
final class WrightOmega {

    private WrightOmega() {
    }

    /** To the precision of double where it does not underflow, at x ≥ −708. */
    static Expr of(Expr x) {
        return improved(improved(approximate(x), x), x);
    }

    /** Within 1.5%: a minimax rational function of eˣ up to x = 1, one Newton step from x beyond. */
    static Expr approximate(Expr x) {
        Expr m = x.min(1).exp();
        Expr left = m.times(m.times(0.678).plus(1)).dividedBy(m.times(m.times(0.3012).plus(1.6587)).plus(1));
        Expr above = x.max(1);
        Expr onePlus = above.plus(1);
        Expr right = above.times(onePlus.minus(above.log())).dividedBy(onePlus);
        return Expr.select(x.greaterThan(1), right, left);
    }

    /**
     * One step of the fourth-order iteration of Fritsch, Shafer and Crowley 1973 ("Solution of the transcendental
     * equation weʷ = x"): a relative error ε becomes one of the order ε⁴.
     */
    static Expr improved(Expr omega, Expr x) {
        Expr residual = x.minus(omega).minus(omega.log());
        Expr onePlus = omega.plus(1);
        Expr q = onePlus.times(onePlus.plus(residual.times(2.0 / 3))).times(2);
        Expr step = residual.dividedBy(onePlus).times(q.minus(residual)).dividedBy(q.minus(residual.times(2)));
        Expr improved = omega.times(step.plus(1)).max(0);
        return Expr.select(omega.greaterThan(Double.MIN_NORMAL), improved, omega);
    }
}

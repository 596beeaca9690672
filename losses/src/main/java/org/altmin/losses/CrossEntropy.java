package org.altmin.losses;

import org.altmin.core.operator.Loss;
import org.altmin.core.operator.TargetEncoding;
import org.altmin.linalg.Expr;

/**
 * Softmax cross-entropy, R(z; y) = lse(z) − yᵀz for a column z ∈ ℝᴷ with lse(z) = ln Σ exp zᵢ, and y ≥ 0 with Σy = 1:
 * one-hot, or soft labels.
 * <ul>
 * <li>Gradient softmax(z) − y, with Lipschitz constant ½. An element's share of the value is yᵢ (lse(z) − zᵢ).
 * <li>Prox, exact: let c = q + y/w and s = lse(z). Stationarity says that pᵢ = softmax(z)ᵢ = w ω(cᵢ − s − ln w) with the
 * Wright omega function, so that s is the only root of Σ pᵢ(s) = 1, whose left side is decreasing and convex: Newton
 * climbs to it from the left without safeguard. Then z = q + (y − p)/w, or the equal s + ln p where p &gt; w, which
 * does not cancel. For 10⁻⁶ ≤ w ≤ 100, |q| ≤ 10⁴ the gradient at z is at most 10⁻¹¹ in double.
 * </ul>
 */
public final class CrossEntropy implements Loss {

    private static final int ROUNDS = 16;

    @Override
    public String name() {
        return "cross-entropy";
    }

    @Override
    public String description() {
        return "softmax cross-entropy";
    }

    @Override
    public Expr value(Expr z, Expr y) {
        Expr shifted = z.minus(Expr.columnMax(z));
        Expr logSum = Expr.columnSum(shifted.exp()).log();
        return y.times(logSum.minus(shifted));
    }

    @Override
    public Expr gradient(Expr z, Expr y) {
        Expr power = z.minus(Expr.columnMax(z)).exp();
        return power.dividedBy(Expr.columnSum(power)).minus(y);
    }

    @Override
    public Expr prox(Expr centre, Expr y, Expr weight) {
        Expr peak = centre.plus(y.dividedBy(weight));
        Expr shifted = peak.minus(weight.log());
        Expr s = Expr.iterate(ROUNDS, Expr.columnMax(peak), state -> next(state, shifted, weight));
        Expr omega = WrightOmega.of(shifted.minus(s));
        Expr probability = weight.times(omega);
        Expr fromLog = s.plus(probability.log());
        Expr fromCentre = centre.plus(y.minus(probability).dividedBy(weight));
        return Expr.select(omega.greaterThan(1), fromLog, fromCentre);
    }

    private static Expr next(Expr s, Expr shifted, Expr weight) {
        Expr omega = WrightOmega.of(shifted.minus(s));
        Expr excess = Expr.columnSum(omega).minus(Expr.constant(1).dividedBy(weight));
        Expr slope = Expr.columnSum(omega.dividedBy(omega.plus(1)));
        return s.plus(excess.dividedBy(slope));
    }

    @Override
    public double curvature() {
        return 0.5;
    }

    @Override
    public TargetEncoding encoding() {
        return TargetEncoding.oneHot();
    }
}

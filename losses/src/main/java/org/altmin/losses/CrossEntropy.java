package org.altmin.losses;

import java.util.List;
import java.util.Set;
import org.altmin.core.operator.Loss;
import org.altmin.core.operator.LossTrait;
import org.altmin.core.operator.TargetEncoding;
import org.altmin.linalg.Expr;

/**
 * Softmax cross-entropy, R(z; y) = lse(z) − yᵀz for a column z ∈ ℝᴷ with lse(z) = ln Σ exp zᵢ, and y ≥ 0 with Σy = 1:
 * one-hot, or soft labels.
 * <ul>
 * <li>Gradient softmax(z) − y, with Lipschitz constant ½. An element's share of the value is yᵢ (lse(z) − zᵢ).
 * <li>Prox, exact: let c = q + y/w and s = lse(z). Stationarity says pᵢ = softmax(z)ᵢ = w ω(cᵢ − s − ln w) with the
 * Wright omega function, so that s is the only root of Σ pᵢ(s) = 1, whose left side is decreasing and convex in s:
 * Newton's method from max c is left of the root after one step and climbs to it. It runs on an approximate ω first;
 * then ω and s are improved together. In the end z = q + (y − p)/w, or where p &gt; w the equal s + ln p, in which less
 * cancels. In double the gradient at z is of the order 10⁻¹², besides what rounding z causes, for w from 10⁻⁶ to 10³,
 * |q| ≤ 10⁴ and up to 1,000 classes. It costs about 26 logarithms and exponentials an element.
 * </ul>
 */
public final class CrossEntropy implements Loss {

    private static final int APPROXIMATE_ROUNDS = 9;
    private static final int EXACT_ROUNDS = 4;

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
        Expr total = Expr.constant(1).dividedBy(weight);
        Expr roughly = Expr.iterate(APPROXIMATE_ROUNDS, Expr.columnMax(peak),
                s -> s.plus(newton(WrightOmega.approximate(shifted.minus(s)), total)));
        Expr.Iteration both = new Expr.Iteration(EXACT_ROUNDS,
                List.of(roughly, WrightOmega.approximate(shifted.minus(roughly))),
                improved(Expr.state(0), Expr.state(1), shifted, total));
        Expr s = both.result(0);
        Expr omega = WrightOmega.improved(both.result(1), shifted.minus(s));
        Expr probability = weight.times(omega);
        Expr fromLog = s.plus(probability.log());
        Expr fromCentre = centre.plus(y.minus(probability).dividedBy(weight));
        return Expr.select(omega.greaterThan(1), fromLog, fromCentre);
    }

    /** Newton's step on Σ ω(cᵢ − s − ln w) = 1/w. */
    private static Expr newton(Expr omega, Expr total) {
        Expr excess = Expr.columnSum(omega).minus(total);
        return excess.dividedBy(Expr.columnSum(omega.dividedBy(omega.plus(1))));
    }

    /** s after Newton's step with a better ω, and that ω carried to the new s to first order, kept positive. */
    private static List<Expr> improved(Expr s, Expr omega, Expr shifted, Expr total) {
        Expr better = WrightOmega.improved(omega, shifted.minus(s));
        Expr step = newton(better, total);
        Expr change = step.negate().dividedBy(better.plus(1));
        Expr carried = better.times(change.max(0).plus(1)).dividedBy(Expr.constant(1).minus(change.min(0)));
        return List.of(s.plus(step), carried);
    }

    @Override
    public double curvature() {
        return 0.5;
    }

    @Override
    public Set<LossTrait> traits() {
        return Set.of(LossTrait.SOFTMAX);
    }

    @Override
    public TargetEncoding encoding() {
        return TargetEncoding.oneHot();
    }
}

package org.altmin.activations;

import org.altmin.core.operator.MisfitProx;
import org.altmin.core.operator.MisfitProx.Jet;
import org.altmin.linalg.Expr;

/** The prox of the logistic sigmoid σ, of which tanh z = 2σ(2z) − 1 makes use too. */
final class LogisticMisfit {

    private LogisticMisfit() {
    }

    /** The minimiser of ½(σ(z) − t)² + (w/2)(z − c)². */
    static Expr prox(Expr target, Expr centre, Expr weight) {
        return MisfitProx.smooth(LogisticMisfit::jet, direction -> start(direction, target, centre, weight), target,
                centre, weight);
    }

    private static Jet jet(Expr z) {
        Expr decay = z.max(-80).negate().exp();
        Expr value = Expr.constant(1).dividedBy(decay.plus(1));
        Expr rest = decay.times(value);
        Expr slope = value.times(rest);
        Expr third = slope.minus(slope.square().times(6));
        return new Jet(value, slope, slope.times(rest.minus(value)), third);
    }

    /**
     * Mirrored so that the minimum lies above c, it satisfies s(1 − s)(t − s) = w(z − c) with s = σ(z). With a guess k
     * of the right side and one factor left out that is near 1, this is quadratic: in 1 − s for t ≥ ½, in s below.
     */
    private static Expr start(Expr direction, Expr target, Expr centre, Expr weight) {
        Expr mirrored = Expr.select(direction, target, Expr.constant(1).minus(target));
        Expr k4 = weight.times(centre.abs().plus(2)).times(4);
        Expr beyond = mirrored.minus(1);
        Expr root = beyond.square().plus(k4).sqrt();
        Expr upperRest = Expr.select(beyond.atLeast(0), k4.dividedBy(beyond.plus(root)), root.minus(beyond)).times(0.5)
                .min(0.5);
        Expr lowerValue = mirrored.plus(mirrored.square().minus(k4).max(0).sqrt()).times(0.5);
        Expr low = mirrored.lessThan(0.5);
        Expr value = Expr.select(low, lowerValue, Expr.constant(1).minus(upperRest));
        Expr rest = Expr.select(low, Expr.constant(1).minus(lowerValue), upperRest);
        return direction.times(value.dividedBy(rest).log());
    }
}

package org.altmin.activations;

import java.util.Set;
import org.altmin.core.operator.Activation;
import org.altmin.core.operator.MisfitProx;
import org.altmin.core.operator.MisfitProx.Jet;
import org.altmin.core.operator.Trait;
import org.altmin.linalg.Expr;

/**
 * The logistic sigmoid, h(z) = 1/(1 + e⁻ᶻ).
 */
public final class Sigmoid implements Activation {

    private static final int ROUNDS = 60;

    @Override
    public String name() {
        return "sigmoid";
    }

    @Override
    public String description() {
        return "1 / (1 + exp(-z))";
    }

    @Override
    public Expr value(Expr z) {
        Expr decay = z.abs().negate().exp();
        return Expr.select(z.atLeast(0), Expr.constant(1), decay).dividedBy(decay.plus(1));
    }

    @Override
    public Expr derivative(Expr z) {
        Expr decay = z.abs().negate().exp();
        return decay.dividedBy(decay.plus(1).square());
    }

    private Jet jet(Expr z) {
        Expr decay = z.abs().negate().exp();
        Expr tail = Expr.constant(1).dividedBy(decay.plus(1));
        Expr slope = decay.times(tail.square());
        Expr value = Expr.select(z.atLeast(0), Expr.constant(1), decay).times(tail);
        return new Jet(value, slope, slope.times(Expr.constant(1).minus(value.times(2))));
    }

    @Override
    public Expr prox(Expr target, Expr centre, Expr weight) {
        Expr below = value(centre).atMost(target);
        Expr t = Expr.select(below, target, Expr.constant(1).minus(target));
        Expr c = Expr.select(below, centre, centre.negate());
        Expr end = c.plus(t.max(0).dividedBy(weight.times(4)));
        Expr valueThere = t.dividedBy(t.times(4.73).plus(4));
        Expr steepest = valueThere.dividedBy(Expr.constant(1).minus(valueThere)).log().clamp(c, end);
        Expr near = MisfitProx.stationaryPoint(this::jet, c, steepest, ROUNDS, t, c, weight);
        Expr far = MisfitProx.stationaryPoint(this::jet, steepest, end, ROUNDS, t, c, weight);
        Expr nearMisfit = MisfitProx.misfit(near, value(near), t, c, weight);
        Expr farMisfit = MisfitProx.misfit(far, value(far), t, c, weight);
        Expr z = Expr.select(farMisfit.atMost(nearMisfit), far, near);
        return Expr.select(below, z, z.negate());
    }

    @Override
    public Interval preimage(Expr lower, Expr upper) {
        Expr from = logit(lower.min(1));
        Expr to = logit(upper.max(0));
        return new Interval(from, to);
    }

    private static Expr logit(Expr value) {
        Expr odds = value.dividedBy(Expr.constant(1).minus(value));
        return Expr.select(value.atMost(0), Expr.constant(Double.NEGATIVE_INFINITY),
                Expr.select(value.atLeast(1), Expr.constant(Double.POSITIVE_INFINITY), odds.log()));
    }

    @Override
    public Range range() {
        return new Range(0, 1);
    }

    @Override
    public Smoothness smoothness() {
        return new Smoothness(1, 0.25, 1 / (6 * Math.sqrt(3)));
    }

    @Override
    public Set<Trait> traits() {
        return Set.of(Trait.MONOTONE, Trait.BOUNDED, Trait.TWICE_DIFFERENTIABLE);
    }
}

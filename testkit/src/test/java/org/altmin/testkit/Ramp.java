package org.altmin.testkit;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.altmin.core.operator.Activation;
import org.altmin.core.operator.ActivationTrait;
import org.altmin.core.settings.Setting;
import org.altmin.core.settings.Settings;
import org.altmin.linalg.Expr;

/** max(z, offset) − offset with a setting, as a third party might write it. */
record Ramp(double offset, Mistake mistake) implements Activation {

    Ramp(Mistake mistake) {
        this(0, mistake);
    }

    @Override
    public String name() {
        return "ramp";
    }

    @Override
    public String description() {
        return "max(z, offset) - offset";
    }

    @Override
    public List<Setting> settings() {
        return List.of(new Setting("offset", "0", "where it begins"));
    }

    @Override
    public Map<String, String> values() {
        return Map.of("offset", Double.toString(offset));
    }

    @Override
    public Activation with(Map<String, String> given) {
        Settings read = Settings.of("activation 'ramp'", settings(), given);
        return new Ramp(mistake == Mistake.SETTINGS ? offset + 1 : read.number("offset"), mistake);
    }

    @Override
    public Expr value(Expr z) {
        return z.max(offset).minus(offset);
    }

    @Override
    public Expr derivative(Expr z) {
        return z.greaterThan(offset).times(mistake == Mistake.DERIVATIVE ? 1.001 : 1);
    }

    @Override
    public Expr prox(Expr target, Expr centre, Expr weight) {
        Expr flat = centre.min(offset);
        Expr steep = target.plus(offset).plus(weight.times(centre)).dividedBy(weight.plus(1)).max(offset);
        if (mistake == Mistake.PROX) {
            return steep;
        }
        Expr atFlat = misfit(flat, target, centre, weight);
        Expr atSteep = misfit(steep, target, centre, weight);
        Expr takeSteep = mistake == Mistake.TIE ? atSteep.lessThan(atFlat) : atSteep.atMost(atFlat);
        return Expr.select(takeSteep, steep, flat);
    }

    private Expr misfit(Expr z, Expr target, Expr centre, Expr weight) {
        return value(z).minus(target).square().plus(weight.times(z.minus(centre).square()));
    }

    @Override
    public Interval preimage(Expr lower, Expr upper) {
        Expr none = Expr.constant(mistake == Mistake.PREIMAGE ? offset : Double.NEGATIVE_INFINITY);
        Expr from = Expr.select(lower.greaterThan(0), lower.plus(offset), none);
        return new Interval(from, mistake == Mistake.PREIMAGE_OUT_OF_RANGE ? upper.plus(offset)
                : upper.max(0).plus(offset));
    }

    @Override
    public Range range() {
        return new Range(mistake == Mistake.RANGE ? -0.5 : 0, Double.POSITIVE_INFINITY);
    }

    @Override
    public Smoothness smoothness() {
        return new Smoothness(Double.POSITIVE_INFINITY, mistake == Mistake.SMOOTHNESS ? 1.1 : 1,
                Double.POSITIVE_INFINITY);
    }

    @Override
    public Set<ActivationTrait> traits() {
        return mistake == Mistake.TRAITS ? Set.of(ActivationTrait.MONOTONE)
                : Set.of(ActivationTrait.MONOTONE, ActivationTrait.PIECEWISE_LINEAR);
    }
}

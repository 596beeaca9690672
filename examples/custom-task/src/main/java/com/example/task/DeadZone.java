package com.example.task;

import java.util.List;
import java.util.Map;
import org.altmin.core.operator.Regularizer;
import org.altmin.core.settings.Setting;
import org.altmin.core.settings.Settings;
import org.altmin.linalg.Expr;

/**
 * A penalty that leaves small weights alone, Ω(x) = s max(0, |x| − r).
 *
 * <p>Prox, the only minimiser: q within [−r, r]; else |q| less s/w, but not below r, with the sign of q.
 *
 * @param strength s
 * @param radius r
 */
public record DeadZone(double strength, double radius) implements Regularizer {

    private static final List<Setting> SETTINGS = List.of(
            new Setting("strength", "0.001", "slope of the penalty, above 0"),
            new Setting("radius", "1", "absolute value up to which a weight costs nothing, above 0"));

    /** The one with strength 0.001 and radius 1. */
    public DeadZone() {
        this(0.001, 1);
    }

    @Override
    public String name() {
        return "dead-zone";
    }

    @Override
    public String description() {
        return "strength max(0, |x| - radius)";
    }

    @Override
    public List<Setting> settings() {
        return SETTINGS;
    }

    @Override
    public Map<String, String> values() {
        return Map.of("strength", Double.toString(strength), "radius", Double.toString(radius));
    }

    @Override
    public Regularizer with(Map<String, String> given) {
        Settings settings = Settings.of("regularizer 'dead-zone'", SETTINGS, given);
        return new DeadZone(settings.positive("strength"), settings.positive("radius"));
    }

    @Override
    public Expr value(Expr x) {
        return x.abs().minus(radius).max(0).times(strength);
    }

    @Override
    public Expr prox(Expr centre, Expr weight) {
        Expr size = centre.abs();
        Expr shrunk = size.minus(Expr.constant(strength).dividedBy(weight)).max(size.min(radius));
        return Expr.select(centre.lessThan(0), shrunk.negate(), shrunk);
    }
}

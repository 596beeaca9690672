package org.altmin.core.model;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.altmin.core.operator.Activation;
import org.altmin.core.operator.ActivationTrait;
import org.altmin.core.settings.Setting;
import org.altmin.core.settings.Settings;
import org.altmin.linalg.Expr;

/** An activation by name and settings; its formulas are the identity's. */
public record NamedActivation(String name, Map<String, String> values) implements Activation {

    public NamedActivation {
        values = Map.copyOf(values);
    }

    public NamedActivation(String name) {
        this(name, Map.of());
    }

    @Override
    public String description() {
        return name;
    }

    @Override
    public List<Setting> settings() {
        return values.keySet().stream().sorted().map(key -> new Setting(key, values.get(key), key)).toList();
    }

    @Override
    public Activation with(Map<String, String> given) {
        return new NamedActivation(name,
                new TreeMap<>(Settings.of("activation '" + name + "'", settings(), given).asMap()));
    }

    @Override
    public Expr value(Expr z) {
        return z;
    }

    @Override
    public Expr derivative(Expr z) {
        return Expr.constant(1);
    }

    @Override
    public Expr prox(Expr target, Expr centre, Expr weight) {
        return target.plus(weight.times(centre)).dividedBy(weight.plus(1));
    }

    @Override
    public Range range() {
        return Range.ALL;
    }

    @Override
    public Smoothness smoothness() {
        return new Smoothness(Double.POSITIVE_INFINITY, 1, 0);
    }

    @Override
    public Set<ActivationTrait> traits() {
        return Set.of(ActivationTrait.MONOTONE);
    }
}

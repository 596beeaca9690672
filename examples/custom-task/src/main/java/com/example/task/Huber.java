package com.example.task;

import java.util.List;
import java.util.Map;
import org.altmin.core.operator.Loss;
import org.altmin.core.operator.TargetEncoding;
import org.altmin.core.settings.Setting;
import org.altmin.core.settings.Settings;
import org.altmin.linalg.Expr;

/**
 * The Huber loss (Huber 1964), for real values with outliers: with d = z − y, ½d² where |d| ≤ δ, and δ|d| − δ²/2 beyond.
 *
 * <p>Gradient: d cut to [−δ, δ], with Lipschitz constant 1. Prox, the only minimiser: with d = q − y, q moves by d/(1 + w)
 * towards y, but by δ/w at most.
 *
 * @param threshold δ
 */
public record Huber(double threshold) implements Loss {

    private static final List<Setting> SETTINGS =
            List.of(new Setting("threshold", "1", "error from which the loss grows linearly, above 0"));

    /** The one with threshold 1. */
    public Huber() {
        this(1);
    }

    @Override
    public String name() {
        return "huber";
    }

    @Override
    public String description() {
        return "half the squared error, linear beyond the threshold";
    }

    @Override
    public List<Setting> settings() {
        return SETTINGS;
    }

    @Override
    public Map<String, String> values() {
        return Map.of("threshold", Double.toString(threshold));
    }

    @Override
    public Loss with(Map<String, String> given) {
        return new Huber(Settings.of("loss 'huber'", SETTINGS, given).positive("threshold"));
    }

    @Override
    public Expr value(Expr z, Expr y) {
        Expr error = z.minus(y).abs();
        Expr near = error.min(threshold);
        return near.times(error.minus(near.times(0.5)));
    }

    @Override
    public Expr gradient(Expr z, Expr y) {
        return z.minus(y).max(-threshold).min(threshold);
    }

    @Override
    public Expr prox(Expr centre, Expr y, Expr weight) {
        Expr move = centre.minus(y).dividedBy(weight.plus(1));
        Expr most = Expr.constant(threshold).dividedBy(weight);
        return centre.minus(move.clamp(most.negate(), most));
    }

    @Override
    public double curvature() {
        return 1;
    }

    @Override
    public TargetEncoding encoding() {
        return TargetEncoding.values();
    }
}

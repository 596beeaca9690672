package org.altmin.regularizers;

import java.util.List;
import java.util.Map;
import org.altmin.core.operator.Regularizer;
import org.altmin.core.settings.Setting;
import org.altmin.core.settings.Settings;
import org.altmin.linalg.Expr;

/**
 * The ℓ1 penalty, Ω(x) = μ|x| on ℝ, μ ≥ 0.
 *
 * <p>Prox: soft thresholding, sign(q)·max(|q| − μ/w, 0), the only minimiser.
 *
 * @param strength μ
 */
public record L1(double strength) implements Regularizer {

    private static final List<Setting> SETTINGS =
            List.of(new Setting("strength", "0.001", "factor of the sum of absolute values, at least 0"));

    /** The one with strength 0.001. */
    public L1() {
        this(0.001);
    }

    public L1 {
        Strength.require(strength);
    }

    @Override
    public String name() {
        return "l1";
    }

    @Override
    public String description() {
        return "strength |x|";
    }

    @Override
    public List<Setting> settings() {
        return SETTINGS;
    }

    @Override
    public Map<String, String> values() {
        return Map.of("strength", Double.toString(strength));
    }

    @Override
    public Regularizer with(Map<String, String> given) {
        return new L1(Strength.of(Settings.of("regularizer 'l1'", SETTINGS, given), "strength"));
    }

    @Override
    public Expr value(Expr x) {
        return x.abs().times(strength);
    }

    @Override
    public Expr prox(Expr centre, Expr weight) {
        return shrink(centre, Expr.constant(strength).dividedBy(weight));
    }

    @Override
    public boolean isZero() {
        return strength == 0;
    }

    /** sign(x)·max(|x| − threshold, 0), exactly x for threshold 0. */
    static Expr shrink(Expr x, Expr threshold) {
        return x.minus(x.max(threshold.negate()).min(threshold));
    }
}

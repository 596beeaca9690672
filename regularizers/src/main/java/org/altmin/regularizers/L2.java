package org.altmin.regularizers;

import java.util.List;
import java.util.Map;
import org.altmin.core.operator.Regularizer;
import org.altmin.core.settings.Setting;
import org.altmin.core.settings.Settings;
import org.altmin.linalg.Expr;

/**
 * The squared ℓ2 penalty (weight decay), Ω(x) = (μ/2) x² on ℝ, μ ≥ 0.
 *
 * <p>Prox: w q/(w + μ), the only minimiser.
 *
 * @param strength μ
 */
public record L2(double strength) implements Regularizer {

    private static final List<Setting> SETTINGS =
            List.of(new Setting("strength", "0.001", "factor of half the sum of squares, at least 0"));

    /** The one with strength 0.001. */
    public L2() {
        this(0.001);
    }

    public L2 {
        Strength.require(strength);
    }

    @Override
    public String name() {
        return "l2";
    }

    @Override
    public String description() {
        return "(strength/2) x^2";
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
        return new L2(Strength.of(Settings.of("regularizer 'l2'", SETTINGS, given), "strength"));
    }

    @Override
    public Expr value(Expr x) {
        return x.square().times(strength / 2);
    }

    @Override
    public Expr prox(Expr centre, Expr weight) {
        return centre.times(weight.dividedBy(weight.plus(strength)));
    }

    @Override
    public boolean isZero() {
        return strength == 0;
    }

    @Override
    public double quadratic() {
        return strength;
    }

    @Override
    public boolean isQuadratic() {
        return true;
    }
}

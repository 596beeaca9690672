package org.altmin.regularizers;

import java.util.List;
import java.util.Map;
import org.altmin.core.operator.Regularizer;
import org.altmin.core.settings.Setting;
import org.altmin.core.settings.Settings;
import org.altmin.linalg.Expr;

/**
 * The elastic net (Zou and Hastie 2005), Ω(x) = λ|x| + (μ/2) x² on ℝ, λ, μ ≥ 0.
 *
 * <p>Prox: soft thresholding, then shrinking: sign(q)·max(|q| − λ/w, 0)·w/(w + μ), the only minimiser.
 *
 * @param l1 λ
 * @param l2 μ
 */
public record ElasticNet(double l1, double l2) implements Regularizer {

    private static final List<Setting> SETTINGS =
            List.of(new Setting("l1", "0.001", "factor of the sum of absolute values, at least 0"),
                    new Setting("l2", "0.001", "factor of half the sum of squares, at least 0"));

    /** The one with both factors 0.001. */
    public ElasticNet() {
        this(0.001, 0.001);
    }

    public ElasticNet {
        Strength.require(l1);
        Strength.require(l2);
    }

    @Override
    public String name() {
        return "elastic-net";
    }

    @Override
    public String description() {
        return "l1 |x| + (l2/2) x^2";
    }

    @Override
    public List<Setting> settings() {
        return SETTINGS;
    }

    @Override
    public Map<String, String> values() {
        return Map.of("l1", Double.toString(l1), "l2", Double.toString(l2));
    }

    @Override
    public Regularizer with(Map<String, String> given) {
        Settings settings = Settings.of("regularizer 'elastic-net'", SETTINGS, given);
        return new ElasticNet(Strength.of(settings, "l1"), Strength.of(settings, "l2"));
    }

    @Override
    public Expr value(Expr x) {
        return x.abs().times(l1).plus(x.square().times(l2 / 2));
    }

    @Override
    public Expr prox(Expr centre, Expr weight) {
        return L1.shrink(centre, Expr.constant(l1).dividedBy(weight))
                .times(weight.dividedBy(weight.plus(l2)));
    }

    @Override
    public boolean isZero() {
        return l1 == 0 && l2 == 0;
    }

    @Override
    public double quadratic() {
        return l2;
    }

    @Override
    public boolean isQuadratic() {
        return l1 == 0;
    }
}

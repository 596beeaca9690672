package org.altmin.activations;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.altmin.core.operator.Activation;
import org.altmin.core.operator.ActivationTrait;
import org.altmin.core.operator.MisfitProx;
import org.altmin.core.operator.MisfitProx.Piece;
import org.altmin.core.settings.Setting;
import org.altmin.core.settings.Settings;
import org.altmin.linalg.Expr;

/**
 * The leaky rectified linear unit, h(z) = max(z, s z) with a slope 0 &lt; s ≤ 1.
 * <ul>
 * <li>Domain ℝ, range ℝ. h′(z) = 1 for z &gt; 0, else s. |h| is unbounded, |h′| ≤ 1; h″ does not exist at 0.
 * <li>Prox: the better of min((s t + w c)/(s² + w), 0) and max((t + w c)/(1 + w), 0); on a tie the larger one. The
 * comparison of Lemma 9 for {@link Relu}, with slope s on the left.
 * <li>{z : lower ≤ h(z) ≤ upper}: [h⁻¹(lower), h⁻¹(upper)], h⁻¹(v) = min(v, v/s).
 * </ul>
 *
 * @param slope s
 */
public record LeakyRelu(double slope) implements Activation {

    private static final List<Setting> SETTINGS =
            List.of(new Setting("slope", "0.01", "slope for negative arguments, above 0 and at most 1"));

    /** The one with slope 0.01. */
    public LeakyRelu() {
        this(0.01);
    }

    public LeakyRelu {
        if (!(slope > 0 && slope <= 1)) {
            throw new IllegalArgumentException("the slope must be above 0 and at most 1, not " + slope);
        }
    }

    @Override
    public String name() {
        return "leaky-relu";
    }

    @Override
    public String description() {
        return "max(z, slope z)";
    }

    @Override
    public List<Setting> settings() {
        return SETTINGS;
    }

    @Override
    public Map<String, String> values() {
        return Map.of("slope", Double.toString(slope));
    }

    @Override
    public Activation with(Map<String, String> given) {
        Settings settings = Settings.of("activation 'leaky-relu'", SETTINGS, given);
        double slope = settings.positive("slope");
        if (slope > 1) {
            throw settings.invalid("slope", "a number above 0 and at most 1");
        }
        return new LeakyRelu(slope);
    }

    @Override
    public Expr value(Expr z) {
        return z.max(z.times(slope));
    }

    @Override
    public Expr derivative(Expr z) {
        return Expr.select(z.greaterThan(0), Expr.constant(1), Expr.constant(slope));
    }

    @Override
    public Expr prox(Expr target, Expr centre, Expr weight) {
        List<Piece> pieces = List.of(new Piece(Double.NEGATIVE_INFINITY, 0, slope, 0),
                new Piece(0, Double.POSITIVE_INFINITY, 1, 0));
        return MisfitProx.piecewiseLinear(pieces, target, centre, weight);
    }

    @Override
    public Interval preimage(Expr lower, Expr upper) {
        return new Interval(inverse(lower), inverse(upper));
    }

    private Expr inverse(Expr value) {
        return value.min(value.dividedBy(slope));
    }

    @Override
    public Range range() {
        return Range.ALL;
    }

    @Override
    public Smoothness smoothness() {
        return new Smoothness(Double.POSITIVE_INFINITY, 1, Double.POSITIVE_INFINITY);
    }

    @Override
    public Set<ActivationTrait> traits() {
        return Set.of(ActivationTrait.MONOTONE, ActivationTrait.PIECEWISE_LINEAR);
    }
}

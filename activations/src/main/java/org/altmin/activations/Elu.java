package org.altmin.activations;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.altmin.core.operator.Activation;
import org.altmin.core.operator.ActivationTrait;
import org.altmin.core.operator.MisfitProx;
import org.altmin.core.operator.MisfitProx.Jet;
import org.altmin.core.settings.Setting;
import org.altmin.core.settings.Settings;
import org.altmin.linalg.Expr;

/**
 * The exponential linear unit, h(z) = z for z &gt; 0 and α(eᶻ − 1) for z ≤ 0, α &gt; 0.
 * <ul>
 * <li>Domain ℝ, range (−α, ∞). h′ = 1 for z &gt; 0, else αeᶻ. |h| is unbounded, |h′| ≤ max(1, α). h″ does not exist at
 * 0; for α = 1, where h′ is continuous, |h″| ≤ 1 elsewhere.
 * <li>Prox: the better of max((t + w c)/(1 + w), 0) and the minimiser over z ≤ 0 by {@link MisfitProx#smooth}; no
 * closed form exists for that one.
 * <li>{z : lower ≤ h(z) ≤ upper}: h⁻¹(v) = v for v &gt; 0, else ln(1 + v/α); finite ends are kept above −36.7, where h
 * has reached −α to within 2⁻⁵³. The lower end is −∞ for lower ≤ −α; if upper ≤ −α, the upper end is −36.7.
 * </ul>
 *
 * @param alpha α
 */
public record Elu(double alpha) implements Activation {

    private static final List<Setting> SETTINGS =
            List.of(new Setting("alpha", "1", "-alpha is the infimum of the values; above 0"));
    private static final double SATURATION = 53 * Math.log(2);

    /** The one with α = 1. */
    public Elu() {
        this(1);
    }

    public Elu {
        if (!(alpha > 0 && alpha < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("alpha must be above 0 and finite, not " + alpha);
        }
    }

    @Override
    public String name() {
        return "elu";
    }

    @Override
    public String description() {
        return "z if z > 0, else alpha (exp(z) - 1)";
    }

    @Override
    public List<Setting> settings() {
        return SETTINGS;
    }

    @Override
    public Map<String, String> values() {
        return Map.of("alpha", Double.toString(alpha));
    }

    @Override
    public Activation with(Map<String, String> given) {
        return new Elu(Settings.of("activation 'elu'", SETTINGS, given).positive("alpha"));
    }

    @Override
    public Expr value(Expr z) {
        return z.max(0).plus(z.min(0).expm1().times(alpha));
    }

    @Override
    public Expr derivative(Expr z) {
        return Expr.select(z, Expr.constant(1), z.min(0).exp().times(alpha));
    }

    @Override
    public Expr prox(Expr target, Expr centre, Expr weight) {
        Expr left = MisfitProx.smooth(this::leftJet, direction -> start(direction, target, centre, weight), 0, target,
                centre, weight);
        Expr right = centre.plus(target.minus(centre).dividedBy(weight.plus(1))).max(0);
        return MisfitProx.lower(this::value, left, right, target, centre, weight);
    }

    private Jet leftJet(Expr z) {
        Expr slope = z.exp().times(alpha);
        return new Jet(slope.minus(alpha), slope, slope, slope);
    }

    private Expr start(Expr direction, Expr target, Expr centre, Expr weight) {
        return ExponentialStart.of(direction, target.dividedBy(alpha).plus(1), centre,
                weight.dividedBy(alpha * alpha));
    }

    @Override
    public Interval preimage(Expr lower, Expr upper) {
        Expr from = Expr.select(lower.atMost(-alpha), Expr.constant(Double.NEGATIVE_INFINITY), inverse(lower));
        return new Interval(from, inverse(upper));
    }

    private Expr inverse(Expr value) {
        Expr left = value.min(0).dividedBy(alpha).max(-1).log1p().max(-SATURATION);
        return value.max(0).plus(left);
    }

    @Override
    public Range range() {
        return new Range(-alpha, Double.POSITIVE_INFINITY);
    }

    @Override
    public Smoothness smoothness() {
        return new Smoothness(Double.POSITIVE_INFINITY, Math.max(1, alpha),
                alpha == 1 ? 1 : Double.POSITIVE_INFINITY);
    }

    @Override
    public Set<ActivationTrait> traits() {
        return Set.of(ActivationTrait.MONOTONE);
    }
}

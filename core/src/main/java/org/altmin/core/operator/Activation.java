package org.altmin.core.operator;

import java.util.Map;
import java.util.Set;
import org.altmin.core.settings.Settings;
import org.altmin.linalg.AltminException;
import org.altmin.linalg.Expr;

/**
 * An activation h: ℝ → ℝ, applied to each element. Ships as a service; see {@link Operators}.
 *
 * <p>Expressions returned are evaluated for each element in float32 or float64 on any backend.
 */
public interface Activation extends Operator<Activation> {

    /** h(z). */
    Expr value(Expr z);

    /** h′(z); where h has a kink, a value between the one-sided derivatives. */
    Expr derivative(Expr z);

    /**
     * A global minimiser over z of ½(h(z) − t)² + (w/2)(z − c)², with w &gt; 0. Of several the largest, unless the
     * operator documents another rule.
     *
     * @param target t
     * @param centre c
     * @param weight w
     */
    Expr prox(Expr target, Expr centre, Expr weight);

    /**
     * The interval {z : lower ≤ h(z) ≤ upper} of a monotone activation, with ends ±∞ where h stays within the bound; if
     * [lower, upper] misses the range of h, the set where h comes closest to it. Only with
     * {@link ActivationTrait#MONOTONE}.
     */
    default Interval preimage(Expr lower, Expr upper) {
        throw new AltminException("The activation '" + name() + "' is not monotone, so bounds on its value are no "
                + "interval of its argument; use one of " + Operators.namesOf(ActivationTrait.MONOTONE) + ".");
    }

    /** inf h and sup h. */
    Range range();

    /** sup|h|, sup|h′|, sup|h″|; infinite where there is none. */
    Smoothness smoothness();

    Set<ActivationTrait> traits();

    @Override
    default Activation with(Map<String, String> given) {
        Settings.of("activation '" + name() + "'", settings(), given);
        return this;
    }

    /** The ends of an interval. */
    record Interval(Expr lower, Expr upper) {
    }

    /** Infimum and supremum. */
    record Range(double lower, double upper) {
        public static final Range ALL = new Range(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);
    }

    /**
     * Bounds over ℝ; the L0, L1 and L2 of sigmoid-ADMM's analysis.
     *
     * @param value L0 = sup|h|
     * @param slope L1 = sup|h′|
     * @param curvature L2 = sup|h″|
     */
    record Smoothness(double value, double slope, double curvature) {
    }
}

package org.altmin.core.operator;

import java.util.Map;
import org.altmin.core.settings.Settings;
import org.altmin.linalg.Expr;

/** A convex penalty Ω, the sum over the elements of a matrix of {@link #value}. Ships as a service. */
public interface Regularizer extends Operator<Regularizer> {

    /** The element's share of Ω; +∞ outside a constraint. */
    Expr value(Expr x);

    /**
     * argmin over x of Ω(x) + (w/2)(x − q)², w &gt; 0.
     *
     * @param centre q
     * @param weight w
     */
    Expr prox(Expr centre, Expr weight);

    /** Whether Ω = 0 everywhere, so that steps may take their unregularised form. */
    default boolean isZero() {
        return false;
    }

    /** Ω = (μ/2) x² + the rest: μ, which exact steps add to the Gram matrix; 0 if there is no such part. */
    default double quadratic() {
        return 0;
    }

    /** Whether Ω is exactly (μ/2) x² with μ = {@link #quadratic()}, so that exact steps stay linear solves. */
    default boolean isQuadratic() {
        return isZero();
    }

    @Override
    default Regularizer with(Map<String, String> given) {
        Settings.of("regularizer '" + name() + "'", settings(), given);
        return this;
    }
}

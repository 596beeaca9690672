package org.altmin.core.convergence;

import java.util.OptionalDouble;

/**
 * A model of the decreases f_k − f_{k+1} over a run's tail, fitted by least squares to their logarithms; since the
 * limit f* is not known, the decreases stand for f_k − f*. With f_k − f* ≈ C ηᵏ they are proportional to ηᵏ, with
 * f_k − f* ≈ C k⁻ᵖ to k^{−(p+1)}.
 *
 * @param rate of the linear model: η; of the sublinear model: p
 * @param determination R² of the fit, at most 1
 */
public record TailFit(Kind kind, double rate, double determination) {

    /** The two models. */
    public enum Kind {
        /** f_k − f* ≈ C ηᵏ. */
        LINEAR,
        /** f_k − f* ≈ C k⁻ᵖ. */
        SUBLINEAR
    }

    /** Whether decreases that go on like this sum up to a limit: η &lt; 1, p &gt; 0. */
    public boolean converges() {
        return kind == Kind.LINEAR ? rate < 1 : rate > 0;
    }

    /**
     * The KL exponent θ in [0, 1) that goes with the rate (am-convergence-rate.md, theorem 4.1): 1/2 at most for a
     * linear rate; in (1/2, 1) for the power p = 1/(2θ − 1), that is θ = (1 + 1/p)/2. All these powers are above 1, so
     * that none explains p ≤ 1: the theorem's conditions do not hold, or this is not yet the tail it speaks of.
     *
     * @return empty if no exponent below 1 explains the rate
     */
    public OptionalDouble exponent() {
        if (kind == Kind.LINEAR) {
            return rate < 1 ? OptionalDouble.of(0.5) : OptionalDouble.empty();
        }
        return rate > 1 ? OptionalDouble.of((1 + 1 / rate) / 2) : OptionalDouble.empty();
    }
}

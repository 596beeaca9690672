package org.altmin.core.convergence;

/**
 * A model of the decreases f_k − f_{k+1} over a run's tail, fitted by least squares to their logarithms; since the limit
 * f* is not known, the decreases stand for f_k − f*, which they follow at the same rate.
 *
 * @param rate of the linear model f_k − f* ≈ C ηᵏ: η; of the sublinear model f_k − f* ≈ C k⁻ᵖ: p
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

    /**
     * The KL exponent that goes with the rate (theorem 4.1): 1/2 at most for a linear rate, and θ = (1 + 1/p)/2 for
     * k^{−1/(2θ−1)}; NaN if the model does not decrease.
     */
    public double exponent() {
        if (kind == Kind.LINEAR) {
            return rate < 1 ? 0.5 : Double.NaN;
        }
        return rate > 0 ? (1 + 1 / rate) / 2 : Double.NaN;
    }
}

package org.altmin.core.step;

/** How a block of a quadratic penalty is moved. */
public enum UpdateRule {
    /**
     * A gradient step whose stiffness is the smallest that majorises the penalty along the gradient, one number for
     * each row of W (for each column of a): the θ and τ of the papers, which allow vectors, in closed form.
     */
    MAJORISED,
    /** A gradient step with one stiffness for the whole block, doubled until it majorises: the published codes. */
    SCALAR,
    /** The minimiser, by a Cholesky factorisation of the Gram matrix. */
    EXACT
}

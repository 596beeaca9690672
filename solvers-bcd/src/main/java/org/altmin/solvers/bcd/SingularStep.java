package org.altmin.solvers.bcd;

import org.altmin.linalg.AltminException;
import org.altmin.linalg.NotPositiveDefiniteException;

/** What to say of a layer's step whose linear system cannot be factored. */
final class SingularStep {

    private SingularStep() {
    }

    /** @param alpha the proximal term of the step */
    static AltminException ofWeights(int l, String setting, double alpha, NotPositiveDefiniteException cause) {
        return new AltminException("The weight step of layer " + l + " is singular to rounding; use a larger " + setting
                + " than " + alpha + ", precision=float64, or inputs of a smaller scale.", cause);
    }

    static AltminException ofStates(int l, NotPositiveDefiniteException cause) {
        return new AltminException("The state step of layer " + l + " is singular to rounding, as the weights above it "
                + "have become too large; use a larger weight-alpha, precision=float64, or inputs of a smaller scale.",
                cause);
    }
}

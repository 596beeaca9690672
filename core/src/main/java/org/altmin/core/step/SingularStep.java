package org.altmin.core.step;

import org.altmin.linalg.AltminException;
import org.altmin.linalg.NotPositiveDefiniteException;

/** What to say of a layer's step whose linear system cannot be factored. */
public final class SingularStep {

    private SingularStep() {
    }

    /** @param remedy what to set and how, such as "more damping than 0.1" */
    public static AltminException ofWeights(int layer, String remedy, NotPositiveDefiniteException cause) {
        return new AltminException("The weight step of layer " + layer + " is singular to rounding; use " + remedy
                + ", precision=float64, or inputs of a smaller scale.", cause);
    }

    /** @param remedy see {@link #ofWeights} */
    public static AltminException ofStates(int layer, String remedy, NotPositiveDefiniteException cause) {
        return new AltminException("The state step of layer " + layer + " is singular to rounding, as the weights "
                + "above it have become too large; use " + remedy + ", precision=float64, or inputs of a smaller "
                + "scale.", cause);
    }
}

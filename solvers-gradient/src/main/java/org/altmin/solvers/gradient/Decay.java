package org.altmin.solvers.gradient;

/** How the learning rate falls. */
public enum Decay {
    /** It does not. */
    NONE,
    /** By a factor every so many epochs. */
    STEP,
    /** Linearly, from update to update, to 0 at the end of the planned epochs or of the seconds. */
    LINEAR
}

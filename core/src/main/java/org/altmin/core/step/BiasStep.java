package org.altmin.core.step;

/** How the bias of a layer is found beside its weights. */
public enum BiasStep {
    /** Weights and bias are one block, as in the papers. */
    JOINT,
    /**
     * Each from the old value of the other, as in the published code of bcd-kl.md: the mean residual is taken twice,
     * which speeds up the first iterations and decreases nothing for certain.
     */
    SIMULTANEOUS
}

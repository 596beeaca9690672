package org.altmin.solvers.bcd;

/** The order of a sweep; the paper's guarantees hold for any that does not change. */
public enum UpdateOrder {
    /** The paper's: backward from the last layer, each layer's weights behind its states. */
    BACKWARD,
    /**
     * All states backward, then all weights: the last layer's weights do not take the residual before the hidden layers
     * have had their share.
     */
    STATES_FIRST
}

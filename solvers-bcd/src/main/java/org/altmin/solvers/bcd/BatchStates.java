package org.altmin.solvers.bcd;

/** Where the states of a mini-batch come from. */
public enum BatchStates {
    /** Every sample keeps its states from epoch to epoch; the batches are always the same, their order is random. */
    KEPT,
    /** A batch starts at the forward pass of the weights as they are; batches are drawn anew in every epoch. */
    AFRESH
}

package org.altmin.solvers.admm;

/** How dlADMM's penalties grow. */
public enum PenaltySchedule {
    /** They do not. */
    CONSTANT,
    /** dladmm.md section 5.1.2: ρ is multiplied by 10 every 100 iterations. */
    PAPER,
    /**
     * The published code: when the training loss of the network has risen three times running, ρ, ν and the first
     * stiffness of scalar steps are multiplied by 10, the penalties to at most 0.1. Costs a forward pass an iteration.
     */
    PUBLISHED
}

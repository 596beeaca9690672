package org.altmin.solvers.bcd;

/** How V_i, i &lt; N, is updated. */
public enum StateUpdates {
    /** By the minimiser, as in the paper, where the penalty on the states is none or l2. */
    EXACT,
    /** By a majorised gradient step, which is cheaper where batches are smaller than layers. */
    MAJORISED
}

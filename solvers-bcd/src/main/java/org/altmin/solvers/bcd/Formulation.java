package org.altmin.solvers.bcd;

/** Which constraints of a network become quadratic penalties. */
public enum Formulation {
    /** V_i = σ_i(W_i V_{i−1} + b_i): bcd-kl.md eq. (3), Algorithm 1. */
    TWO_SPLITTING,
    /** U_i = W_i V_{i−1} + b_i and V_i = σ_i(U_i): bcd-kl.md eq. (6), Algorithm 2. */
    THREE_SPLITTING,
    /** U_i = W_i V_{i−1} + b_i and V_i − V_{i−1} = σ_i(U_i): am-convergence-rate.md, Example 3.4. */
    RESIDUAL
}

package org.altmin.solvers.online;

/** How a target a* of an activation becomes a target z* of its pre-activation. */
public enum MisfitStep {
    /** z* = z + h′(z)(a* − h(z)): exact to first order where h′ is 1, and no move where it is 0. */
    PASS,
    /** z* = argmin ½(h(z*) − a*)² + (ω/2)(z* − z)², by the activation's proximal operator. */
    PROX
}

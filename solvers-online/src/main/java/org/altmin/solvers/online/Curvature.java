package org.altmin.solvers.online;

/** The stiffness τ of a layer's activations that the step a* = a − g/τ is taken with. */
public enum Curvature {
    /** Of each sample its own, τ = ‖W g‖²/‖g‖²: one more product. */
    SAMPLE,
    /** One for all, τ = ‖W [g …]‖²/‖[g …]‖² over a batch, a running mean over those that are sampled. */
    BATCH
}

package org.altmin.solvers.admm;

import org.altmin.linalg.Matrix;

/**
 * A {@link LinearLayer} l ≥ 2, whose inputs a = a_{l−1} are variables: it finds their steps too. In the backward sweep
 * a moves before z = z_{l−1}, in the forward sweep after it.
 */
sealed interface StateLayer extends LinearLayer permits GramLayer, SampledLayer {

    /**
     * Moves a, then z.
     *
     * @param kernels of layer l − 1
     * @param residualBelow E_{l−1}, becomes that of the new z
     * @return ‖Δa‖² + ‖Δz‖²
     */
    double moveStatesBackward(HiddenLayerKernels kernels, Matrix z, Matrix a, Matrix residualBelow);

    /** W_lᵀ E_l at a, n_{l−1} × n. */
    Matrix linearGradient();

    /** Where the gradient is completed, n_{l−1} × n; may be {@link #linearGradient} itself. */
    Matrix gradient();

    /** ν over the penalty of layer l, what a − h(z) enters the gradient with. */
    double pullRatio();

    /**
     * Moves a along the completed gradient.
     *
     * @param totals become ‖Δa‖² and ‖a − h(z)‖²
     */
    void moveActivation(HiddenLayerKernels kernels, Matrix z, Matrix a, double[] totals);

    /** Says that a has been changed from outside. */
    void forgetInputs();

    /** How often a stiffness of a was doubled since the last call. */
    long takeStateDoublings();
}

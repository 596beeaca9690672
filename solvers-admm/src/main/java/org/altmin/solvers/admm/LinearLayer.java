package org.altmin.solvers.admm;

import org.altmin.linalg.Kernel;
import org.altmin.linalg.Matrix;

/**
 * The linear part of layer l of {@link DlAdmm}: p_l = W_l a_{l−1} + b_l and the residual E_l = p_l − z_l, whose penalty
 * W_l and b_l decrease. After {@link #stepForward} the residual is not E_l before z_l has moved: the kernel that moves
 * z_l is told by the layer, and completes it with the column {@link #shift}.
 */
sealed interface LinearLayer permits FixedInputLayer, StateLayer {

    /**
     * Moves b_l, then W_l.
     *
     * @return ‖Δb‖² + ‖ΔW‖²
     */
    double stepBackward();

    /**
     * Moves W_l, then b_l.
     *
     * @return ‖ΔW‖² + ‖Δb‖²
     */
    double stepForward();

    /** What moves z_l after {@link #stepForward}; its inputs are the residual, z_l, a_l, the shift and a gradient. */
    Kernel forwardKernel(HiddenLayerKernels kernels);

    /** n_l × 1; what is to be added to each column of the residual after {@link #stepForward}. */
    Matrix shift();

    /** How often a stiffness of W_l was doubled since the last call. */
    long takeWeightDoublings();
}

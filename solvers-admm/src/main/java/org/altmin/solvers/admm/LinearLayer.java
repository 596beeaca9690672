package org.altmin.solvers.admm;

import org.altmin.linalg.Matrix;

/**
 * The linear part of layer l of {@link DlAdmm}: p_l = W_l a_{l−1} + b_l and the residual E_l = p_l − z_l, whose penalty
 * W_l and b_l decrease. Between {@link #stepForward} and the step of z_l the residual need not be E_l: where
 * {@link #holdsImage} it holds W_l a_{l−1}, and a column {@link #shift} is still to be added to each of its columns.
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

    /** Whether the residual lacks −z_l after {@link #stepForward}. */
    boolean holdsImage();

    /** n_l × 1; what the residual lacks after {@link #stepForward}. */
    Matrix shift();

    /** How often a stiffness of W_l was doubled since the last call. */
    long takeWeightDoublings();
}

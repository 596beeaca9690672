package org.altmin.solvers.admm;

import org.altmin.core.operator.Activation;

/** The curvature h of sigmoid-ADMM's quadratic model of ‖h_l(W A) − B‖². */
public enum Stiffness {
    /**
     * 𝕃(c) = 2 L2 (L0 + c) + 2 L1² at c = max|B| (sigmoid-admm.md, eq. 18), with the activation's own bounds L0, L1
     * and L2: the model lies above the function, so that every such step decreases the augmented Lagrangian. For the
     * sigmoid the paper takes L2 = ¼, which holds too, but the supremum 1/(6√3) gives a less stiff model: 𝕃(1) is 0.51
     * instead of 1.125.
     */
    MAJORISED {
        @Override
        double of(Activation activation, double c) {
            Activation.Smoothness bound = activation.smoothness();
            return 2 * bound.curvature() * (bound.value() + c) + 2 * bound.slope() * bound.slope();
        }
    },
    /** max|B|, as in the published code; a majorisation only where it happens to be at least the curvature. */
    PUBLISHED {
        @Override
        double of(Activation activation, double c) {
            return c;
        }
    };

    abstract double of(Activation activation, double c);
}

package org.altmin.solvers.dlam;

import org.altmin.core.solver.StateArchive;
import org.altmin.core.step.LayerInputs;
import org.altmin.core.step.WeightStep;
import org.altmin.linalg.Matrix;

/**
 * The weight step of one layer in its two forms. A step reads the residual R = W A + B (k × n), changes W (k × m), and
 * leaves what the residual changes by: R ← R + scale ∘ image.
 */
interface WeightBlock {

    /** Says that every step will have this A. */
    void fixInputs(LayerInputs inputs);

    /**
     * @param momentum ω of the extrapolation W + ω(W − W_previous)
     * @return ‖ΔW‖²
     */
    double step(Matrix residual, LayerInputs inputs, Matrix weight, double rho, double momentum);

    /** k × n; valid until another step that shares the workspace. */
    Matrix image();

    /** k × 1. */
    Matrix imageScale();

    /** What the next step depends on. */
    void archive(StateArchive archive, int layer);

    /** How often a stiffness was doubled since the last call. */
    long takeDoublings();

    /** How often the block was redone without extrapolation since the last call. */
    long takeRedone();

    /** DLAM's: no extrapolation. */
    record Plain(WeightStep weightStep) implements WeightBlock {

        @Override
        public void fixInputs(LayerInputs inputs) {
            weightStep.fixInputs(inputs);
        }

        @Override
        public double step(Matrix residual, LayerInputs inputs, Matrix weight, double rho, double momentum) {
            return weightStep.step(residual, inputs, weight, rho);
        }

        @Override
        public Matrix image() {
            return weightStep.image();
        }

        @Override
        public Matrix imageScale() {
            return weightStep.imageScale();
        }

        @Override
        public void archive(StateArchive archive, int layer) {
            // A plain step depends on nothing but its arguments.
        }

        @Override
        public long takeDoublings() {
            return weightStep.takeDoublings();
        }

        @Override
        public long takeRedone() {
            return 0;
        }
    }
}

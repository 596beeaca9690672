package org.altmin.core.step;

import org.altmin.linalg.LinearAlgebra;
import org.altmin.linalg.Matrix;

/** A matrix as {@link LayerInputs}. */
record MatrixInputs(LinearAlgebra la, Matrix inputs) implements LayerInputs {

    @Override
    public int samples() {
        return inputs.columns();
    }

    @Override
    public void multiply(Matrix weight, double beta, Matrix z) {
        la.gemm(1, weight, false, inputs, false, beta, z);
    }

    @Override
    public void multiplyTransposed(double alpha, Matrix residual, double beta, Matrix gradient) {
        la.gemm(alpha, residual, false, inputs, true, beta, gradient);
    }

    @Override
    public void gram(Matrix gram) {
        la.syrk(1, inputs, false, 0, gram);
    }

    @Override
    public void sum(Matrix sum) {
        la.rowSums(inputs, sum);
    }
}

package org.altmin.core.step;

import org.altmin.linalg.LinearAlgebra;
import org.altmin.linalg.Matrix;

/** The inputs A of a layer, m × n, as far as steps through all samples need them. */
public interface LayerInputs {

    /** n. */
    int samples();

    /** Z ← W A + β Z, where W is k × m and Z is k × n. */
    void multiply(Matrix weight, double beta, Matrix z);

    /** G ← α R Aᵀ + β G, where R is k × n and G is k × m. */
    void multiplyTransposed(double alpha, Matrix residual, double beta, Matrix gradient);

    /** G ← A Aᵀ, m × m. */
    void gram(Matrix gram);

    /** s ← A 1, m × 1. */
    void sum(Matrix sum);

    /** Those of a matrix, as it is when they are asked. */
    static LayerInputs of(LinearAlgebra la, Matrix inputs) {
        return new MatrixInputs(la, inputs);
    }
}

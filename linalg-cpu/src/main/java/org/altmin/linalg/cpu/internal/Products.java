package org.altmin.linalg.cpu.internal;

import org.altmin.linalg.Matrix;
import org.altmin.linalg.spi.Factorization;

/**
 * The part in which backends on heap arrays differ: dense products and factorisations. Operands are as in
 * {@link org.altmin.linalg.spi.Backend}; their buffers are {@link HeapFloats} or {@link HeapDoubles}, whichever the
 * backend's precision asks for.
 */
public interface Products extends AutoCloseable {

    /** Library and version. */
    String description();

    /** C ← α op(A) op(B) + β C, where C is not read if β is 0. */
    void gemm(double alpha, Matrix a, boolean transposeA, Matrix b, boolean transposeB, double beta, Matrix c);

    /** C ← α A Aᵀ + β C, or α Aᵀ A + β C if {@code transposed}; both triangles are written. */
    void syrk(double alpha, Matrix a, boolean transposed, double beta, Matrix c);

    /** Workspace for factorisations of symmetric matrices of this order, computed in double. */
    Factorization factorization(int order);

    @Override
    void close();
}

package org.altmin.linalg.openblas.internal;

/** A product of blocks, in the precision of the result, on the calling thread. */
public interface BlockProduct {

    /** The library that computes it. */
    String description();

    Tiling tiling();

    /** C ← α op(A) op(B) + β C, where C is m × n and op(A) is m × inner. */
    void gemm(int m, int n, int inner, double alpha, Block a, boolean transposeA, Block b, boolean transposeB,
            double beta, Block c);
}

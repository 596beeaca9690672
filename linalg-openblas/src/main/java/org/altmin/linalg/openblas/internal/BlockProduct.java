package org.altmin.linalg.openblas.internal;

/** A product of blocks, in the precision of the result, on the calling thread. */
public interface BlockProduct {

    /** The library that computes it. */
    String description();

    /** Whether it multiplies Aᵀ so much more slowly than A that for a long B it pays to transpose A first. */
    boolean isSlowTransposed();

    /** Into stripes of how many columns a large A Aᵀ is best divided; 0 if OpenBLAS computes it faster as a whole. */
    int stripe();

    /** C ← α op(A) op(B) + β C, where C is m × n and op(A) is m × inner. */
    void gemm(int m, int n, int inner, double alpha, Block a, boolean transposeA, Block b, boolean transposeB,
            double beta, Block c);
}

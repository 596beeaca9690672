package org.altmin.linalg.openblas.internal;

import dev.ludovic.netlib.blas.NativeBLAS;
import org.altmin.linalg.cpu.internal.HeapDoubles;
import org.altmin.linalg.cpu.internal.HeapFloats;

/** Products of blocks by OpenBLAS. */
public final class Blocks implements BlockProduct {

    static final Tiling TILING = new Tiling(256, 2048, Integer.MAX_VALUE, 16, 0, 0, false);

    private final NativeBLAS blas;
    private final String description;

    public Blocks(OpenBlas openBlas) {
        blas = openBlas.blas();
        description = openBlas.description();
    }

    @Override
    public String description() {
        return description;
    }

    @Override
    public Tiling tiling() {
        return TILING;
    }

    @Override
    public void gemm(int m, int n, int inner, double alpha, Block a, boolean transposeA, Block b, boolean transposeB,
            double beta, Block c) {
        String opA = operation(transposeA);
        String opB = operation(transposeB);
        if (c.buffer() instanceof HeapFloats result) {
            blas.sgemm(opA, opB, m, n, inner, (float) alpha, floats(a), a.at(), a.stride(), floats(b), b.at(),
                    b.stride(), (float) beta, result.array(), c.at(), c.stride());
        } else {
            blas.dgemm(opA, opB, m, n, inner, alpha, doubles(a), a.at(), a.stride(), doubles(b), b.at(), b.stride(),
                    beta, doubles(c), c.at(), c.stride());
        }
    }

    /** Reads so many elements in order, which is how they come from memory into the caches most quickly. */
    void read(Block x, int count) {
        if (x.buffer() instanceof HeapFloats floats) {
            blas.sdot(count, floats.array(), x.at(), 1, floats.array(), x.at(), 1);
        } else {
            blas.ddot(count, doubles(x), x.at(), 1, doubles(x), x.at(), 1);
        }
    }

    /** The lower triangle of C ← α op(A) op(A)ᵀ + β C, where C is n × n. */
    void syrk(int n, int inner, double alpha, Block a, boolean transposed, double beta, Block c) {
        String op = operation(transposed);
        if (c.buffer() instanceof HeapFloats result) {
            blas.ssyrk("L", op, n, inner, (float) alpha, floats(a), a.at(), a.stride(), (float) beta, result.array(),
                    c.at(), c.stride());
        } else {
            blas.dsyrk("L", op, n, inner, alpha, doubles(a), a.at(), a.stride(), beta, doubles(c), c.at(), c.stride());
        }
    }

    private static String operation(boolean transposed) {
        return transposed ? "T" : "N";
    }

    private static float[] floats(Block block) {
        return ((HeapFloats) block.buffer()).array();
    }

    private static double[] doubles(Block block) {
        return ((HeapDoubles) block.buffer()).array();
    }
}

package org.altmin.linalg.onednn.internal;

import org.altmin.linalg.cpu.internal.HeapFloats;
import org.altmin.linalg.openblas.internal.Block;
import org.altmin.linalg.openblas.internal.BlockProduct;
import org.altmin.linalg.openblas.internal.Tiling;

/** Products of float32 blocks by oneDNN, and by OpenBLAS those that are small or lie out of its reach. */
public final class OneDnnBlocks implements BlockProduct {

    /** Multiplications up to which OpenBLAS does not copy the operands, and is faster. */
    private static final long SMALL = 1_000_000;

    /**
     * Small tiles run at full speed, and workers that are not equally fast end together. Stripes of 64 columns compute
     * little above the diagonal. Aᵀ is packed anew for each tile, which takes a sixth of the time.
     */
    private static final Tiling TILING = new Tiling(128, 128, 1024, 16, 256, 64, true);

    private final OneDnn oneDnn;
    private final BlockProduct openBlas;

    public OneDnnBlocks(OneDnn oneDnn, BlockProduct openBlas) {
        this.oneDnn = oneDnn;
        this.openBlas = openBlas;
    }

    @Override
    public String description() {
        return oneDnn.description() + " and " + openBlas.description();
    }

    @Override
    public Tiling tiling() {
        return TILING;
    }

    @Override
    public void gemm(int m, int n, int inner, double alpha, Block a, boolean transposeA, Block b, boolean transposeB,
            double beta, Block c) {
        boolean small = (long) m * n * inner <= SMALL;
        if (!small && OneDnn.reaches(a.at()) && OneDnn.reaches(b.at()) && OneDnn.reaches(c.at())) {
            oneDnn.sgemm(transposeA, transposeB, m, n, inner, (float) alpha, floats(a), a.at(), a.stride(), floats(b),
                    b.at(), b.stride(), (float) beta, floats(c), c.at(), c.stride());
        } else {
            openBlas.gemm(m, n, inner, alpha, a, transposeA, b, transposeB, beta, c);
        }
    }

    private static float[] floats(Block block) {
        return ((HeapFloats) block.buffer()).array();
    }
}

package org.altmin.linalg.onednn.internal;

import org.altmin.linalg.cpu.internal.HeapFloats;
import org.altmin.linalg.openblas.internal.Block;
import org.altmin.linalg.openblas.internal.BlockProduct;

/** Products of float32 blocks by oneDNN, and by another library those that lie out of its reach. */
public final class OneDnnBlocks implements BlockProduct {

    private final OneDnn oneDnn;
    private final BlockProduct otherwise;

    public OneDnnBlocks(OneDnn oneDnn, BlockProduct otherwise) {
        this.oneDnn = oneDnn;
        this.otherwise = otherwise;
    }

    @Override
    public String description() {
        return oneDnn.description() + " and " + otherwise.description();
    }

    @Override
    public void gemm(int m, int n, int inner, double alpha, Block a, boolean transposeA, Block b, boolean transposeB,
            double beta, Block c) {
        if (OneDnn.reaches(a.at()) && OneDnn.reaches(b.at()) && OneDnn.reaches(c.at())) {
            oneDnn.sgemm(transposeA, transposeB, m, n, inner, (float) alpha, floats(a), a.at(), a.stride(), floats(b),
                    b.at(), b.stride(), (float) beta, floats(c), c.at(), c.stride());
        } else {
            otherwise.gemm(m, n, inner, alpha, a, transposeA, b, transposeB, beta, c);
        }
    }

    private static float[] floats(Block block) {
        return ((HeapFloats) block.buffer()).array();
    }
}

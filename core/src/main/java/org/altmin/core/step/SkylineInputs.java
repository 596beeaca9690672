package org.altmin.core.step;

import java.util.ArrayList;
import java.util.List;
import org.altmin.linalg.LinearAlgebra;
import org.altmin.linalg.Matrix;

/**
 * Inputs X, m × n, that never change, in {@link Skyline} storage: products with them take as many operations as there
 * are entries stored, 0.54 of all for MNIST. Samples stand in the skyline's order here, and so does every matrix with a
 * column for each sample; features keep theirs. What a product leaves out are terms with a factor 0 from X, so that an
 * infinite weight may go unnoticed there.
 */
public final class SkylineInputs {

    private final LinearAlgebra la;
    private final Skyline skyline;
    private final int[] featurePlaces;
    private final List<Matrix> blocks = new ArrayList<>();
    private final Matrix reordered;

    /**
     * @param inputs X in its original order, not kept
     * @param outputs k of the weights and gradients to come
     * @param skyline the outline of X
     */
    public SkylineInputs(LinearAlgebra la, Matrix inputs, int outputs, Skyline skyline) {
        this.la = la;
        this.skyline = skyline;
        featurePlaces = Skyline.inverse(skyline.featureOrder());
        reordered = la.allocate(outputs, inputs.rows());
        Matrix gathered = la.allocate(inputs.rows(), skyline.to(0));
        double[] whole = new double[Math.toIntExact(gathered.size())];
        double[] part = new double[whole.length];
        for (int block = 0; block < skyline.blocks(); block++) {
            blocks.add(store(block, inputs, gathered, whole, part));
        }
        la.release(gathered);
    }

    /** n. */
    public int samples() {
        return skyline.sampleOrder().length;
    }

    /** The columns of a matrix, one for each sample in the original order, in the skyline's order. */
    public Matrix reorder(Matrix matrix) {
        Matrix result = la.allocateLike(matrix);
        la.gatherColumns(matrix, skyline.sampleOrder(), 0, result);
        return result;
    }

    /** Z ← W X + β Z, where W is k × m and Z is k × n. */
    public void multiply(Matrix weight, double beta, Matrix z) {
        la.gatherColumns(weight, skyline.featureOrder(), 0, reordered);
        for (int i = 0; i < blocks.size(); i++) {
            Matrix block = blocks.get(i);
            la.gemm(1, reordered.columns(0, block.rows()), false, block, false, beta,
                    z.columns(skyline.from(i), skyline.to(i)));
        }
    }

    /** G ← R Xᵀ, where R is k × n and G is k × m. */
    public void multiplyTransposed(Matrix r, Matrix g) {
        la.fill(reordered, 0);
        for (int i = 0; i < blocks.size(); i++) {
            Matrix block = blocks.get(i);
            la.gemm(1, r.columns(skyline.from(i), skyline.to(i)), false, block, true, 1,
                    reordered.columns(0, block.rows()));
        }
        la.gatherColumns(reordered, featurePlaces, 0, g);
    }

    private Matrix store(int block, Matrix inputs, Matrix gathered, double[] whole, double[] part) {
        int from = skyline.from(block);
        int samples = skyline.to(block) - from;
        int height = skyline.height(block);
        Matrix target = gathered.columns(0, samples);
        la.gatherColumns(inputs, skyline.sampleOrder(), from, target);
        la.download(target, whole, 0);
        for (int j = 0; j < samples; j++) {
            for (int i = 0; i < height; i++) {
                part[j * height + i] = whole[j * inputs.rows() + skyline.featureOrder()[i]];
            }
        }
        Matrix stored = la.allocate(height, samples);
        la.upload(part, 0, stored);
        return stored;
    }
}

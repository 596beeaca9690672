package org.altmin.core.step;

import java.util.ArrayList;
import java.util.List;
import org.altmin.linalg.LinearAlgebra;
import org.altmin.linalg.Matrix;

/**
 * Inputs X, m × n, that never change, in {@link Skyline} storage: products with them take as many operations as there
 * are entries stored, 0.55 of all for MNIST. Samples stand in the skyline's order here, and so does every matrix with a
 * column for each sample; features keep theirs. What a product leaves out are terms with a factor 0 from X, so that an
 * infinite weight may go unnoticed there.
 */
public final class SkylineInputs implements LayerInputs {

    private final LinearAlgebra la;
    private final Matrix original;
    private final Skyline skyline;
    private final int[] featurePlaces;
    private final List<Matrix> blocks = new ArrayList<>();
    private final Matrix reordered;

    /**
     * @param inputs X in its original order
     * @param outputs k of the weights and gradients to come
     * @param skyline the outline of X
     */
    public SkylineInputs(LinearAlgebra la, Matrix inputs, int outputs, Skyline skyline) {
        this.la = la;
        original = inputs;
        this.skyline = skyline;
        featurePlaces = Skyline.inverse(skyline.featureOrder());
        reordered = la.allocate(outputs, inputs.rows());
        Matrix gathered = la.allocate(inputs.rows(), Math.min(samples(), Skyline.samplesAtATime(inputs.rows())));
        double[] whole = new double[Math.toIntExact(gathered.size())];
        double[] stored = new double[whole.length];
        for (int block = 0; block < skyline.blocks(); block++) {
            blocks.add(la.allocate(skyline.height(block), skyline.to(block) - skyline.from(block)));
            for (int from = skyline.from(block); from < skyline.to(block); from += gathered.columns()) {
                store(block, from, Math.min(from + gathered.columns(), skyline.to(block)), gathered, whole, stored);
            }
        }
        la.release(gathered);
    }

    @Override
    public int samples() {
        return original.columns();
    }

    /** The columns of a matrix, one for each sample in the original order, in the skyline's order. */
    public Matrix reorder(Matrix matrix) {
        Matrix result = la.allocateLike(matrix);
        la.gatherColumns(matrix, skyline.sampleOrder(), 0, result);
        return result;
    }

    @Override
    public void multiply(Matrix weight, double beta, Matrix z) {
        la.gatherColumns(weight, skyline.featureOrder(), 0, reordered);
        for (int i = 0; i < blocks.size(); i++) {
            Matrix block = blocks.get(i);
            la.gemm(1, reordered.columns(0, block.rows()), false, block, false, beta,
                    z.columns(skyline.from(i), skyline.to(i)));
        }
    }

    @Override
    public void multiplyTransposed(double alpha, Matrix residual, double beta, Matrix gradient) {
        if (beta == 0) {
            la.fill(reordered, 0);
        } else {
            la.gatherColumns(gradient, skyline.featureOrder(), 0, reordered);
            if (beta != 1) {
                la.scale(beta, reordered);
            }
        }
        for (int i = 0; i < blocks.size(); i++) {
            Matrix block = blocks.get(i);
            la.gemm(alpha, residual.columns(skyline.from(i), skyline.to(i)), false, block, true, 1,
                    reordered.columns(0, block.rows()));
        }
        la.gatherColumns(reordered, featurePlaces, 0, gradient);
    }

    @Override
    public void gram(Matrix gram) {
        la.syrk(1, original, false, 0, gram);
    }

    @Override
    public void sum(Matrix sum) {
        la.rowSums(original, sum);
    }

    private void store(int block, int from, int to, Matrix gathered, double[] whole, double[] stored) {
        int height = skyline.height(block);
        Matrix samples = gathered.columns(0, to - from);
        la.gatherColumns(original, skyline.sampleOrder(), from, samples);
        la.download(samples, whole, 0);
        for (int j = 0; j < to - from; j++) {
            for (int i = 0; i < height; i++) {
                stored[j * height + i] = whole[j * gathered.rows() + skyline.featureOrder()[i]];
            }
        }
        la.upload(stored, 0, blocks.get(block).columns(from - skyline.from(block), to - skyline.from(block)));
    }
}

package org.altmin.solvers.online;

import org.altmin.core.solver.StateArchive;
import org.altmin.linalg.Cholesky;
import org.altmin.linalg.LinearAlgebra;
import org.altmin.linalg.Matrix;

/** The whole covariance and its damped inverse: 2n²B operations for a product with a batch. */
final class ExactMetric implements InputMetric {

    private final LinearAlgebra la;
    private final Matrix gram;
    private final Matrix inverse;
    private final Matrix image;
    private final Matrix moveImage;
    private final Cholesky cholesky;

    /**
     * @param outputs k, or 0 if there is no product with a k × n matrix
     * @param batch the most columns of C, or 0 if there is no product with it
     */
    ExactMetric(LinearAlgebra la, int inputs, int outputs, int batch) {
        this.la = la;
        gram = la.allocate(inputs, inputs);
        inverse = la.allocate(inputs, inputs);
        image = la.allocate(inputs, batch);
        moveImage = la.allocate(outputs, inputs);
        cholesky = la.cholesky(inputs);
    }

    @Override
    public void accumulate(Matrix centred, double keep) {
        la.syrk((1 - keep) / centred.columns(), centred, false, keep, gram);
    }

    @Override
    public void refresh(double alpha) {
        cholesky.factor(gram, alpha);
        cholesky.inverse(inverse);
    }

    @Override
    public Matrix timesInputs(double scale, Matrix centred) {
        Matrix images = image.columns(0, centred.columns());
        la.gemm(scale, inverse, false, centred, false, 0, images);
        return images;
    }

    @Override
    public Matrix timesMove(double scale, Matrix move) {
        la.gemm(scale, move, false, inverse, false, 0, moveImage);
        return moveImage;
    }

    @Override
    public void archive(StateArchive archive, int layer) {
        archive.matrix("gram" + layer, gram);
        archive.matrix("inverse" + layer, inverse);
    }
}

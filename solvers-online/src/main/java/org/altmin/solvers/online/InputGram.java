package org.altmin.solvers.online;

import org.altmin.core.solver.StateArchive;
import org.altmin.linalg.Cholesky;
import org.altmin.linalg.Expr;
import org.altmin.linalg.Kernel;
import org.altmin.linalg.LinearAlgebra;
import org.altmin.linalg.Matrix;

/**
 * The running covariance G of a layer's inputs, and the least-squares steps in its metric.
 *
 * <p>With c = a − m, m the mean over the batch, a step with the bias absorbed, which the ridge leaves alone, is
 * <pre>
 *   ΔW = D Xᵀ/B,   X = P C,   P = (G + αI)⁻¹,   Δb = (D 1 − ΔW·B m)/B = D v/B,   v = 1 − Xᵀ m.
 * </pre>
 * Without biases m = 0. P and α are those of the last {@link #refresh}.
 */
final class InputGram {

    private static final Expr FIRST = Expr.input(0);
    private static final Expr SECOND = Expr.input(1);
    private static final Kernel CENTRE = centre();
    private static final Kernel BIAS_INPUT = Kernel.map(Expr.constant(1).minus(FIRST));

    private final LinearAlgebra la;
    private final int width;
    private final boolean bias;
    private final boolean inputsFirst;
    private final Matrix gram;
    private final Matrix inverse;
    private final Matrix mean;
    private final Matrix centred;
    private final Matrix image;
    private final Matrix biasInput;
    private final Matrix weightMove;
    private final Matrix biasMove;
    private final Cholesky cholesky;
    private final double[] total = new double[1];
    private Matrix inputs;
    private double batchVariance;
    private double variance;
    private double alpha;

    /**
     * @param inputs n, rows of a
     * @param outputs k, rows of W
     * @param batch the most columns of a
     */
    InputGram(LinearAlgebra la, int inputs, int outputs, boolean bias, int batch) {
        this.la = la;
        width = inputs;
        this.bias = bias;
        inputsFirst = batch <= outputs;
        gram = la.allocate(inputs, inputs);
        inverse = la.allocate(inputs, inputs);
        mean = la.allocate(inputs, 1);
        centred = la.allocate(inputs, batch);
        image = inputsFirst ? la.allocate(inputs, batch) : la.allocate(outputs, inputs);
        weightMove = inputsFirst ? null : la.allocate(outputs, inputs);
        biasInput = inputsFirst ? la.allocate(1, batch) : null;
        biasMove = inputsFirst ? null : la.allocate(outputs, 1);
        cholesky = la.cholesky(inputs);
    }

    /** Takes a batch: a, n × B. */
    void load(Matrix batch) {
        int count = batch.columns();
        if (bias) {
            inputs = centred.columns(0, count);
            la.rowSums(batch, mean);
            la.scale(1.0 / count, mean);
            la.apply(CENTRE, new Matrix[] {inputs}, total, new double[0], batch, mean);
            batchVariance = total[0] / batch.size();
        } else {
            inputs = batch;
            batchVariance = la.squaredNorm(batch) / batch.size();
        }
    }

    /** G ← keep·G + (1 − keep) C Cᵀ/B. */
    void accumulate(double keep) {
        la.syrk((1 - keep) / inputs.columns(), inputs, false, keep, gram);
    }

    /** Takes over G as it is now, with α = damping · trace(G)/n. */
    void refresh(double damping) {
        variance = la.trace(gram) / width;
        // Inputs that do not vary, behind dead activations, must leave a matrix that can be factored too.
        alpha = damping * (variance > 0 ? variance : 1);
        cholesky.factor(gram, alpha);
        cholesky.inverse(inverse);
    }

    /** The mean eigenvalue of G + αI. */
    double stiffness() {
        return variance + alpha;
    }

    /**
     * W ← W + factor·D Xᵀ and b ← b + factor·D v, of the two orders of the products by the cheaper one: 2nB(n + k) or
     * 2nk(n + B) operations. Where the batch varies more than G knows, by a ratio r, P is taken to be P/r.
     *
     * @param deltas D, k × B
     */
    void move(Matrix weight, Matrix biases, Matrix deltas, double factor) {
        double ratio = variance > 0 ? Math.max(1, batchVariance / variance) : 1;
        if (inputsFirst) {
            moveByInputs(weight, biases, deltas, factor, 1 / ratio);
        } else {
            moveByWeights(weight, biases, deltas, factor, 1 / ratio);
        }
    }

    private void moveByInputs(Matrix weight, Matrix biases, Matrix deltas, double factor, double scale) {
        Matrix images = image.columns(0, inputs.columns());
        la.gemm(scale, inverse, false, inputs, false, 0, images);
        la.gemm(factor, deltas, false, images, true, 1, weight);
        if (bias) {
            Matrix ones = biasInput.columns(0, inputs.columns());
            la.gemm(1, mean, true, images, false, 0, ones);
            la.map(ones, BIAS_INPUT, ones);
            la.gemm(factor, deltas, false, ones, true, 1, biases);
        }
    }

    private void moveByWeights(Matrix weight, Matrix biases, Matrix deltas, double factor, double scale) {
        la.gemm(1, deltas, false, inputs, true, 0, image);
        la.gemm(scale, image, false, inverse, false, 0, weightMove);
        la.add(factor, weightMove, weight);
        if (bias) {
            la.rowSums(deltas, biasMove);
            la.gemm(-1, weightMove, false, mean, false, 1, biasMove);
            la.add(factor, biasMove, biases);
        }
    }

    void archive(StateArchive archive, int layer) {
        archive.matrix("gram" + layer, gram);
        archive.matrix("inverse" + layer, inverse);
        variance = archive.number("variance" + layer, variance);
        alpha = archive.number("alpha" + layer, alpha);
    }

    /** a − m, and its square. */
    private static Kernel centre() {
        Expr difference = FIRST.minus(SECOND);
        return Kernel.builder().output(difference).sum(difference.square()).build();
    }
}

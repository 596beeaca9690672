package org.altmin.solvers.online;

import org.altmin.core.solver.StateArchive;
import org.altmin.core.step.Elementwise;
import org.altmin.linalg.Expr;
import org.altmin.linalg.Kernel;
import org.altmin.linalg.LinearAlgebra;
import org.altmin.linalg.Matrix;
import org.altmin.linalg.RandomStream;

/**
 * The least-squares steps of a layer in the metric of the running covariance G of its inputs.
 *
 * <p>With c = a − m, m the mean over the batch, a step with the bias absorbed, which the ridge leaves alone, is
 * <pre>
 *   ΔW = D Xᵀ/B,   X = P C,   P = (G + αI)⁻¹,   Δb = (D 1 − ΔW·B m)/B = D v/B,   v = 1 − Xᵀ m.
 * </pre>
 * Without biases m = 0. P and α are those of the last {@link #refresh}.
 */
final class InputGram {

    private static final Expr FIRST = Expr.input(0);
    private static final Kernel BIAS_INPUT = Kernel.map(Expr.constant(1).minus(FIRST));

    private final LinearAlgebra la;
    private final boolean bias;
    private final boolean inputsFirst;
    private final InputMetric metric;
    private final Matrix ones;
    private final Matrix mean;
    private final Matrix centred;
    private final Matrix biasInput;
    private final Matrix weightMove;
    private final Matrix biasMove;
    private final double[] total = new double[1];
    private Matrix inputs;
    private double batchVariance;
    private double runningVariance;
    private double variance;
    private double alpha;

    /**
     * @param inputs n, rows of a
     * @param outputs k, rows of W
     * @param batch the most columns of a
     * @param rank of the sketch of G; where a sketch would not be less work, or the rank is 0, G is kept whole
     */
    InputGram(LinearAlgebra la, int inputs, int outputs, boolean bias, int batch, int rank, RandomStream random) {
        this.la = la;
        this.bias = bias;
        inputsFirst = isInputsFirst(outputs, batch);
        int moved = inputsFirst ? 0 : outputs;
        metric = isSketched(inputs, rank) ? new SketchedMetric(la, inputs, rank, moved, batch, random)
                : new ExactMetric(la, inputs, moved, inputsFirst ? batch : 0);
        ones = la.allocate(1, batch);
        la.fill(ones, 1);
        mean = la.allocate(inputs, 1);
        centred = la.allocate(inputs, batch);
        weightMove = inputsFirst ? null : la.allocate(outputs, inputs);
        biasInput = inputsFirst ? la.allocate(1, batch) : null;
        biasMove = inputsFirst ? null : la.allocate(outputs, 1);
    }

    private static boolean isSketched(int inputs, int rank) {
        return rank > 0 && 2 * rank < inputs;
    }

    /** The cheaper order of the products in a step. */
    private static boolean isInputsFirst(int outputs, int batch) {
        return batch <= outputs;
    }

    /** Takes a batch: a, n × B. */
    void load(Matrix batch) {
        int count = batch.columns();
        inputs = centred.columns(0, count);
        if (bias) {
            la.gemm(1.0 / count, batch, false, ones.columns(0, count), true, 0, mean);
        }
        la.apply(Elementwise.DIFFERENCE_AND_SQUARE, new Matrix[] {inputs}, total, new double[0], batch, mean);
        batchVariance = total[0] / batch.size();
    }

    /** G ← keep·G + (1 − keep) C Cᵀ/B. */
    void accumulate(double keep) {
        metric.accumulate(inputs, keep);
        runningVariance = keep * runningVariance + (1 - keep) * batchVariance;
    }

    /** Takes over G as it is now, with α = damping · trace(G)/n. */
    void refresh(double damping) {
        variance = runningVariance;
        // Inputs that do not vary, behind dead activations, must leave a matrix that can be factored too.
        alpha = damping * (variance > 0 ? variance : 1);
        metric.refresh(alpha);
    }

    /** The root of trace(G), as it runs: of the mean square of ‖c‖. */
    double deviation() {
        return Math.sqrt(mean.rows() * runningVariance);
    }

    /** The mean eigenvalue of G + αI. */
    double stiffness() {
        return variance + alpha;
    }

    /**
     * W ← keep·W + factor·D Xᵀ and b ← b + factor·D v, in the cheaper order of the products, once for each batch
     * loaded. Where the batch varies more than G knows, by a ratio r, P is taken to be P/r.
     *
     * @param deltas D, k × B
     */
    void move(Matrix weight, Matrix biases, Matrix deltas, double keep, double factor) {
        double ratio = variance > 0 ? Math.max(1, batchVariance / variance) : 1;
        if (inputsFirst) {
            moveByInputs(weight, biases, deltas, keep, factor, 1 / ratio);
        } else {
            moveByWeights(weight, biases, deltas, keep, factor, 1 / ratio);
        }
    }

    private void moveByInputs(Matrix weight, Matrix biases, Matrix deltas, double keep, double factor, double scale) {
        Matrix images = metric.timesInputs(scale, inputs);
        la.gemm(factor, deltas, false, images, true, keep, weight);
        if (bias) {
            Matrix biasInputs = biasInput.columns(0, images.columns());
            la.gemm(1, mean, true, images, false, 0, biasInputs);
            la.map(biasInputs, BIAS_INPUT, biasInputs);
            la.gemm(factor, deltas, false, biasInputs, true, 1, biases);
        }
    }

    private void moveByWeights(Matrix weight, Matrix biases, Matrix deltas, double keep, double factor, double scale) {
        la.gemm(1, deltas, false, inputs, true, 0, weightMove);
        Matrix moves = metric.timesMove(scale, weightMove);
        if (keep != 1) {
            la.scale(keep, weight);
        }
        la.add(factor, moves, weight);
        if (bias) {
            la.gemm(1, deltas, false, ones.columns(0, deltas.columns()), true, 0, biasMove);
            la.gemm(-1, moves, false, mean, false, 1, biasMove);
            la.add(factor, biasMove, biases);
        }
    }

    void archive(StateArchive archive, int layer) {
        metric.archive(archive, layer);
        runningVariance = archive.number("runningVariance" + layer, runningVariance);
        variance = archive.number("variance" + layer, variance);
        alpha = archive.number("alpha" + layer, alpha);
    }
}

package org.altmin.solvers.online;

import org.altmin.core.solver.StateArchive;
import org.altmin.linalg.Cholesky;
import org.altmin.linalg.Expr;
import org.altmin.linalg.Kernel;
import org.altmin.linalg.LinearAlgebra;
import org.altmin.linalg.Matrix;

/**
 * The running mean Ḡ of ã ãᵀ over a layer's inputs ã = [a; 1], and the least-squares steps in its metric.
 *
 * <p>The row of ones is never formed. With G and s the means of a aᵀ and a, and t = 1 + α, elimination of the bias gives
 * <pre>
 *   (Ḡ + αI)⁻¹ [a; 1] = [x; v],   x = P c,   c = a − s/t,   P = (G − s sᵀ/t + αI)⁻¹,   v = (1 − (P s)ᵀ c)/t.
 * </pre>
 * Without biases s = 0. P, s, and α are those of the last {@link #refresh}.
 */
final class InputGram {

    /** A variance below this share of the mean square is rounding. */
    private static final double LEAST_VARIANCE = 1e-6;
    private static final Expr FIRST = Expr.input(0);
    private static final Expr SECOND = Expr.input(1);
    private static final Kernel MIX = Kernel.map(Expr.parameter(0).times(FIRST)
            .plus(Expr.parameter(1).times(SECOND)));
    private static final Kernel CENTRE = Kernel.map(FIRST.minus(SECOND));
    private static final Kernel BIAS_INPUT = Kernel.map(Expr.constant(1).minus(FIRST).dividedBy(Expr.parameter(0)));

    private final LinearAlgebra la;
    private final int width;
    private final boolean bias;
    private final boolean inputsFirst;
    private final Matrix gram;
    private final Matrix mean;
    private final Matrix sum;
    private final Matrix centredGram;
    private final Matrix inverse;
    private final Matrix meanImage;
    private final Matrix offset;
    private final Matrix centred;
    private final Matrix image;
    private final Matrix biasInput;
    private final Cholesky cholesky;
    private double alpha;
    private double stiffness;

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
        mean = la.allocate(inputs, 1);
        sum = la.allocate(inputs, 1);
        centredGram = la.allocate(inputs, inputs);
        inverse = la.allocate(inputs, inputs);
        meanImage = la.allocate(inputs, 1);
        offset = la.allocate(inputs, 1);
        centred = la.allocate(inputs, batch);
        image = inputsFirst ? la.allocate(inputs, batch) : la.allocate(outputs, inputs);
        biasInput = la.allocate(1, batch);
        cholesky = la.cholesky(inputs);
    }

    /** Adds a batch: Ḡ ← keep·Ḡ + (1 − keep)·(mean over the batch). */
    void accumulate(Matrix inputs, double keep) {
        double share = (1 - keep) / inputs.columns();
        la.syrk(share, inputs, false, keep, gram);
        if (bias) {
            la.rowSums(inputs, sum);
            la.map(mean, MIX, new double[] {keep, share}, mean, sum);
        }
    }

    /** Takes over Ḡ as it is now, with α = damping · (mean variance of the inputs). */
    void refresh(double damping) {
        double meanSquare = la.trace(gram) / width;
        double variance = bias ? meanSquare - la.squaredNorm(mean) / width : meanSquare;
        double scale = Math.max(variance, LEAST_VARIANCE * meanSquare);
        // Inputs that are all 0, behind dead activations, must leave a matrix that can be factored too.
        alpha = damping * (scale > 0 ? scale : 1);
        stiffness = scale + alpha;
        la.copy(gram, centredGram);
        if (bias) {
            la.gemm(-1 / (1 + alpha), mean, false, mean, true, 1, centredGram);
        }
        cholesky.factor(centredGram, alpha);
        cholesky.inverse(inverse);
        if (bias) {
            la.multiply(inverse, mean, meanImage);
            la.copy(mean, offset);
            la.scale(1 / (1 + alpha), offset);
        }
    }

    /** The mean eigenvalue of G − s sᵀ + αI. */
    double stiffness() {
        return stiffness;
    }

    /**
     * [W b] ← [W b] + factor · D Ãᵀ (Ḡ + αI)⁻¹, of the two orders of the products by the cheaper one: 2nB(n + k) or
     * 2nk(n + B) operations.
     *
     * @param deltas D, k × B
     * @param inputs a, n × B
     */
    void move(Matrix weight, Matrix biases, Matrix deltas, Matrix inputs, double factor) {
        int count = inputs.columns();
        Matrix centredInputs = inputs;
        if (bias) {
            centredInputs = centred.columns(0, count);
            la.map(centredInputs, CENTRE, inputs, offset);
            Matrix ones = biasInput.columns(0, count);
            la.gemm(1, meanImage, true, centredInputs, false, 0, ones);
            la.map(ones, BIAS_INPUT, new double[] {1 + alpha}, ones);
            la.gemm(factor, deltas, false, ones, true, 1, biases);
        }
        if (inputsFirst) {
            Matrix images = image.columns(0, count);
            la.multiply(inverse, centredInputs, images);
            la.gemm(factor, deltas, false, images, true, 1, weight);
        } else {
            la.gemm(1, deltas, false, centredInputs, true, 0, image);
            la.gemm(factor, image, false, inverse, false, 1, weight);
        }
    }

    void archive(StateArchive archive, int layer) {
        archive.matrix("gram" + layer, gram);
        archive.matrix("mean" + layer, mean);
        archive.matrix("inverse" + layer, inverse);
        archive.matrix("meanImage" + layer, meanImage);
        archive.matrix("offset" + layer, offset);
        alpha = archive.number("alpha" + layer, alpha);
        stiffness = archive.number("stiffness" + layer, stiffness);
    }
}

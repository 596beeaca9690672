package org.altmin.core.step;

import org.altmin.core.operator.Regularizer;
import org.altmin.linalg.AltminException;
import org.altmin.linalg.Cholesky;
import org.altmin.linalg.LinearAlgebra;
import org.altmin.linalg.Matrix;
import org.altmin.linalg.Reduction;

/**
 * The weight step of {@link WeightStep}, every rule of it, through the Gram matrix G = A Aᵀ (m × m): once the gradient
 * g = R Aᵀ (k × m) is there, a step touches no sample. The caller says when A has changed and finds the gradient; what
 * the residual changes by, {@link #move()} A, it forms where it needs it.
 *
 * <p>Exact steps factor G + (α + μ/ρ) I again only when G or ρ has changed.
 */
public final class GramWeightStep {

    private static final double[] NONE = {};

    private final LinearAlgebra la;
    private final Regularizer penalty;
    private final double damping;
    private final RowDescent descent;
    private final Cholesky cholesky;
    private final Matrix gram;
    private final Matrix gramImage;
    private final Matrix gradient;
    private final Matrix move;
    private final Matrix total;
    private double factoredRidge = Double.NaN;

    /**
     * @param workspace where the gradient and the move live
     * @param penalty Ω; {@link UpdateRule#EXACT} needs it to be quadratic
     * @param damping of exact steps, relative to the mean diagonal entry of the Gram matrix; 0 for none
     * @param outputs k, rows of W
     * @param inputs m, columns of W
     * @throws AltminException if the rule does not go with Ω
     */
    public GramWeightStep(Workspace workspace, UpdateRule rule, Regularizer penalty, double damping, int outputs,
            int inputs) {
        boolean exact = rule == UpdateRule.EXACT;
        if (exact && !penalty.isQuadratic()) {
            throw new AltminException("Exact weight steps need a quadratic regularizer (none or l2), not '"
                    + penalty.name() + "'; use updates=majorised with it.");
        }
        la = workspace.la();
        this.penalty = penalty;
        this.damping = damping;
        descent = exact ? null : new RowDescent(workspace, rule, penalty, outputs, inputs);
        cholesky = exact ? la.cholesky(inputs) : null;
        gram = la.allocate(inputs, inputs);
        gramImage = workspace.matrix("weight gram image", outputs, inputs);
        gradient = workspace.matrix("weight gradient", outputs, inputs);
        move = exact ? workspace.matrix("weight descent", outputs, inputs) : null;
        total = workspace.matrix("weight total move", outputs, inputs);
    }

    /** What moves W, for a caller that measures curvatures itself; {@code null} for exact steps. */
    RowDescent descent() {
        return descent;
    }

    /** Forms G. */
    public void setInputs(LayerInputs inputs) {
        inputs.gram(gram);
        factoredRidge = Double.NaN;
    }

    /** G, m × m. */
    public Matrix gram() {
        return gram;
    }

    /** g, k × m, for the caller to fill; valid until another step that shares the workspace. */
    public Matrix gradient() {
        return gradient;
    }

    /** See {@link WeightStep#setScalarStart}. */
    public void setScalarStart(double value) {
        if (descent != null) {
            descent.setScalarStart(value);
        }
    }

    /**
     * Steps in a row, from the gradient at W.
     *
     * @param weight W, k × m
     * @param rho ρ
     * @return ‖ΔW‖², summed over the steps
     */
    public double steps(int count, Matrix weight, double rho) {
        la.fill(total, 0);
        double squaredStep = 0;
        for (int i = 1; i <= count; i++) {
            squaredStep += descent == null ? exactStep(weight, rho, i < count) : descend(weight, rho, i < count);
        }
        return squaredStep;
    }

    /** The sum of the moves of the last steps, k × m; valid until another step that shares the workspace. */
    public Matrix move() {
        return total;
    }

    /** How often a stiffness was doubled since the last call. */
    public long takeDoublings() {
        return descent == null ? 0 : descent.takeDoublings();
    }

    private double descend(Matrix weight, double rho, boolean more) {
        double squaredStep = descent.step(gradient, weight, rho, this::measure);
        la.map(total, Elementwise.PLUS_PRODUCT, total, descent.scale(), descent.direction());
        if (more) {
            la.map(gradient, Elementwise.PLUS_PRODUCT, gradient, descent.scale(), gramImage);
        }
        return squaredStep;
    }

    private double exactStep(Matrix weight, double rho, boolean more) {
        prepareFactor(rho);
        la.map(move, RowMoves.NEGATED_PENALISED, new double[] {penalty.quadratic() / rho}, gradient, weight);
        cholesky.solveRight(move);
        la.add(1, move, weight);
        la.add(1, move, total);
        if (more) {
            la.gemm(1, move, false, gram, false, 1, gradient);
        }
        return la.squaredNorm(move);
    }

    private void measure(Matrix direction, Matrix curvature) {
        la.multiply(direction, gram, gramImage);
        la.reduceRows(Elementwise.PRODUCT, Reduction.SUM, curvature, NONE, direction, gramImage);
    }

    private void prepareFactor(double rho) {
        double mean = la.trace(gram) / gram.rows();
        // Inputs that are all 0, behind dead activations, must leave a matrix that can be factored too.
        double ridge = damping * (mean > 0 ? mean : 1) + penalty.quadratic() / rho;
        if (ridge != factoredRidge) {
            factoredRidge = Double.NaN;
            cholesky.factor(gram, ridge);
            factoredRidge = ridge;
        }
    }
}

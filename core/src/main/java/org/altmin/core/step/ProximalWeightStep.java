package org.altmin.core.step;

import org.altmin.core.operator.Regularizer;
import org.altmin.linalg.Cholesky;
import org.altmin.linalg.Expr;
import org.altmin.linalg.Kernel;
import org.altmin.linalg.LinearAlgebra;
import org.altmin.linalg.Matrix;
import org.altmin.linalg.Reduction;

/**
 * The proximal weight step of one layer, weights and bias together:
 * <pre>
 *   (W, b) ← argmin (γ/2)‖W A + b 1ᵀ − T‖² + Ω(W) + (α/2)(‖W − W₀‖² + ‖b − b₀‖²),   γ, α &gt; 0,
 * </pre>
 * the W_i-update of bcd-kl.md, Algorithm 2, where the bias is absorbed into W_i. It is given the residual
 * R = W₀ A + b₀ 1ᵀ − T and does not say what the residual becomes, which costs a product and is not always wanted.
 *
 * <p>With G = A Aᵀ, s = A 1, r = R 1 and κ = γ/(γn + α) the best bias is b₀ − κ(r + (W − W₀)s), and what is left is a
 * problem in ΔW with the gradient g = R Aᵀ − κ r sᵀ and the metric M = G − κ s sᵀ: samples are touched once, by R Aᵀ
 * (2kmn operations) and G (m²n).
 * <ul>
 * <li>Ω = (μ/2)‖W‖²: exact, ΔW = −(g + (μ/γ) W₀)(M + ((α + μ)/γ) I)⁻¹.
 * <li>The same with fewer samples than inputs: through the n × n matrix of their inner products (Woodbury),
 * W = (α/β) W₀ − (γ/β) S Aᵀ, b = b₀ − (γ/α) S 1, S = R̄ (I + (γ/β) AᵀA + (γ/α) 1 1ᵀ)⁻¹, β = α + μ, with R̄ = R less
 * (μ/β) W₀ A.
 * <li>Any other Ω: a fixed number of proximal gradient steps from W₀ that never touch a sample, each with a stiffness a
 * row that majorises, doubled until it does. They only ever decrease the objective, so it falls by at least
 * (α/2)(‖ΔW‖² + ‖Δb‖²) as with the minimiser.
 * </ul>
 */
public final class ProximalWeightStep {

    private static final double[] NONE = {};
    private static final Expr FIRST = Expr.input(0);
    private static final Expr SECOND = Expr.input(1);
    private static final Expr THIRD = Expr.input(2);

    /** g + ΔW M + p₀ ΔW. */
    private static final Kernel SLOPE =
            Kernel.map(FIRST.plus(SECOND).plus(Expr.parameter(0).times(THIRD)));
    /** p₀ x + p₁. */
    private static final Kernel AFFINE = Kernel.map(Expr.parameter(0).times(FIRST).plus(Expr.parameter(1)));
    private static final Kernel LESS = Kernel.map(FIRST.minus(Expr.parameter(0).times(SECOND)));
    /** p₀ x + p₁ y, and the square of what x moves by. */
    private static final Kernel COMBINE = combine();
    private static final Kernel ADD = Kernel.builder().output(FIRST.plus(SECOND)).sum(SECOND.square()).build();

    private final LinearAlgebra la;
    private final Regularizer penalty;
    private final int proximalSteps;
    private final boolean bias;
    private final int samples;
    private final boolean bySamples;
    private final Kernel proximalMove;
    private final Cholesky cholesky;
    private final Matrix gradient;
    private final Matrix metric;
    private final Matrix total;
    private final Matrix totalImage;
    private final Matrix point;
    private final Matrix move;
    private final Matrix moveImage;
    private final Matrix residualSum;
    private final Matrix inputSum;
    private final Matrix biasMove;
    private final Matrix squaredNorm;
    private final Matrix curvature;
    private final Matrix stiffness;
    private final Matrix sampleGram;
    private final Matrix shifted;
    private Matrix fixedGram;
    private Matrix fixedSum;
    private long doublings;

    /**
     * @param workspace where everything lives that does not outlive a step
     * @param penalty Ω
     * @param proximalSteps how many are taken if Ω is not quadratic
     * @param bias whether there is a bias
     * @param outputs k, rows of W
     * @param inputs m, columns of W and rows of A
     * @param samples n, columns of A
     */
    public ProximalWeightStep(Workspace workspace, Regularizer penalty, int proximalSteps, boolean bias, int outputs,
            int inputs, int samples) {
        la = workspace.la();
        this.penalty = penalty;
        this.proximalSteps = proximalSteps;
        this.bias = bias;
        this.samples = samples;
        boolean exact = penalty.isQuadratic();
        bySamples = exact && samples < inputs;
        total = workspace.matrix("total move", outputs, inputs);
        residualSum = workspace.matrix("residual sum", outputs, 1);
        inputSum = workspace.matrix("input sum", inputs, 1);
        biasMove = workspace.matrix("bias move", outputs, 1);
        cholesky = exact ? workspace.cholesky(bySamples ? samples : inputs) : null;
        gradient = bySamples ? null : workspace.matrix("gradient", outputs, inputs);
        metric = bySamples ? null : workspace.matrix("metric", inputs, inputs);
        sampleGram = bySamples ? workspace.matrix("sample gram", samples, samples) : null;
        shifted = bySamples ? workspace.matrix("shifted residual", outputs, samples) : null;
        totalImage = exact ? null : workspace.matrix("total image", outputs, inputs);
        point = exact ? null : workspace.matrix("point", outputs, inputs);
        move = exact ? null : workspace.matrix("move", outputs, inputs);
        moveImage = exact ? null : workspace.matrix("move image", outputs, inputs);
        squaredNorm = exact ? null : workspace.matrix("squared norm", outputs, 1);
        curvature = exact ? null : workspace.matrix("curvature", outputs, 1);
        stiffness = exact ? null : workspace.matrix("stiffness", outputs, 1);
        proximalMove = exact ? null : RowMoves.proximalMove(penalty);
    }

    /** Says that every step will have this A, and sums over its samples once. */
    public void fixInputs(Matrix inputs) {
        if (!bySamples) {
            fixedGram = la.allocate(inputs.rows(), inputs.rows());
            fixedSum = la.allocate(inputs.rows(), 1);
            la.syrk(1, inputs, false, 0, fixedGram);
            la.rowSums(inputs, fixedSum);
        }
    }

    /**
     * One step.
     *
     * @param residual R, k × n; not changed
     * @param inputs A, m × n
     * @param weight W₀, k × m, becomes W
     * @param biases b₀, k × 1, becomes b
     * @return ‖ΔW‖² + ‖Δb‖²
     * @throws org.altmin.linalg.NotPositiveDefiniteException if α is lost in the rounding of G
     */
    public double step(Matrix residual, Matrix inputs, Matrix weight, Matrix biases, double gamma, double alpha) {
        return bySamples ? stepBySamples(residual, inputs, weight, biases, gamma, alpha)
                : stepByInputs(residual, inputs, weight, biases, gamma, alpha);
    }

    /** How often a stiffness was doubled since the last call. */
    public long takeDoublings() {
        long result = doublings;
        doublings = 0;
        return result;
    }

    private double stepByInputs(Matrix residual, Matrix inputs, Matrix weight, Matrix biases, double gamma,
            double alpha) {
        double kappa = gamma / (gamma * samples + alpha);
        la.gemm(1, residual, false, inputs, true, 0, gradient);
        prepareMetric(inputs);
        if (bias) {
            la.rowSums(residual, residualSum);
            la.gemm(-kappa, residualSum, false, inputSum, true, 1, gradient);
            la.gemm(-kappa, inputSum, false, inputSum, true, 1, metric);
        }
        double squaredStep;
        if (penalty.isQuadratic()) {
            double mu = penalty.quadratic();
            la.map(total, RowMoves.NEGATED_PENALISED, new double[] {mu / gamma}, gradient, weight);
            cholesky.factor(metric, (alpha + mu) / gamma);
            cholesky.solveRight(total);
            squaredStep = add(total, weight);
        } else {
            descend(weight, gamma, alpha);
            squaredStep = la.squaredNorm(total);
        }
        if (bias) {
            la.gemm(-kappa, total, false, inputSum, false, 0, biasMove);
            la.add(-kappa, residualSum, biasMove);
            squaredStep += add(biasMove, biases);
        }
        return squaredStep;
    }

    private void prepareMetric(Matrix inputs) {
        if (fixedGram != null) {
            la.copy(fixedGram, metric);
            la.copy(fixedSum, inputSum);
            return;
        }
        la.syrk(1, inputs, false, 0, metric);
        if (bias) {
            la.rowSums(inputs, inputSum);
        }
    }

    /** Proximal gradient steps; leaves W − W₀ in {@link #total}. */
    private void descend(Matrix weight, double gamma, double alpha) {
        double[] anchor = {alpha / gamma};
        la.fill(total, 0);
        la.fill(totalImage, 0);
        for (int i = 0; i < proximalSteps; i++) {
            Matrix slope = totalImage;
            la.map(slope, SLOPE, anchor, gradient, totalImage, total);
            measure(slope);
            la.map(stiffness, RowMoves.STIFFNESS, anchor, squaredNorm, curvature);
            double[] failures = {1};
            for (int doubling = 0; doubling < RowMoves.MOST_DOUBLINGS && failures[0] > 0; doubling++) {
                la.apply(proximalMove, new Matrix[] {point, move}, NONE, new double[] {gamma}, weight, slope,
                        stiffness);
                measure(move);
                la.apply(RowMoves.RAISE_STIFFNESS, new Matrix[] {stiffness}, failures, anchor, stiffness, squaredNorm,
                        curvature);
                doublings += failures[0] > 0 ? 1 : 0;
            }
            la.copy(point, weight);
            add(move, total);
            if (i + 1 < proximalSteps) {
                la.multiply(total, metric, totalImage);
            }
        }
    }

    /** squaredNorm_i ← ‖d_i‖², curvature_i ← d_i M d_iᵀ. */
    private void measure(Matrix direction) {
        la.multiply(direction, metric, moveImage);
        la.reduceRows(RowMoves.SQUARE, Reduction.SUM, squaredNorm, NONE, direction);
        la.reduceRows(RowMoves.PRODUCT, Reduction.SUM, curvature, NONE, direction, moveImage);
    }

    private double stepBySamples(Matrix residual, Matrix inputs, Matrix weight, Matrix biases, double gamma,
            double alpha) {
        double mu = penalty.quadratic();
        double beta = alpha + mu;
        if (mu == 0) {
            la.copy(residual, shifted);
        } else {
            la.multiply(weight, inputs, shifted);
            la.map(shifted, LESS, new double[] {mu / beta}, residual, shifted);
        }
        la.syrk(1, inputs, true, 0, sampleGram);
        la.map(sampleGram, AFFINE, new double[] {gamma / beta, bias ? gamma / alpha : 0}, sampleGram);
        cholesky.factor(sampleGram, 1);
        cholesky.solveRight(shifted);
        la.gemm(1, shifted, false, inputs, true, 0, total);
        double[] squaredStep = new double[1];
        la.apply(COMBINE, new Matrix[] {weight}, squaredStep, new double[] {alpha / beta, -gamma / beta}, weight,
                total);
        if (bias) {
            la.rowSums(shifted, biasMove);
            la.scale(-gamma / alpha, biasMove);
            squaredStep[0] += add(biasMove, biases);
        }
        return squaredStep[0];
    }

    private double add(Matrix move, Matrix target) {
        double[] squaredNorm = new double[1];
        la.apply(ADD, new Matrix[] {target}, squaredNorm, NONE, target, move);
        return squaredNorm[0];
    }

    private static Kernel combine() {
        Expr moved = Expr.parameter(0).times(FIRST).plus(Expr.parameter(1).times(SECOND));
        return Kernel.builder().output(moved).sum(moved.minus(FIRST).square()).build();
    }
}

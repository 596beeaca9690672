package org.altmin.core.step;

import org.altmin.core.operator.Regularizer;
import org.altmin.linalg.Cholesky;
import org.altmin.linalg.Expr;
import org.altmin.linalg.Kernel;
import org.altmin.linalg.LinearAlgebra;
import org.altmin.linalg.Matrix;

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
 * <li>Any other Ω: a fixed number of accelerated proximal gradient steps (FISTA) from W₀ that never touch a sample, of
 * stiffness ‖M‖_F + α/γ. The momentum is dropped, and the step not taken, when the objective would rise; so it falls by
 * at least (α/2)(‖ΔW‖² + ‖Δb‖²) as with the minimiser.
 * </ul>
 *
 * <p>With {@link BiasStep#SIMULTANEOUS} each of W and b minimises with the other's old value: the same without the
 * terms that couple them, and b = b₀ − κ r.
 */
public final class ProximalWeightStep {

    private static final double[] NONE = {};
    private static final Expr FIRST = Expr.input(0);
    private static final Expr SECOND = Expr.input(1);
    private static final Expr THIRD = Expr.input(2);
    private static final Expr FOURTH = Expr.input(3);

    /** W₀ + Y − (g + Y M + p₀ Y)/p₁ of W₀, Y, Y M and g. */
    private static final Kernel FORWARD = forward();
    /** z + p₀(z − x). */
    private static final Kernel EXTRAPOLATE = Kernel.map(FIRST.plus(Expr.parameter(0).times(FIRST.minus(SECOND))));
    /** p₀ x + p₁. */
    private static final Kernel AFFINE = Kernel.map(Expr.parameter(0).times(FIRST).plus(Expr.parameter(1)));
    /** p₀ x + p₁ y, and the square of what x moves by. */
    private static final Kernel COMBINE = combine();

    private final LinearAlgebra la;
    private final Regularizer penalty;
    private final int proximalSteps;
    private final boolean bias;
    private final boolean joint;
    private final int samples;
    private final boolean bySamples;
    private final Kernel backward;
    private final Kernel objective;
    private final Cholesky cholesky;
    private final Matrix gradient;
    private final Matrix metric;
    private final Matrix total;
    private final Matrix totalImage;
    private final Matrix start;
    private final Matrix point;
    private final Matrix candidate;
    private final Matrix candidateImage;
    private final Matrix leading;
    private final Matrix leadingImage;
    private final Matrix residualSum;
    private final Matrix inputSum;
    private final Matrix biasMove;
    private final Matrix sampleGram;
    private final Matrix shifted;
    private LayerInputs fixed;
    private Matrix fixedGram;
    private Matrix fixedSum;

    /**
     * @param workspace where everything lives that does not outlive a step
     * @param penalty Ω
     * @param proximalSteps how many are taken if Ω is not quadratic
     * @param biasStep how the bias is found; {@code null} where there is none
     * @param outputs k, rows of W
     * @param inputs m, columns of W and rows of A
     * @param samples n, columns of A
     */
    public ProximalWeightStep(Workspace workspace, Regularizer penalty, int proximalSteps, BiasStep biasStep,
            int outputs, int inputs, int samples) {
        la = workspace.la();
        this.penalty = penalty;
        this.proximalSteps = proximalSteps;
        bias = biasStep != null;
        joint = biasStep == BiasStep.JOINT;
        this.samples = samples;
        boolean exact = penalty.isQuadratic();
        bySamples = isBySamples(penalty, inputs, samples);
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
        start = exact ? null : workspace.matrix("start", outputs, inputs);
        point = exact ? null : workspace.matrix("point", outputs, inputs);
        candidate = exact ? null : workspace.matrix("candidate", outputs, inputs);
        candidateImage = exact ? null : workspace.matrix("candidate image", outputs, inputs);
        leading = exact ? null : workspace.matrix("leading", outputs, inputs);
        leadingImage = exact ? null : workspace.matrix("leading image", outputs, inputs);
        backward = Kernel.map(penalty.prox(FIRST, Expr.parameter(0)));
        objective = objectiveKernel(penalty);
    }

    private static boolean isBySamples(Regularizer penalty, int inputs, int samples) {
        return penalty.isQuadratic() && samples < inputs;
    }

    /**
     * Says that every step will have this A, and forms what does not change with the residual once. Of no effect with
     * fewer samples than inputs.
     */
    public void fixInputs(LayerInputs inputs) {
        if (!bySamples) {
            fixed = inputs;
            fixedGram = la.allocate(metric.rows(), metric.rows());
            fixedSum = la.allocate(metric.rows(), 1);
            inputs.gram(fixedGram);
            inputs.sum(fixedSum);
        }
    }

    /**
     * One step.
     *
     * @param residual R, k × n; not changed
     * @param inputs A, m × n; not read if it is fixed
     * @param weight W₀, k × m, becomes W
     * @param biases b₀, k × 1, becomes b
     * @return ‖ΔW‖² + ‖Δb‖²
     * @throws org.altmin.linalg.NotPositiveDefiniteException if α is lost in the rounding of G
     */
    public double step(Matrix residual, Matrix inputs, Matrix weight, Matrix biases, double gamma, double alpha) {
        return bySamples ? stepBySamples(residual, inputs, weight, biases, gamma, alpha)
                : stepByInputs(residual, inputs, weight, biases, gamma, alpha);
    }

    private double stepByInputs(Matrix residual, Matrix inputs, Matrix weight, Matrix biases, double gamma,
            double alpha) {
        double kappa = gamma / (gamma * samples + alpha);
        if (fixed == null) {
            la.gemm(1, residual, false, inputs, true, 0, gradient);
        } else {
            fixed.multiplyTransposed(1, residual, 0, gradient);
        }
        prepareMetric(inputs);
        if (bias) {
            la.rowSums(residual, residualSum);
        }
        if (joint) {
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
        if (joint) {
            la.gemm(-kappa, total, false, inputSum, false, 0, biasMove);
            la.add(-kappa, residualSum, biasMove);
            squaredStep += add(biasMove, biases);
        } else if (bias) {
            squaredStep += moveBiasAlone(kappa, biases);
        }
        return squaredStep;
    }

    private double moveBiasAlone(double kappa, Matrix biases) {
        la.copy(residualSum, biasMove);
        la.scale(-kappa, biasMove);
        return add(biasMove, biases);
    }

    private void prepareMetric(Matrix inputs) {
        if (fixed != null) {
            la.copy(fixedGram, metric);
            la.copy(fixedSum, inputSum);
            return;
        }
        la.syrk(1, inputs, false, 0, metric);
        if (joint) {
            la.rowSums(inputs, inputSum);
        }
    }

    /** FISTA; leaves W − W₀ in {@link #total}. */
    private void descend(Matrix weight, double gamma, double alpha) {
        double anchor = alpha / gamma;
        double stiffness = Math.sqrt(la.squaredNorm(metric)) + anchor;
        la.copy(weight, start);
        la.fill(total, 0);
        la.fill(totalImage, 0);
        la.fill(leading, 0);
        la.fill(leadingImage, 0);
        double lowest = objective(weight, total, totalImage, gamma, anchor);
        double pace = 1;
        for (int i = 0; i < proximalSteps; i++) {
            la.map(point, FORWARD, new double[] {anchor, stiffness}, start, leading, leadingImage, gradient);
            la.map(point, backward, new double[] {gamma * stiffness}, point);
            la.map(candidate, Elementwise.DIFFERENCE, point, start);
            la.multiply(candidate, metric, candidateImage);
            double now = objective(point, candidate, candidateImage, gamma, anchor);
            if (now > lowest) {
                pace = 1;
                la.copy(total, leading);
                la.copy(totalImage, leadingImage);
                continue;
            }
            lowest = now;
            double next = (1 + Math.sqrt(1 + 4 * pace * pace)) / 2;
            double[] momentum = {(pace - 1) / next};
            pace = next;
            la.map(leading, EXTRAPOLATE, momentum, candidate, total);
            la.map(leadingImage, EXTRAPOLATE, momentum, candidateImage, totalImage);
            la.copy(candidate, total);
            la.copy(candidateImage, totalImage);
            la.copy(point, weight);
        }
    }

    /** What remains of the objective without the bias, over γ and up to a constant, at W = point, of ΔW and ΔW M. */
    private double objective(Matrix at, Matrix move, Matrix moveImage, double gamma, double anchor) {
        return la.reduce(objective, new double[] {anchor, gamma}, at, move, moveImage, gradient);
    }

    private double stepBySamples(Matrix residual, Matrix inputs, Matrix weight, Matrix biases, double gamma,
            double alpha) {
        double mu = penalty.quadratic();
        double beta = alpha + mu;
        if (mu == 0) {
            la.copy(residual, shifted);
        } else {
            la.multiply(weight, inputs, shifted);
            la.map(shifted, Elementwise.LESS_SCALED, new double[] {mu / beta}, residual, shifted);
        }
        la.syrk(1, inputs, true, 0, sampleGram);
        la.map(sampleGram, AFFINE, new double[] {gamma / beta, joint ? gamma / alpha : 0}, sampleGram);
        cholesky.factor(sampleGram, 1);
        cholesky.solveRight(shifted);
        la.gemm(1, shifted, false, inputs, true, 0, total);
        double[] squaredStep = new double[1];
        la.apply(COMBINE, new Matrix[] {weight}, squaredStep, new double[] {alpha / beta, -gamma / beta}, weight,
                total);
        if (joint) {
            la.rowSums(shifted, biasMove);
            la.scale(-gamma / alpha, biasMove);
            squaredStep[0] += add(biasMove, biases);
        } else if (bias) {
            la.rowSums(residual, residualSum);
            squaredStep[0] += moveBiasAlone(gamma / (gamma * samples + alpha), biases);
        }
        return squaredStep[0];
    }

    private double add(Matrix move, Matrix target) {
        double[] squaredNorm = new double[1];
        la.apply(Elementwise.MOVE, new Matrix[] {target}, squaredNorm, NONE, target, move);
        return squaredNorm[0];
    }

    private static Kernel combine() {
        Expr moved = Expr.parameter(0).times(FIRST).plus(Expr.parameter(1).times(SECOND));
        return Kernel.builder().output(moved).sum(moved.minus(FIRST).square()).build();
    }

    private static Kernel forward() {
        Expr slope = FOURTH.plus(THIRD).plus(Expr.parameter(0).times(SECOND));
        return Kernel.map(FIRST.plus(SECOND).minus(slope.dividedBy(Expr.parameter(1))));
    }

    private static Kernel objectiveKernel(Regularizer penalty) {
        Expr quadratic = THIRD.plus(Expr.parameter(0).times(SECOND)).times(0.5).plus(FOURTH).times(SECOND);
        return Kernel.sum(quadratic.plus(penalty.value(FIRST).dividedBy(Expr.parameter(1))));
    }
}

package org.altmin.core.step;

import org.altmin.core.operator.Regularizer;
import org.altmin.linalg.AltminException;
import org.altmin.linalg.Cholesky;
import org.altmin.linalg.Expr;
import org.altmin.linalg.Kernel;
import org.altmin.linalg.LinearAlgebra;
import org.altmin.linalg.Matrix;
import org.altmin.linalg.Reduction;

/**
 * The weight step of one layer: decreases f(W) + Ω(W), where f(W) = (ρ/2)‖W A + B‖² and B does not depend on W.
 *
 * <p>The caller keeps the residual R = W A + B (k × n). A step reads it, changes W (k × m), and leaves in
 * {@link #image()} and {@link #imageScale()} what the residual changes by, so that the product W A is never formed
 * again: R ← R + scale ∘ image, the scale being one number a row. Two sample products (4kmn operations) a step for
 * {@link UpdateRule#MAJORISED} and {@link UpdateRule#SCALAR}, one Gram matrix more (m²n) for {@link UpdateRule#EXACT}.
 * With {@link #fixInputs inputs that never change} the Gram matrix is computed once, and several steps in a row cost
 * two sample products together.
 *
 * <p>Majorised: with g = R Aᵀ, row i moves by −g_i/θ_i, θ_i = ‖g_i A‖²/‖g_i‖² in units of ρ, the smallest θ_i for
 * which the quadratic model of dladmm.md eq. (9) with a vector θ lies above f. With a regulariser the row moves to
 * prox_Ω(W_i − g_i/θ_i), and θ_i of the rows whose model does not lie above f is doubled until it does.
 *
 * <p>Exact: W ← W − (g + (μ/ρ) W)(A Aᵀ + (α + μ/ρ) I)⁻¹ for Ω = (μ/2)‖W‖², the minimiser of
 * f(W) + Ω(W) + (ρα/2)‖W − W_prev‖² with α = damping · trace(A Aᵀ)/m.
 */
public final class WeightStep {

    private static final double[] NONE = {};

    private static final Expr FIRST = Expr.input(0);
    private static final Expr SECOND = Expr.input(1);

    /** −‖g_i‖²/‖g_i A‖²; a row without gradient or without effect stays. */
    private static final Kernel MAJORISED_SCALE = Kernel.map(Expr.select(FIRST.min(SECOND).greaterThan(0),
            FIRST.dividedBy(SECOND).negate(), Expr.constant(0)));

    private static final Kernel SUM = Kernel.sum(FIRST);

    private final LinearAlgebra la;
    private final UpdateRule rule;
    private final Regularizer penalty;
    private final Kernel proximalMove;
    private final double damping;
    private final Matrix gradient;
    private final Matrix move;
    private final Matrix point;
    private final Matrix total;
    private final Matrix squaredNorm;
    private final Matrix curvature;
    private final Matrix stiffness;
    private final Matrix scale;
    private final Matrix image;
    private final Matrix gram;
    private final Matrix gramImage;
    private final Cholesky cholesky;
    private boolean inputsAreFixed;
    private double scalarStart = 1;
    private double factoredRidge = Double.NaN;
    private long doublings;

    /**
     * @param workspace where the image lives
     * @param penalty Ω; {@link UpdateRule#EXACT} needs it to be quadratic
     * @param damping of exact steps, relative to the mean diagonal entry of the Gram matrix; 0 for none
     * @param outputs k, rows of W
     * @param inputs m, columns of W
     * @param samples n
     * @throws AltminException if the rule does not go with Ω
     */
    public WeightStep(Workspace workspace, UpdateRule rule, Regularizer penalty, double damping, int outputs,
            int inputs, int samples) {
        if (rule == UpdateRule.EXACT && !penalty.isQuadratic()) {
            throw new AltminException("Exact weight steps need a quadratic regularizer (none or l2), not '"
                    + penalty.name() + "'; use updates=majorised with it.");
        }
        if (rule == UpdateRule.SCALAR && !penalty.isZero()) {
            throw new AltminException("Scalar weight steps, as published, know no regularizer, but '" + penalty.name()
                    + "' is given; use updates=majorised with it.");
        }
        this.la = workspace.la();
        this.rule = rule;
        this.penalty = penalty;
        this.damping = damping;
        gradient = la.allocate(outputs, inputs);
        move = la.allocate(outputs, inputs);
        point = penalty.isZero() ? null : la.allocate(outputs, inputs);
        total = la.allocate(outputs, inputs);
        squaredNorm = la.allocate(outputs, 1);
        curvature = la.allocate(outputs, 1);
        stiffness = la.allocate(outputs, 1);
        scale = la.allocate(outputs, 1);
        image = workspace.matrix("image", outputs, samples);
        gram = la.allocate(inputs, inputs);
        gramImage = la.allocate(outputs, inputs);
        cholesky = rule == UpdateRule.EXACT ? la.cholesky(inputs) : null;
        proximalMove = RowMoves.proximalMove(penalty);
    }

    /** Says that every step will have this A, and computes its Gram matrix once. */
    public void fixInputs(Matrix inputs) {
        la.syrk(1, inputs, false, 0, gram);
        inputsAreFixed = true;
    }

    /** The first stiffness that {@link UpdateRule#SCALAR} tries, in units of f; 1 at first, as published. */
    public void setScalarStart(double value) {
        scalarStart = value;
    }

    /** As {@link #steps} with one step. */
    public double step(Matrix residual, Matrix inputs, Matrix weight, double rho) {
        return steps(1, residual, inputs, weight, rho);
    }

    /**
     * Steps in a row; more than one only with fixed inputs.
     *
     * @param residual R, k × n; not changed
     * @param inputs A, m × n
     * @param weight W, k × m
     * @param rho ρ
     * @return ‖ΔW‖², summed over the steps
     */
    public double steps(int count, Matrix residual, Matrix inputs, Matrix weight, double rho) {
        if (count > 1 && !inputsAreFixed) {
            throw new IllegalStateException("several steps in a row need fixed inputs");
        }
        la.gemm(1, residual, false, inputs, true, 0, gradient);
        if (rule == UpdateRule.EXACT) {
            prepareFactor(inputs, rho);
        }
        boolean along = rule != UpdateRule.EXACT && penalty.isZero();
        boolean sumMoves = !along || inputsAreFixed;
        if (sumMoves) {
            la.fill(total, 0);
        }
        double squaredStep = 0;
        for (int i = 0; i < count; i++) {
            Matrix direction = along ? gradient : move;
            setMove(inputs, weight, rho);
            if (rule == UpdateRule.MAJORISED && !along) {
                la.copy(point, weight);
                squaredStep += la.squaredNorm(move);
            } else {
                double[] moved = new double[1];
                la.apply(RowMoves.MOVE, new Matrix[] {weight}, moved, NONE, weight, scale, direction);
                squaredStep += moved[0];
            }
            if (sumMoves) {
                la.map(total, RowMoves.SHIFT, total, scale, direction);
            }
            if (i + 1 < count) {
                la.multiply(direction, gram, gramImage);
                la.map(gradient, RowMoves.SHIFT, gradient, scale, gramImage);
            }
        }
        if (sumMoves) {
            la.multiply(total, inputs, image);
            la.fill(scale, 1);
        }
        return squaredStep;
    }

    /** k × n; valid until another step that shares the workspace. */
    public Matrix image() {
        return image;
    }

    /** k × 1. */
    public Matrix imageScale() {
        return scale;
    }

    /** How often a stiffness was doubled since the last call. */
    public long takeDoublings() {
        long result = doublings;
        doublings = 0;
        return result;
    }

    private void setScaleAlongGradient(double rho) {
        if (rule == UpdateRule.MAJORISED) {
            la.map(scale, MAJORISED_SCALE, squaredNorm, curvature);
            return;
        }
        double norm = la.reduce(SUM, squaredNorm);
        double theta = scalarStart;
        while (norm > 0 && theta < rho * la.reduce(SUM, curvature) / norm) {
            theta *= 2;
            doublings++;
        }
        la.fill(scale, -rho / theta);
    }

    /** The move is scale ∘ gradient, or {@link #move} itself; where prox_Ω has a say it ends in {@link #point}. */
    private void setMove(Matrix inputs, Matrix weight, double rho) {
        if (rule != UpdateRule.EXACT && penalty.isZero()) {
            measure(gradient, inputs);
            setScaleAlongGradient(rho);
            return;
        }
        la.fill(scale, 1);
        if (rule == UpdateRule.EXACT) {
            la.map(move, RowMoves.NEGATED_PENALISED, new double[] {penalty.quadratic() / rho}, gradient, weight);
            cholesky.solveRight(move);
            return;
        }
        measure(gradient, inputs);
        double[] noOffset = {0};
        la.map(stiffness, RowMoves.STIFFNESS, noOffset, squaredNorm, curvature);
        double[] failures = {1};
        for (int doubling = 0; doubling < RowMoves.MOST_DOUBLINGS && failures[0] > 0; doubling++) {
            la.apply(proximalMove, new Matrix[] {point, move}, NONE, new double[] {rho}, weight, gradient, stiffness);
            measure(move, inputs);
            la.apply(RowMoves.RAISE_STIFFNESS, new Matrix[] {stiffness}, failures, noOffset, stiffness, squaredNorm,
                    curvature);
            doublings += failures[0] > 0 ? 1 : 0;
        }
    }

    /** squaredNorm_i ← ‖d_i‖² and curvature_i ← ‖d_i A‖²; leaves d A in the image unless the inputs are fixed. */
    private void measure(Matrix direction, Matrix inputs) {
        la.reduceRows(RowMoves.SQUARE, Reduction.SUM, squaredNorm, NONE, direction);
        if (inputsAreFixed) {
            la.multiply(direction, gram, gramImage);
            la.reduceRows(RowMoves.PRODUCT, Reduction.SUM, curvature, NONE, direction, gramImage);
        } else {
            la.multiply(direction, inputs, image);
            la.reduceRows(RowMoves.SQUARE, Reduction.SUM, curvature, NONE, image);
        }
    }

    private void prepareFactor(Matrix inputs, double rho) {
        if (!inputsAreFixed) {
            la.syrk(1, inputs, false, 0, gram);
        }
        double mean = la.trace(gram) / gram.rows();
        // Inputs that are all 0, behind dead activations, must leave a matrix that can be factored too.
        double ridge = damping * (mean > 0 ? mean : 1) + penalty.quadratic() / rho;
        if (!inputsAreFixed || ridge != factoredRidge) {
            cholesky.factor(gram, ridge);
            factoredRidge = ridge;
        }
    }
}

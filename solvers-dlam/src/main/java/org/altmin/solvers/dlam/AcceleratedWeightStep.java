package org.altmin.solvers.dlam;

import org.altmin.core.operator.Regularizer;
import org.altmin.core.solver.StateArchive;
import org.altmin.core.step.Elementwise;
import org.altmin.core.step.LayerInputs;
import org.altmin.core.step.RowMoves;
import org.altmin.core.step.Workspace;
import org.altmin.linalg.Expr;
import org.altmin.linalg.Kernel;
import org.altmin.linalg.LinearAlgebra;
import org.altmin.linalg.Matrix;
import org.altmin.linalg.Reduction;

/**
 * The accelerated weight step of one layer: decreases F(W) = f(W) + Ω(W), f(W) = (ρ/2)‖W A + B‖².
 *
 * <p>With V = W + ω(W − W_previous), row i moves to prox_Ω(V_i − g_i/θ_i), g the gradient of f/ρ at V, θ_i the smallest
 * stiffness along g_i, doubled for the rows whose model does not lie above f. If F does not decrease by
 * {@link ProjectedStateStep#SUFFICIENT}·(ρ/2) Σ θ_i ‖ΔW_i‖², the block is redone with V = W.
 *
 * <p>Gradients, models and the test of F are formed from R Aᵀ and the Gram matrix A Aᵀ, so that neither extrapolating
 * nor redoing touches a sample: two sample products and one Gram matrix a step (4kmn + m²n operations), without the
 * Gram matrix where the inputs are fixed.
 */
final class AcceleratedWeightStep implements WeightBlock {

    private static final double[] NONE = {};
    private static final double[] NO_OFFSET = {0};

    private static final Expr FIRST = Expr.input(0);
    private static final Expr SECOND = Expr.input(1);
    private static final Expr THIRD = Expr.input(2);
    private static final Expr FOURTH = Expr.input(3);
    private static final Expr PARAMETER = Expr.parameter(0);

    /** The new W and the old one, with ‖ΔW‖². */
    private static final Kernel MOVE = Kernel.builder().output(SECOND).output(FIRST).sum(SECOND.minus(FIRST).square())
            .build();
    /** ⟨g, Δ⟩ + ½⟨Δ G, Δ⟩ + (c/2) Σ θ_i ‖Δ_i‖². */
    private static final Kernel RISE = Kernel.sum(FIRST.times(SECOND.plus(THIRD.times(0.5))
            .plus(FOURTH.times(FIRST).times(ProjectedStateStep.SUFFICIENT / 2))));

    private final LinearAlgebra la;
    private final Regularizer penalty;
    private final Kernel proximalMove;
    private final Kernel penaltyRise;
    private final Matrix image;
    private final Matrix imageScale;
    private final Matrix previous;
    private final Matrix gradient;
    private final Matrix extrapolation;
    private final Matrix direction;
    private final Matrix point;
    private final Matrix move;
    private final Matrix gramImage;
    private final Matrix gram;
    private final Matrix squaredNorm;
    private final Matrix curvature;
    private final Matrix stiffness;
    private boolean inputsAreFixed;
    private long doublings;
    private long redone;

    /**
     * @param workspace where the image lives
     * @param penalty Ω
     * @param weight W as it starts, k × m
     * @param samples n
     */
    AcceleratedWeightStep(Workspace workspace, Regularizer penalty, Matrix weight, int samples) {
        la = workspace.la();
        this.penalty = penalty;
        image = workspace.matrix("image", weight.rows(), samples);
        imageScale = la.allocate(weight.rows(), 1);
        la.fill(imageScale, 1);
        previous = la.allocateLike(weight);
        la.copy(weight, previous);
        gradient = la.allocateLike(weight);
        extrapolation = la.allocateLike(weight);
        direction = la.allocateLike(weight);
        point = la.allocateLike(weight);
        move = la.allocateLike(weight);
        gramImage = la.allocateLike(weight);
        gram = la.allocate(weight.columns(), weight.columns());
        squaredNorm = la.allocate(weight.rows(), 1);
        curvature = la.allocate(weight.rows(), 1);
        stiffness = la.allocate(weight.rows(), 1);
        proximalMove = proximalMove(penalty);
        penaltyRise = Kernel.sum(penalty.value(SECOND).minus(penalty.value(FIRST)));
    }

    @Override
    public void fixInputs(LayerInputs inputs) {
        inputs.gram(gram);
        inputsAreFixed = true;
    }

    @Override
    public double step(Matrix residual, LayerInputs inputs, Matrix weight, double rho, double momentum) {
        inputs.multiplyTransposed(1, residual, 0, gradient);
        if (!inputsAreFixed) {
            inputs.gram(gram);
        }
        aim(weight, rho, momentum);
        if (momentum > 0 && !(rise(weight, rho) <= 0)) {
            redone++;
            aim(weight, rho, 0);
        }
        inputs.multiply(move, 0, image);
        double[] squaredStep = new double[1];
        la.apply(MOVE, new Matrix[] {weight, previous}, squaredStep, NONE, weight, point);
        return squaredStep[0];
    }

    @Override
    public Matrix image() {
        return image;
    }

    @Override
    public Matrix imageScale() {
        return imageScale;
    }

    @Override
    public void archive(StateArchive archive, int layer) {
        archive.matrix("previous W" + layer, previous);
    }

    @Override
    public long takeDoublings() {
        long result = doublings;
        doublings = 0;
        return result;
    }

    @Override
    public long takeRedone() {
        long result = redone;
        redone = 0;
        return result;
    }

    /** point ← the new W and move ← what it differs by from the old one; leaves θ. */
    private void aim(Matrix weight, double rho, double momentum) {
        la.map(extrapolation, Elementwise.SCALED_DIFFERENCE, new double[] {momentum}, weight, previous);
        la.multiply(extrapolation, gram, gramImage);
        la.map(direction, Elementwise.SUM, gradient, gramImage);
        measure(direction);
        la.map(stiffness, RowMoves.STIFFNESS, NO_OFFSET, squaredNorm, curvature);
        aimAlong(weight, rho);
        double[] failures = {penalty.isZero() ? 0 : 1};
        for (int doubling = 0; doubling < RowMoves.MOST_DOUBLINGS && failures[0] > 0; doubling++) {
            measure(move);
            la.apply(RowMoves.RAISE_STIFFNESS, new Matrix[] {stiffness}, failures, NO_OFFSET, stiffness, squaredNorm,
                    curvature);
            if (failures[0] > 0) {
                doublings++;
                aimAlong(weight, rho);
            }
        }
        la.map(move, Elementwise.DIFFERENCE, point, weight);
    }

    /** point ← prox_Ω(V − g/θ), move ← what it differs by from V. */
    private void aimAlong(Matrix weight, double rho) {
        la.apply(proximalMove, new Matrix[] {point, move}, NONE, new double[] {rho}, weight, extrapolation, direction,
                stiffness);
    }

    /** How far F lies above the value that would be a sufficient decrease. */
    private double rise(Matrix weight, double rho) {
        la.multiply(move, gram, gramImage);
        double rise = rho * la.reduce(RISE, move, gradient, gramImage, stiffness);
        return penalty.isZero() ? rise : rise + la.reduce(penaltyRise, weight, point);
    }

    private void measure(Matrix rows) {
        la.multiply(rows, gram, gramImage);
        la.reduceRows(Elementwise.SQUARE, Reduction.SUM, squaredNorm, NONE, rows);
        la.reduceRows(Elementwise.PRODUCT, Reduction.SUM, curvature, NONE, rows, gramImage);
    }

    /**
     * Of W, V − W, g and θ. The point itself is an output since V + move, rounded, may leave a constraint.
     */
    private static Kernel proximalMove(Regularizer penalty) {
        Expr extrapolated = FIRST.plus(SECOND);
        Expr next = penalty.prox(extrapolated.minus(THIRD.dividedBy(FOURTH)), PARAMETER.times(FOURTH));
        return Kernel.builder().output(next).output(next.minus(extrapolated)).build();
    }
}

package org.altmin.solvers.bcd;

import org.altmin.core.operator.Activation;
import org.altmin.core.operator.Regularizer;
import org.altmin.core.step.Elementwise;
import org.altmin.core.step.RowMoves;
import org.altmin.core.step.Workspace;
import org.altmin.linalg.Expr;
import org.altmin.linalg.Kernel;
import org.altmin.linalg.LinearAlgebra;
import org.altmin.linalg.Matrix;
import org.altmin.linalg.Reduction;

/**
 * The V_i-update of Algorithm 1 of bcd-kl.md below a hidden layer: decreases
 * (γ/2)‖V − σ_i(P_i)‖² + (γ/2)‖V_{i+1} − σ_{i+1}(W V + b 1ᵀ)‖² + s(V) + (α/2)‖V − V_prev‖² by one prox-linear step from
 * V_prev with a stiffness for each column, see {@link Backtracking}. Two sample products without a penalty on the
 * states; with one, one and another for every trial.
 */
final class ProxLinearStates {

    private static final double[] NONE = {};

    private final LinearAlgebra la;
    private final boolean free;
    private final Kernel misfitGradient;
    private final Kernel gaussNewton;
    private final Kernel meanCurvature;
    private final Kernel excess;
    private final Kernel proximalMove;
    private final Kernel distance;
    private final Backtracking backtracking;
    private final Matrix gradient;
    private final Matrix point;
    private final Matrix move;
    private final Matrix gradientNorm;
    private final Matrix squaredNorm;
    private final Matrix curvature;
    private final Matrix stiffness;
    private final Matrix weightNorm;
    private final Matrix gradientImage;
    private final Matrix image;

    /**
     * @param below σ_i
     * @param above σ_{i+1}
     */
    ProxLinearStates(Workspace workspace, Activation below, Activation above, Regularizer penalty, int outputs,
            int inputs, int samples) {
        la = workspace.la();
        free = penalty.isZero();
        misfitGradient = Backtracking.misfitGradient(above);
        meanCurvature = Backtracking.meanCurvature(above);
        gaussNewton = Backtracking.gaussNewton(above);
        excess = Backtracking.excess(above);
        proximalMove = RowMoves.proximalMove(penalty);
        distance = Kernel.map(Expr.input(0).minus(below.value(Expr.input(1))));
        gradient = workspace.matrix("state gradient", inputs, samples);
        point = workspace.matrix("state point", inputs, samples);
        move = workspace.matrix("state move", inputs, samples);
        gradientNorm = workspace.matrix("state gradient norm", 1, samples);
        squaredNorm = workspace.matrix("state squared norm", 1, samples);
        curvature = workspace.matrix("state curvature", 1, samples);
        stiffness = workspace.matrix("state stiffness", 1, samples);
        weightNorm = workspace.matrix("weight norm", outputs, 1);
        gradientImage = free ? workspace.matrix("gradient image", outputs, samples) : null;
        image = workspace.matrix("image", outputs, samples);
        backtracking = new Backtracking(la, squaredNorm, curvature, stiffness,
                workspace.matrix("state failed", 1, samples));
    }

    /**
     * @param state V_i
     * @param preActivation P_i
     * @param weight W_{i+1}
     * @param target V_{i+1}
     * @param preActivationAbove P_{i+1} = W V + b 1ᵀ, moved along
     * @return ‖ΔV‖²
     */
    double step(Matrix state, Matrix preActivation, Matrix weight, Matrix target, Matrix preActivationAbove,
            double gamma, double alpha) {
        la.map(image, misfitGradient, preActivationAbove, target);
        la.map(gradient, distance, state, preActivation);
        la.gemm(1, weight, true, image, false, 1, gradient);
        if (free) {
            la.multiply(weight, gradient, gradientImage);
            la.reduceColumns(Elementwise.SQUARE, Reduction.SUM, gradientNorm, NONE, gradient);
            la.copy(gradientNorm, squaredNorm);
            la.reduceColumns(gaussNewton, Reduction.SUM, curvature, NONE, preActivationAbove, gradientImage);
        } else {
            la.reduceRows(Elementwise.SQUARE, Reduction.SUM, weightNorm, NONE, weight);
            la.reduceColumns(meanCurvature, Reduction.SUM, curvature, NONE, preActivationAbove, weightNorm);
            la.fill(squaredNorm, weight.columns());
        }
        backtracking.search(1 + alpha / gamma, () -> {
            Backtracking.apply(la, proximalMove, point, move, gamma, state, gradient, stiffness);
            if (free) {
                la.map(image, Backtracking.SCALED_IMAGE, gradientImage, stiffness);
                la.map(squaredNorm, Backtracking.SCALED_NORM, gradientNorm, stiffness);
            } else {
                la.multiply(weight, move, image);
                la.reduceColumns(Elementwise.SQUARE, Reduction.SUM, squaredNorm, NONE, move);
            }
            la.reduceColumns(excess, Reduction.SUM, curvature, NONE, preActivationAbove, target, image);
        });
        backtracking.cancelPoint(state, point);
        backtracking.cancelMove(move);
        backtracking.cancelMove(image);
        la.copy(point, state);
        la.map(preActivationAbove, Elementwise.SUM, preActivationAbove, image);
        return la.squaredNorm(move);
    }

    long doublings() {
        return backtracking.doublings();
    }
}

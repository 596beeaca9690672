package org.altmin.solvers.bcd;

import org.altmin.core.operator.Activation;
import org.altmin.core.operator.Regularizer;
import org.altmin.core.step.Elementwise;
import org.altmin.core.step.RowMoves;
import org.altmin.core.step.Workspace;
import org.altmin.linalg.Kernel;
import org.altmin.linalg.LinearAlgebra;
import org.altmin.linalg.Matrix;
import org.altmin.linalg.Reduction;

/**
 * The W_i-update of Algorithm 1 of bcd-kl.md for a hidden layer: decreases
 * (γ/2)‖V − σ(W A + b 1ᵀ)‖² + r(W) + (α/2)(‖W − W₀‖² + ‖b − b₀‖²) by one prox-linear step from W₀, b₀ with a stiffness
 * for each row, see {@link Backtracking}. Two sample products without a regulariser; with one, one and another for
 * every trial.
 */
final class ProxLinearWeights {

    private static final double[] NONE = {};

    private final LinearAlgebra la;
    private final boolean bias;
    private final boolean free;
    private final Kernel misfitGradient;
    private final Kernel gaussNewton;
    private final Kernel meanCurvature;
    private final Kernel excess;
    private final Kernel proximalMove;
    private final Kernel biasMoveKernel = Backtracking.freeMove();
    private final Backtracking backtracking;
    private final Matrix gradient;
    private final Matrix biasGradient;
    private final Matrix point;
    private final Matrix biasPoint;
    private final Matrix move;
    private final Matrix biasMove;
    private final Matrix gradientNorm;
    private final Matrix squaredNorm;
    private final Matrix biasNorm;
    private final Matrix curvature;
    private final Matrix stiffness;
    private final Matrix inputNorm;
    private final Matrix gradientImage;
    private final Matrix image;

    ProxLinearWeights(Workspace workspace, Activation activation, Regularizer penalty, boolean bias, int outputs,
            int inputs, int samples) {
        la = workspace.la();
        this.bias = bias;
        free = penalty.isZero();
        misfitGradient = Backtracking.misfitGradient(activation);
        meanCurvature = Backtracking.meanCurvature(activation);
        gaussNewton = Backtracking.gaussNewton(activation);
        excess = Backtracking.excess(activation);
        proximalMove = RowMoves.proximalMove(penalty);
        gradient = workspace.matrix("gradient", outputs, inputs);
        point = workspace.matrix("point", outputs, inputs);
        move = workspace.matrix("move", outputs, inputs);
        biasGradient = workspace.matrix("bias gradient", outputs, 1);
        biasPoint = workspace.matrix("bias point", outputs, 1);
        biasMove = workspace.matrix("bias move", outputs, 1);
        gradientNorm = workspace.matrix("gradient norm", outputs, 1);
        squaredNorm = workspace.matrix("squared norm", outputs, 1);
        biasNorm = workspace.matrix("bias norm", outputs, 1);
        curvature = workspace.matrix("curvature", outputs, 1);
        stiffness = workspace.matrix("stiffness", outputs, 1);
        inputNorm = free ? null : workspace.matrix("input norm", 1, samples);
        gradientImage = free ? workspace.matrix("gradient image", outputs, samples) : null;
        image = workspace.matrix("image", outputs, samples);
        backtracking = new Backtracking(la, squaredNorm, curvature, stiffness,
                workspace.matrix("failed", outputs, 1));
    }

    /**
     * @param inputs A
     * @param target V
     * @param preActivation P = W A + b 1ᵀ, moved along
     * @return ‖ΔW‖² + ‖Δb‖²
     */
    double step(Matrix inputs, Matrix target, Matrix preActivation, Matrix weight, Matrix biases, double gamma,
            double alpha) {
        la.map(image, misfitGradient, preActivation, target);
        la.gemm(1, image, false, inputs, true, 0, gradient);
        if (bias) {
            la.rowSums(image, biasGradient);
        } else {
            la.fill(biasGradient, 0);
        }
        if (free) {
            la.multiply(gradient, inputs, gradientImage);
            la.map(gradientImage, Elementwise.SUM, gradientImage, biasGradient);
            measureNorm(gradient, biasGradient, gradientNorm);
            la.copy(gradientNorm, squaredNorm);
            la.reduceRows(gaussNewton, Reduction.SUM, curvature, NONE, preActivation, gradientImage);
        } else {
            la.reduceColumns(Elementwise.SQUARE, Reduction.SUM, inputNorm, NONE, inputs);
            la.reduceRows(meanCurvature, Reduction.SUM, curvature, NONE, preActivation, inputNorm);
            la.fill(squaredNorm, inputs.rows());
        }
        backtracking.search(alpha / gamma, () -> {
            Backtracking.apply(la, proximalMove, point, move, gamma, weight, gradient, stiffness);
            Backtracking.apply(la, biasMoveKernel, biasPoint, biasMove, gamma, biases, biasGradient, stiffness);
            if (free) {
                la.map(image, Backtracking.SCALED_IMAGE, gradientImage, stiffness);
                la.map(squaredNorm, Backtracking.SCALED_NORM, gradientNorm, stiffness);
            } else {
                la.multiply(move, inputs, image);
                la.map(image, Elementwise.SUM, image, biasMove);
                measureNorm(move, biasMove, squaredNorm);
            }
            la.reduceRows(excess, Reduction.SUM, curvature, NONE, preActivation, target, image);
        });
        backtracking.cancelPoint(weight, point);
        backtracking.cancelPoint(biases, biasPoint);
        backtracking.cancelMove(move);
        backtracking.cancelMove(biasMove);
        backtracking.cancelMove(image);
        la.copy(point, weight);
        la.copy(biasPoint, biases);
        la.map(preActivation, Elementwise.SUM, preActivation, image);
        return la.squaredNorm(move) + la.squaredNorm(biasMove);
    }

    long doublings() {
        return backtracking.doublings();
    }

    private void measureNorm(Matrix direction, Matrix biasDirection, Matrix norm) {
        la.reduceRows(Elementwise.SQUARE, Reduction.SUM, norm, NONE, direction);
        la.map(biasNorm, Elementwise.SQUARE, biasDirection);
        la.map(norm, Elementwise.SUM, norm, biasNorm);
    }
}

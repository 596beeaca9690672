package org.altmin.solvers.online;

import org.altmin.core.network.Network;
import org.altmin.core.network.Weights;
import org.altmin.linalg.Expr;
import org.altmin.linalg.Kernel;
import org.altmin.linalg.LinearAlgebra;
import org.altmin.linalg.Matrix;

/**
 * Moves inputs to where their targets are harder to reach: a_0 ← a_0 − δ p/‖p‖, p = W_1ᵀ(z_1* − z_1), the direction in
 * which the residual of the first layer grows fastest, sample by sample, at a distance δ. It costs a sweep over the
 * samples moved and a product.
 */
final class InputAdversary {

    private static final Expr FIRST = Expr.input(0);
    private static final Kernel MOVE = move();

    private final LinearAlgebra la;
    private final TargetSweep sweep;
    private final double distance;
    private final double part;
    private final Matrix pull;

    /**
     * @param distance of the moves, relative to the deviation of the inputs
     * @param part of a batch that is moved: its first samples
     */
    InputAdversary(LinearAlgebra la, Network network, TargetSweep sweep, double distance, double part, int batch) {
        this.la = la;
        this.sweep = sweep;
        this.distance = distance;
        this.part = part;
        pull = isIdle() ? null : la.allocate(network.inputs(), moved(part, batch));
    }

    private boolean isIdle() {
        return distance == 0 || part == 0;
    }

    private static int moved(double part, int count) {
        return (int) Math.ceil(part * count);
    }

    /**
     * @param inputs a_0 of a batch, of which the first columns are changed
     * @param deviation the root of the mean squared distance of an input from the mean input
     */
    void move(Weights weights, Matrix inputs, Matrix targets, RunningMeans means, double deviation) {
        if (isIdle() || deviation == 0) {
            return;
        }
        int count = moved(part, inputs.columns());
        Matrix some = inputs.columns(0, count);
        sweep.run(weights, some, targets.columns(0, count), means, 0);
        Matrix direction = pull.columns(0, count);
        la.gemm(1, weights.weight(1), true, sweep.delta(1, count), false, 0, direction);
        la.map(some, MOVE, new double[] {distance * deviation}, some, direction);
    }

    /** Directions are first divided by their largest entry, so that no square underflows; zeros move nothing. */
    private static Kernel move() {
        Expr direction = Expr.input(1);
        Expr largest = Expr.columnMax(direction.abs()).max(Float.MIN_NORMAL);
        Expr scaled = direction.dividedBy(largest);
        Expr norm = Expr.columnSum(scaled.square()).sqrt().max(1);
        return Kernel.map(FIRST.minus(Expr.parameter(0).times(scaled).dividedBy(norm)));
    }
}

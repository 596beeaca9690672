package org.altmin.solvers.bcd;

import org.altmin.core.operator.Activation;
import org.altmin.core.step.RowMoves;
import org.altmin.linalg.Expr;
import org.altmin.linalg.Kernel;
import org.altmin.linalg.LinearAlgebra;
import org.altmin.linalg.Matrix;

/**
 * What prox-linear steps of weights (a stiffness τ a row) and of states (a stiffness a column) have in common. Such a
 * step moves x to prox(x − g/τ) and is taken where the misfit h(P) = ½‖σ(P) − V‖², the true one, lies below its model:
 * <pre>
 *   2 (h(P + I) − h(P) − ⟨∇h(P), I⟩) + offset ‖Δ‖² ≤ τ‖Δ‖²,
 * </pre>
 * Δ being the move, I what P moves by, and the offset the curvature of the quadratic terms. Where that fails τ is
 * doubled; what fails {@value #MOST_TRIALS} times, as it can at the kink of an activation, stays where it is.
 *
 * <p>Where σ is linear the two sides are equal, so that rounding decides. Without a penalty Δ is −g/τ, and ‖Δ‖² is
 * formed as such: the difference of the rounded x and x₀ has the error of x, which in single precision doubles
 * stiffnesses without need once the moves are small.
 */
final class Backtracking {

    static final int MOST_TRIALS = 40;

    private static final double ROUNDING = 1e-5;
    private static final double[] NONE = {};
    private static final Expr FIRST = Expr.input(0);
    private static final Expr SECOND = Expr.input(1);
    private static final Expr THIRD = Expr.input(2);

    /** −I/τ. */
    static final Kernel SCALED_IMAGE = Kernel.map(FIRST.dividedBy(SECOND).negate());
    /** ‖g‖²/τ². */
    static final Kernel SCALED_NORM = Kernel.map(FIRST.dividedBy(SECOND).dividedBy(SECOND));
    private static final Kernel FAILS = fails();
    private static final Kernel DOUBLE = Kernel.map(Expr.select(FIRST, SECOND.times(2), SECOND));
    private static final Kernel ZERO_WHERE = Kernel.map(Expr.select(FIRST, Expr.constant(0), SECOND));
    private static final Kernel CHOOSE = Kernel.map(Expr.select(FIRST, SECOND, THIRD));

    /** One trial of the caller's: moves by the stiffness as it is, and measures. */
    interface Trial {
        /** Leaves ‖Δ‖² in the squared norm and 2(h(P + I) − h(P) − ⟨∇h(P), I⟩) in the curvature. */
        void run();
    }

    private final LinearAlgebra la;
    private final Matrix squaredNorm;
    private final Matrix curvature;
    private final Matrix stiffness;
    private final Matrix failed;
    private boolean someFailed;
    private long doublings;

    /** All four have one element for each stiffness. */
    Backtracking(LinearAlgebra la, Matrix squaredNorm, Matrix curvature, Matrix stiffness, Matrix failed) {
        this.la = la;
        this.squaredNorm = squaredNorm;
        this.curvature = curvature;
        this.stiffness = stiffness;
        this.failed = failed;
    }

    /**
     * Starts at curvature over squared norm, and tries until all majorise. Where there is no penalty the two are
     * measured along the gradient, which is the direction of the move. With one the start is the mean curvature: where
     * the gradient vanishes rounding would decide, and the penalty acts through the stiffness.
     */
    void search(double offset, Trial trial) {
        double[] offsets = {offset};
        la.map(stiffness, RowMoves.STIFFNESS, offsets, squaredNorm, curvature);
        for (int i = 0; i < MOST_TRIALS; i++) {
            trial.run();
            double[] failures = new double[1];
            la.apply(FAILS, new Matrix[] {failed}, failures, offsets, stiffness, squaredNorm, curvature);
            someFailed = failures[0] > 0;
            if (!someFailed) {
                return;
            }
            la.map(stiffness, DOUBLE, failed, stiffness);
            doublings++;
        }
    }

    /** Sets a move to 0 where the search failed. */
    void cancelMove(Matrix move) {
        if (someFailed) {
            la.map(move, ZERO_WHERE, failed, move);
        }
    }

    /** Sets a point to the old one where the search failed. */
    void cancelPoint(Matrix old, Matrix point) {
        if (someFailed) {
            la.map(point, CHOOSE, failed, old, point);
        }
    }

    long doublings() {
        return doublings;
    }

    /** σ′(P)(σ(P) − V) of P and V: ∇h. */
    static Kernel misfitGradient(Activation activation) {
        return Kernel.map(gradient(activation));
    }

    /** (σ′(P) I)² of P and I: the Gauss-Newton curvature. */
    static Kernel gaussNewton(Activation activation) {
        return Kernel.map(activation.derivative(FIRST).times(SECOND).square());
    }

    /** σ′(P)² s of P and the squared norms s of what P's rows or columns are linear in. */
    static Kernel meanCurvature(Activation activation) {
        return Kernel.map(activation.derivative(FIRST).square().times(SECOND));
    }

    /**
     * 2(h(P + I) − h(P) − ⟨∇h(P), I⟩), the element's share, of P, V and I, as d² + 2(σ(P) − V)(d − σ′(P) I) with
     * d = σ(P + I) − σ(P), whose second part is small where the former is a small difference of large squares; in
     * double, for d is a difference too.
     */
    static Kernel excess(Activation activation) {
        Expr difference = activation.value(FIRST.plus(THIRD)).minus(activation.value(FIRST));
        Expr bend = difference.minus(activation.derivative(FIRST).times(THIRD));
        Expr misfit = activation.value(FIRST).minus(SECOND);
        return Kernel.builder().inDouble().output(difference.square().plus(misfit.times(bend).times(2))).build();
    }

    /** x − g/τ and the move to it. */
    static Kernel freeMove() {
        Expr point = FIRST.minus(SECOND.dividedBy(THIRD));
        return Kernel.builder().output(point).output(point.minus(FIRST)).build();
    }

    /** Runs a kernel without totals. */
    static void apply(LinearAlgebra la, Kernel kernel, Matrix first, Matrix second, double gamma, Matrix... inputs) {
        la.apply(kernel, new Matrix[] {first, second}, NONE, new double[] {gamma}, inputs);
    }

    private static Expr gradient(Activation activation) {
        return activation.derivative(FIRST).times(activation.value(FIRST).minus(SECOND));
    }

    private static Kernel fails() {
        Expr needed = THIRD.plus(Expr.parameter(0).times(SECOND));
        Expr fails = needed.greaterThan(FIRST.times(SECOND).times(1 + ROUNDING));
        return Kernel.builder().output(fails).sum(fails).build();
    }
}

package org.altmin.core.step;

import org.altmin.core.operator.Regularizer;
import org.altmin.linalg.Expr;
import org.altmin.linalg.Kernel;

/** Kernels that majorised weight steps (one stiffness a row) and state steps (one a column) have in common. */
public final class RowMoves {

    /** More doublings than any stiffness needs. */
    public static final int MOST_DOUBLINGS = 60;

    /** What a majorisation may miss by, relative to the stiffness. */
    static final double ROUNDING = 1e-5;

    private static final Expr X = Expr.input(0);

    /** −(x + μ y), μ being parameter 0. */
    static final Kernel NEGATED_PENALISED = Kernel.map(X.plus(Expr.parameter(0).times(Expr.input(1))).negate());

    /**
     * Curvature (input 1) over squared norm (input 0) of a move, or 1 where one of them is 0, plus what parameter 0
     * adds to every direction.
     */
    public static final Kernel STIFFNESS = Kernel.map(Expr.select(X.min(Expr.input(1)).greaterThan(0),
            Expr.input(1).dividedBy(X), Expr.constant(1)).plus(Expr.parameter(0)));

    /**
     * Doubles the stiffness (input 0) where curvature + p₀‖Δ‖² exceeds it times ‖Δ‖² (inputs 2 and 1) and rounding, and
     * counts these places.
     */
    public static final Kernel RAISE_STIFFNESS = raiseStiffness();

    private RowMoves() {
    }

    /**
     * prox_Ω(x − slope/θ) of x, slope and θ (inputs 0 to 2) and the factor γ of the stiffness (parameter 0), and the
     * move to there. The point itself is an output since x + move, rounded, may leave a constraint.
     */
    public static Kernel proximalMove(Regularizer penalty) {
        Expr slope = Expr.input(1);
        Expr stiffness = Expr.input(2);
        Expr point = penalty.prox(X.minus(slope.dividedBy(stiffness)), Expr.parameter(0).times(stiffness));
        return Kernel.builder().output(point).output(point.minus(X)).build();
    }

    private static Kernel raiseStiffness() {
        Expr squaredNorm = Expr.input(1);
        Expr needed = Expr.input(2).plus(Expr.parameter(0).times(squaredNorm));
        Expr fails = needed.greaterThan(X.times(squaredNorm).times(1 + ROUNDING));
        return Kernel.builder().output(Expr.select(fails, X.times(2), X)).sum(fails).build();
    }
}

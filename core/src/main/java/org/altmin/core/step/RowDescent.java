package org.altmin.core.step;

import org.altmin.core.operator.Regularizer;
import org.altmin.linalg.AltminException;
import org.altmin.linalg.Expr;
import org.altmin.linalg.Kernel;
import org.altmin.linalg.LinearAlgebra;
import org.altmin.linalg.Matrix;
import org.altmin.linalg.Reduction;

/**
 * Moves W (k × m) along the gradient g of f(W) = ½‖W A + B‖², by the rules {@link UpdateRule#MAJORISED} and
 * {@link UpdateRule#SCALAR} of {@link WeightStep}; how much f curves along a direction it is told.
 */
final class RowDescent {

    /** Measures ‖d_i A‖² for each row of a direction d (k × m). */
    interface Curvature {

        /** @param curvature k × 1, becomes ‖d_i A‖² */
        void measure(Matrix direction, Matrix curvature);
    }

    private static final double[] NONE = {};
    private static final double[] NO_OFFSET = {0};

    private static final Expr FIRST = Expr.input(0);
    private static final Expr SECOND = Expr.input(1);

    /** −‖g_i‖²/‖g_i A‖²; a row without gradient or without effect stays. */
    private static final Kernel MAJORISED_SCALE = Kernel.map(Expr.select(FIRST.min(SECOND).greaterThan(0),
            FIRST.dividedBy(SECOND).negate(), Expr.constant(0)));

    private final LinearAlgebra la;
    private final UpdateRule rule;
    private final Kernel proximalMove;
    private final Matrix move;
    private final Matrix point;
    private final Matrix squaredNorm;
    private final Matrix curvature;
    private final Matrix stiffness;
    private final Matrix scale;
    private Matrix direction;
    private double scalarStart = 1;
    private long doublings;

    RowDescent(Workspace workspace, UpdateRule rule, Regularizer penalty, int outputs, int inputs) {
        if (rule == UpdateRule.SCALAR && !penalty.isZero()) {
            throw new AltminException("Scalar weight steps, as published, know no regularizer, but '" + penalty.name()
                    + "' is given; use updates=majorised with it.");
        }
        la = workspace.la();
        this.rule = rule;
        proximalMove = penalty.isZero() ? null : RowMoves.proximalMove(penalty);
        move = penalty.isZero() ? null : workspace.matrix("weight descent", outputs, inputs);
        point = penalty.isZero() ? null : workspace.matrix("weight point", outputs, inputs);
        squaredNorm = workspace.matrix("weight squared norm", outputs, 1);
        curvature = workspace.matrix("weight curvature", outputs, 1);
        stiffness = workspace.matrix("weight stiffness", outputs, 1);
        scale = la.allocate(outputs, 1);
    }

    /** The first stiffness that {@link UpdateRule#SCALAR} tries, in units of ρ f; 1 at first, as published. */
    void setScalarStart(double value) {
        scalarStart = value;
    }

    /**
     * One step, W ← W + scale ∘ direction.
     *
     * @param gradient g; not changed
     * @param rho what f is multiplied by beside Ω
     * @return ‖ΔW‖²
     */
    double step(Matrix gradient, Matrix weight, double rho, Curvature curvatureOf) {
        if (proximalMove != null) {
            return stepByProx(gradient, weight, rho, curvatureOf);
        }
        measure(gradient, curvatureOf);
        if (rule == UpdateRule.MAJORISED) {
            la.map(scale, MAJORISED_SCALE, squaredNorm, curvature);
        } else {
            setScalar(rho);
        }
        direction = gradient;
        double[] moved = new double[1];
        la.apply(Elementwise.SCALED_MOVE, new Matrix[] {weight}, moved, NONE, weight, scale, direction);
        return moved[0];
    }

    /** k × m, of the last step. */
    Matrix direction() {
        return direction;
    }

    /** k × 1, of the last step. */
    Matrix scale() {
        return scale;
    }

    /** How often a stiffness was doubled since the last call. */
    long takeDoublings() {
        long result = doublings;
        doublings = 0;
        return result;
    }

    private double stepByProx(Matrix gradient, Matrix weight, double rho, Curvature curvatureOf) {
        measure(gradient, curvatureOf);
        la.map(stiffness, RowMoves.STIFFNESS, NO_OFFSET, squaredNorm, curvature);
        double[] failures = {1};
        for (int doubling = 0; doubling < RowMoves.MOST_DOUBLINGS && failures[0] > 0; doubling++) {
            la.apply(proximalMove, new Matrix[] {point, move}, NONE, new double[] {rho}, weight, gradient, stiffness);
            measure(move, curvatureOf);
            la.apply(RowMoves.RAISE_STIFFNESS, new Matrix[] {stiffness}, failures, NO_OFFSET, stiffness, squaredNorm,
                    curvature);
            doublings += failures[0] > 0 ? 1 : 0;
        }
        la.fill(scale, 1);
        direction = move;
        la.copy(point, weight);
        return la.squaredNorm(move);
    }

    private void setScalar(double rho) {
        double norm = la.reduce(Elementwise.TOTAL, squaredNorm);
        double needed = norm > 0 ? rho * la.reduce(Elementwise.TOTAL, curvature) / norm : 0;
        double theta = scalarStart;
        while (theta < needed) {
            theta *= 2;
            doublings++;
        }
        la.fill(scale, -rho / theta);
    }

    private void measure(Matrix along, Curvature curvatureOf) {
        la.reduceRows(Elementwise.SQUARE, Reduction.SUM, squaredNorm, NONE, along);
        curvatureOf.measure(along, curvature);
    }
}

package org.altmin.core.step;

import org.altmin.linalg.Expr;
import org.altmin.linalg.Kernel;
import org.altmin.linalg.LinearAlgebra;
import org.altmin.linalg.Matrix;

/** How far the columns of a move along a gradient g, by the rules of {@link StateStep}: a_j ← a_j + scale_j g_j. */
final class ColumnScale {

    private static final Expr FIRST = Expr.input(0);
    private static final Expr SECOND = Expr.input(1);

    /**
     * −‖g_j‖²/(‖W g_j‖² + (ν/ρ)‖g_j‖²); a column without gradient stays. A curvature found as g_jᵀ H g_j may be below 0
     * by rounding.
     */
    private static final Kernel MAJORISED = Kernel.map(Expr.select(FIRST.greaterThan(0),
            FIRST.dividedBy(SECOND.max(0).plus(Expr.parameter(0).times(FIRST))).negate(), Expr.constant(0)));

    private final LinearAlgebra la;
    private final UpdateRule rule;
    private final Matrix squaredNorm;
    private final Matrix curvature;
    private final Matrix scale;
    private double scalarStart = 1;
    private long doublings;

    /** @param workspace where the numbers of the n samples live */
    ColumnScale(Workspace workspace, UpdateRule rule, int samples) {
        la = workspace.la();
        this.rule = rule;
        squaredNorm = workspace.matrix("squared norm", 1, samples);
        curvature = workspace.matrix("curvature", 1, samples);
        scale = workspace.matrix("scale", 1, samples);
    }

    void setScalarStart(double value) {
        scalarStart = value;
    }

    /** ‖g_j‖², 1 × n, for the step to fill. */
    Matrix squaredNorm() {
        return squaredNorm;
    }

    /** ‖W g_j‖², 1 × n, for the step to fill. */
    Matrix curvature() {
        return curvature;
    }

    /** The whole direction: what an exact step takes. */
    void setToOne() {
        la.fill(scale, 1);
    }

    /**
     * The length that the rule gives, from the two rows.
     *
     * @param ratio ν/ρ
     */
    void setAlongGradient(double rho, double ratio) {
        if (rule == UpdateRule.MAJORISED) {
            la.map(scale, MAJORISED, new double[] {ratio}, squaredNorm, curvature);
            return;
        }
        double norm = la.reduce(Elementwise.TOTAL, squaredNorm);
        double needed = norm > 0 ? rho * (Math.max(0, la.reduce(Elementwise.TOTAL, curvature)) / norm + ratio) : 0;
        double tau = scalarStart;
        while (tau < needed) {
            tau *= 2;
            doublings++;
        }
        la.fill(scale, -rho / tau);
    }

    /** 1 × n. */
    Matrix scale() {
        return scale;
    }

    long takeDoublings() {
        long result = doublings;
        doublings = 0;
        return result;
    }
}

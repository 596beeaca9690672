package org.altmin.solvers.admm;

import org.altmin.core.operator.Loss;
import org.altmin.core.step.LossStep;
import org.altmin.core.step.Workspace;
import org.altmin.linalg.Expr;
import org.altmin.linalg.Kernel;
import org.altmin.linalg.LinearAlgebra;
import org.altmin.linalg.Matrix;

/**
 * The last layer of {@link DlAdmm} and {@link TaylorAdmm}, whose constraint p = z has the multiplier u (n_L × n):
 * <pre>  z ← argmin R(z; Y) + (ρ/2)‖z − (p − u/ρ)‖²,     E ← p − z.</pre>
 */
final class OutputStep {

    private static final Expr FIRST = Expr.input(0);
    private static final Expr SECOND = Expr.input(1);
    private static final Expr THIRD = Expr.input(2);
    private static final Expr RHO = Expr.parameter(0);

    /** p − u/ρ, from E, z and u. */
    private static final Kernel CENTRE = Kernel.map(FIRST.plus(SECOND).minus(THIRD.dividedBy(RHO)));
    /** E, from p − u/ρ, u and z, with ‖E‖². */
    private static final Kernel RESIDUAL = residual();

    private final LinearAlgebra la;
    private final Matrix targets;
    private final Matrix dual;
    private final Matrix centre;
    private final LossStep lossStep;
    private double squaredStep;
    private double squaredResidual;

    /**
     * @param targets Y, samples in the order of z
     * @param fistaStiffness see {@link LossStep}
     */
    OutputStep(Workspace workspace, LossStep.Method method, Loss loss, Matrix targets,
            double fistaStiffness) {
        la = workspace.la();
        this.targets = targets;
        dual = la.allocateLike(targets);
        centre = la.allocateLike(targets);
        lossStep = new LossStep(workspace, method, loss, fistaStiffness, targets.rows(), targets.columns());
    }

    /** u, at first 0; the solver moves it. */
    Matrix dual() {
        return dual;
    }

    /**
     * @param z moved
     * @param residual E; that of the old z and then of the new one
     */
    void step(Matrix z, Matrix residual, double rho) {
        double[] parameters = {rho};
        la.map(centre, CENTRE, parameters, residual, z, dual);
        squaredStep = lossStep.step(z, centre, targets, rho);
        double[] total = new double[1];
        la.apply(RESIDUAL, new Matrix[] {residual}, total, parameters, centre, dual, z);
        squaredResidual = total[0];
    }

    /** ‖Δz‖² of the last step. */
    double squaredStep() {
        return squaredStep;
    }

    /** ‖E‖² after the last step. */
    double squaredResidual() {
        return squaredResidual;
    }

    /** R(z; Y). */
    double loss(Matrix z) {
        return lossStep.loss(z, targets);
    }

    /** FISTA steps taken since the last call. */
    long takeInnerSteps() {
        return lossStep.takeInnerSteps();
    }

    private static Kernel residual() {
        Expr moved = FIRST.plus(SECOND.dividedBy(RHO)).minus(THIRD);
        return Kernel.builder().output(moved).sum(moved.square()).build();
    }
}

package org.altmin.core.step;

import org.altmin.core.operator.Loss;
import org.altmin.linalg.AltminException;
import org.altmin.linalg.Expr;
import org.altmin.linalg.Kernel;
import org.altmin.linalg.LinearAlgebra;
import org.altmin.linalg.Matrix;

/**
 * The output step: z ← argmin R(z; Y) + (w/2)‖z − q‖², evaluated in double whatever the precision of the matrices.
 */
public final class LossStep {

    /** How the minimiser is found. */
    public enum Method {
        /** {@link Loss#prox}, to machine precision, in one pass. */
        EXACT,
        /**
         * The accelerated proximal gradient steps of the published dlADMM code: at most {@value #FISTA_MOST_STEPS},
         * ended when the value changes by less than {@value #FISTA_TOLERANCE}. Inexact by design.
         */
        FISTA
    }

    private static final int FISTA_MOST_STEPS = 500;
    private static final double FISTA_TOLERANCE = 1e-3;

    private static final Expr Z = Expr.input(0);
    private static final Expr CENTRE = Expr.input(1);
    private static final Expr TARGET = Expr.input(2);
    private static final Expr WEIGHT = Expr.parameter(0);

    private final LinearAlgebra la;
    private final Method method;
    private final Kernel exact;
    private final Kernel value;
    private final Kernel fistaStep;
    private final Matrix start;
    private final Matrix previousForward;
    private final double stiffness;
    private long innerSteps;

    /**
     * @param fistaStiffness L of the gradient steps z − ∇R/L; 0 for the loss's own curvature
     * @throws AltminException if FISTA is asked for and the loss has no curvature bound
     */
    public LossStep(Workspace workspace, Method method, Loss loss, double fistaStiffness, int outputs, int samples) {
        la = workspace.la();
        this.method = method;
        stiffness = fistaStiffness > 0 ? fistaStiffness : loss.curvature();
        if (method == Method.FISTA && !(stiffness < Double.POSITIVE_INFINITY)) {
            throw new AltminException("FISTA needs a loss with a Lipschitz gradient, and that of '" + loss.name()
                    + "' has no bound; use loss-prox=exact.");
        }
        Expr prox = loss.prox(CENTRE, TARGET, WEIGHT);
        exact = Kernel.builder().inDouble().output(prox).sum(prox.minus(Z).square()).build();
        value = Kernel.builder().inDouble().sum(loss.value(Z, TARGET)).sum(Z.minus(CENTRE).square()).build();
        Expr step = Expr.parameter(1);
        Expr momentum = Expr.parameter(2);
        Expr forward = WEIGHT.times(CENTRE).plus(step.times(Z).minus(loss.gradient(Z, TARGET)))
                .dividedBy(WEIGHT.plus(step));
        fistaStep = Kernel.builder().inDouble()
                .output(forward.plus(momentum.times(forward.minus(Expr.input(3))))).output(forward).build();
        start = method == Method.FISTA ? la.allocate(outputs, samples) : null;
        previousForward = method == Method.FISTA ? la.allocate(outputs, samples) : null;
    }

    /**
     * @param z the old z, overwritten by the new one
     * @param centre q
     * @param target Y
     * @param weight w
     * @return ‖Δz‖²
     */
    public double step(Matrix z, Matrix centre, Matrix target, double weight) {
        if (method == Method.EXACT) {
            double[] squaredStep = new double[1];
            la.apply(exact, new Matrix[] {z}, squaredStep, new double[] {weight}, z, centre, target);
            return squaredStep[0];
        }
        la.copy(z, start);
        la.copy(z, previousForward);
        double lambda = 1;
        double before = Double.POSITIVE_INFINITY;
        for (int i = 0; i < FISTA_MOST_STEPS; i++) {
            double now = value(z, centre, target, weight);
            if (Math.abs(now - before) < FISTA_TOLERANCE) {
                break;
            }
            before = now;
            double next = (1 + Math.sqrt(1 + 4 * lambda * lambda)) / 2;
            double momentum = (lambda - 1) / next;
            lambda = next;
            la.apply(fistaStep, new Matrix[] {z, previousForward}, new double[0],
                    new double[] {weight, stiffness, momentum}, z, centre, target, previousForward);
            innerSteps++;
        }
        return la.reduce(Elementwise.SQUARED_DISTANCE, z, start);
    }

    /** R(z; Y) + (w/2)‖z − q‖². */
    public double value(Matrix z, Matrix centre, Matrix target, double weight) {
        double[] totals = new double[2];
        la.apply(value, new Matrix[0], totals, new double[0], z, centre, target);
        return totals[0] + weight / 2 * totals[1];
    }

    /** R(z; Y). */
    public double loss(Matrix z, Matrix target) {
        double[] totals = new double[2];
        la.apply(value, new Matrix[0], totals, new double[0], z, z, target);
        return totals[0];
    }

    /** FISTA steps taken since the last call. */
    public long takeInnerSteps() {
        long result = innerSteps;
        innerSteps = 0;
        return result;
    }
}

package org.altmin.solvers.admm;

import java.util.function.Supplier;
import org.altmin.core.network.Problem;
import org.altmin.core.step.Elementwise;
import org.altmin.core.step.LayerInputs;
import org.altmin.core.step.LayerVariables;
import org.altmin.core.step.PhaseClock;
import org.altmin.core.step.StateStep;
import org.altmin.core.step.WeightStep;
import org.altmin.core.step.Workspace;
import org.altmin.linalg.Kernel;
import org.altmin.linalg.LinearAlgebra;
import org.altmin.linalg.Matrix;

/**
 * A layer with fewer outputs than inputs, or the last one: every step of W = W_l and of a = a_{l−1} goes through the
 * samples, and the residual is moved along with it. With k outputs, m inputs and n samples a majorised iteration
 * without regulariser takes 16kmn operations, an exact one m²n more and twice those that {@link StateStep} adds; the
 * only layer of a network 4kmn.
 */
final class SampledLayer implements StateLayer {

    private static final double[] NONE = {};

    private final LinearAlgebra la;
    private final boolean first;
    private final boolean last;
    private final Supplier<Matrix> penaltyResidual;
    private final Penalties penalties;
    private final PhaseClock clock;
    private final WeightStep weightStep;
    private final StateStep stateStep;
    private final BiasMinimiser biasMinimiser;
    private final Matrix weight;
    private final Matrix bias;
    private final LayerInputs inputs;
    private final Matrix residual;
    private final Matrix noShift;
    private boolean inputsAreThoseOfLastStep;

    /** @param penaltyResidual what the layer's penalty is half the square of, computed anew from the residual */
    SampledLayer(Workspace workspace, DlAdmm solver, Problem problem, int layer, LayerVariables layers,
            Supplier<Matrix> penaltyResidual, Penalties penalties, PhaseClock clock) {
        la = workspace.la();
        this.penaltyResidual = penaltyResidual;
        this.penalties = penalties;
        this.clock = clock;
        first = layer == 1;
        last = layer == problem.network().depth();
        int samples = problem.samples();
        weight = layers.weights().weight(layer);
        bias = layers.weights().bias(layer);
        inputs = layers.inputs(layer);
        residual = layers.residual(layer);
        weightStep = new WeightStep(workspace, solver.updates(), problem.weightPenalty(), solver.damping(),
                weight.rows(), weight.columns(), samples);
        stateStep = first ? null : new StateStep(workspace, solver.updates(), weight.rows(), weight.columns(),
                samples);
        biasMinimiser = new BiasMinimiser(la, problem.network().bias(), weight.rows(), samples);
        noShift = la.allocate(weight.rows(), 1);
        if (first) {
            weightStep.fixInputs(inputs);
        }
    }

    @Override
    public double stepBackward() {
        double squaredStep = stepBias();
        // Nothing lies between the backward and the forward step of W_1.
        if (!first) {
            weightStep.setScalarStart(penalties.scalarStart());
            squaredStep += inputsAreThoseOfLastStep
                    ? weightStep.stepAgain(penaltyResidual.get(), inputs, weight, penalty())
                    : weightStep.step(penaltyResidual.get(), inputs, weight, penalty());
            weightMoved();
        }
        return squaredStep;
    }

    @Override
    public double stepForward() {
        weightStep.setScalarStart(penalties.scalarStart());
        double squaredStep = weightStep.steps(first ? 2 : 1, penaltyResidual.get(), inputs, weight, penalty());
        inputsAreThoseOfLastStep = true;
        weightMoved();
        return squaredStep + stepBias();
    }

    @Override
    public double moveStatesBackward(HiddenLayerKernels kernels, Matrix z, Matrix a, Matrix residualBelow) {
        Matrix gradient = linearGradient();
        la.map(gradient, kernels.gradient(), new double[] {pullRatio()}, gradient, z, a);
        clock.stop("states");
        setDirection();
        double[] squaredStep = new double[1];
        la.apply(kernels.backward(), new Matrix[] {z, residualBelow, a}, squaredStep, NONE,
                residualBelow, z, a, stateStep.scale(), stateStep.direction());
        clock.stop("states");
        moveResidual(stateStep.scale(), stateStep.image(weight));
        return squaredStep[0];
    }

    @Override
    public Matrix linearGradient() {
        Matrix gradient = stateStep.linearGradient(penaltyResidual.get(), weight);
        clock.stop("activations");
        return gradient;
    }

    @Override
    public Matrix gradient() {
        return stateStep.gradient();
    }

    @Override
    public double pullRatio() {
        return penalties.nu() / penalty();
    }

    @Override
    public void moveActivation(HiddenLayerKernels kernels, Matrix z, Matrix a, double[] totals) {
        setDirection();
        la.apply(kernels.moveActivation(), new Matrix[] {a}, totals, NONE, z, a, stateStep.scale(),
                stateStep.direction());
        clock.stop("states");
        moveResidual(stateStep.scale(), stateStep.image(weight));
    }

    @Override
    public void forgetInputs() {
        inputsAreThoseOfLastStep = false;
    }

    @Override
    public Kernel forwardKernel(HiddenLayerKernels kernels) {
        return kernels.forwardFromResidual();
    }

    @Override
    public Matrix shift() {
        return noShift;
    }

    @Override
    public long takeWeightDoublings() {
        return weightStep.takeDoublings();
    }

    @Override
    public long takeStateDoublings() {
        return stateStep == null ? 0 : stateStep.takeDoublings();
    }

    private void weightMoved() {
        clock.stop("weights");
        moveResidual(weightStep.imageScale(), weightStep.image());
    }

    private double stepBias() {
        double squaredStep = biasMinimiser.step(penaltyResidual.get(), bias);
        la.map(residual, Elementwise.SUM, residual, biasMinimiser.move());
        clock.stop("biases");
        return squaredStep;
    }

    private void setDirection() {
        stateStep.setScalarStart(penalties.scalarStart());
        stateStep.setDirection(weight, penalty(), pullRatio());
        clock.stop("activations");
    }

    private void moveResidual(Matrix scale, Matrix image) {
        la.map(residual, Elementwise.PLUS_PRODUCT, residual, scale, image);
        clock.stop("residuals");
    }

    private double penalty() {
        return last ? penalties.rho() : penalties.nu();
    }
}

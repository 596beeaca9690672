package org.altmin.solvers.admm;

import org.altmin.core.network.Problem;
import org.altmin.core.step.GramWeightStep;
import org.altmin.core.step.LayerInputs;
import org.altmin.core.step.LayerVariables;
import org.altmin.core.step.PhaseClock;
import org.altmin.core.step.Workspace;
import org.altmin.linalg.Kernel;
import org.altmin.linalg.LinearAlgebra;
import org.altmin.linalg.Matrix;

/**
 * The first layer of a network with hidden ones. Its inputs X never change, so their Gram matrix and their sum are
 * formed once, and nothing lies between the backward and the forward step of W_1: both cost two sample products
 * together, R Xᵀ and ΔW X.
 */
final class FixedInputLayer implements LinearLayer {

    private final LinearAlgebra la;
    private final Penalties penalties;
    private final PhaseClock clock;
    private final GramWeightStep weightStep;
    private final BiasMinimiser biasMinimiser;
    private final Matrix weight;
    private final Matrix bias;
    private final LayerInputs inputs;
    private final Matrix residual;
    private final Matrix inputSum;
    private final Matrix shift;

    FixedInputLayer(Workspace workspace, DlAdmm solver, Problem problem, LayerVariables layers, Penalties penalties,
            PhaseClock clock) {
        la = workspace.la();
        this.penalties = penalties;
        this.clock = clock;
        weight = layers.weights().weight(1);
        bias = layers.weights().bias(1);
        inputs = layers.inputs(1);
        residual = layers.residual(1);
        weightStep = new GramWeightStep(workspace, solver.updates(), problem.weightPenalty(), solver.damping(),
                weight.rows(), weight.columns());
        weightStep.setInputs(inputs);
        inputSum = la.allocate(weight.columns(), 1);
        inputs.sum(inputSum);
        biasMinimiser = new BiasMinimiser(la, problem.network().bias(), weight.rows(), problem.samples());
        shift = la.allocate(weight.rows(), 1);
    }

    @Override
    public double stepBackward() {
        double squaredStep = biasMinimiser.step(residual, bias);
        la.copy(biasMinimiser.move(), shift);
        clock.stop("biases");
        return squaredStep;
    }

    @Override
    public double stepForward() {
        inputs.multiplyTransposed(1, residual, 0, weightStep.gradient());
        la.gemm(1, shift, false, inputSum, true, 1, weightStep.gradient());
        weightStep.setScalarStart(penalties.scalarStart());
        double squaredStep = weightStep.steps(2, weight, penalties.nu());
        inputs.multiply(weightStep.move(), 1, residual);
        clock.stop("weights");
        // The backward step of b_1 left a residual of mean zero.
        la.multiply(weightStep.move(), inputSum, biasMinimiser.residualSum());
        squaredStep += biasMinimiser.stepFromSum(bias);
        la.add(1, biasMinimiser.move(), shift);
        clock.stop("biases");
        return squaredStep;
    }

    @Override
    public Kernel forwardKernel(HiddenLayerKernels kernels) {
        return kernels.forwardFromResidual();
    }

    @Override
    public Matrix shift() {
        return shift;
    }

    @Override
    public long takeWeightDoublings() {
        return weightStep.takeDoublings();
    }
}

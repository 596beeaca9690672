package org.altmin.solvers.admm;

import org.altmin.core.network.Problem;
import org.altmin.core.operator.Regularizer;
import org.altmin.core.step.Elementwise;
import org.altmin.core.step.GramStateStep;
import org.altmin.core.step.GramWeightStep;
import org.altmin.core.step.LayerInputs;
import org.altmin.core.step.LayerVariables;
import org.altmin.core.step.PhaseClock;
import org.altmin.core.step.UpdateRule;
import org.altmin.core.step.Workspace;
import org.altmin.linalg.Kernel;
import org.altmin.linalg.LinearAlgebra;
import org.altmin.linalg.Matrix;

/**
 * A hidden layer with about as many outputs k as inputs m, both steps of W = W_l and of a = a_{l−1} by Gram matrices:
 * <ul>
 * <li>a aᵀ, formed in the forward sweep, serves the backward sweep of the next iteration too, as a stays in between;
 * <li>both steps of a start from one Wᵀ E, since W, b and z_l stay between them; E is not moved with them;
 * <li>the forward step of W finds its gradient W a aᵀ + b (a 1)ᵀ − z aᵀ without E, which is formed anew after it;
 * <li>means over the samples follow from the sums of a.
 * </ul>
 * An iteration takes 10kmn + 5m²n operations for n samples, by any rule. The gradient of a has a matrix of its own, as
 * it is kept from the backward to the forward sweep.
 */
final class GramLayer implements StateLayer {

    private static final double[] NONE = {};

    private final LinearAlgebra la;
    private final int samples;
    private final boolean exact;
    private final Penalties penalties;
    private final PhaseClock clock;
    private final GramWeightStep weightStep;
    private final GramStateStep stateStep;
    private final BiasMinimiser biasMinimiser;
    private final Matrix weight;
    private final Matrix bias;
    private final LayerInputs inputs;
    private final Matrix preActivation;
    private final Matrix residual;
    private final Matrix inputSum;
    private final Matrix imageSum;
    private final Matrix targetSum;
    private final Matrix gradientShift;
    private boolean inputsAreSummed;

    GramLayer(Workspace workspace, DlAdmm solver, Problem problem, int layer, LayerVariables layers,
            Penalties penalties, PhaseClock clock) {
        la = workspace.la();
        this.penalties = penalties;
        this.clock = clock;
        samples = problem.samples();
        exact = solver.updates() == UpdateRule.EXACT;
        weight = layers.weights().weight(layer);
        bias = layers.weights().bias(layer);
        inputs = layers.inputs(layer);
        preActivation = layers.z(layer);
        residual = layers.residual(layer);
        weightStep = new GramWeightStep(workspace, solver.updates(), problem.weightPenalty(), solver.damping(),
                weight.rows(), weight.columns());
        stateStep = new GramStateStep(workspace, solver.updates(), weight.columns(), samples);
        biasMinimiser = new BiasMinimiser(la, problem.network().bias(), weight.rows(), samples);
        inputSum = la.allocate(weight.columns(), 1);
        imageSum = la.allocate(weight.rows(), 1);
        targetSum = la.allocate(weight.rows(), 1);
        gradientShift = la.allocate(weight.columns(), 1);
    }

    /**
     * Whether this form takes fewer operations than {@link SampledLayer}, which with a regulariser forms a product more
     * in each trial of a stiffness.
     */
    static boolean pays(UpdateRule rule, Regularizer penalty, long outputs, long inputs) {
        if (rule == UpdateRule.EXACT) {
            return 20 * outputs >= 7 * inputs;
        }
        return penalty.isZero() ? 6 * outputs >= 5 * inputs : 2 * outputs >= inputs;
    }

    @Override
    public double stepBackward() {
        if (!inputsAreSummed) {
            sumInputs();
        }
        sumImages();
        double squaredStep = biasMinimiser.step(residual, bias);
        la.map(targetSum, Elementwise.DIFFERENCE, imageSum, biasMinimiser.residualSum());
        clock.stop("biases");
        inputs.multiplyTransposed(1, residual, 0, weightStep.gradient());
        la.gemm(1, biasMinimiser.move(), false, inputSum, true, 1, weightStep.gradient());
        squaredStep += stepWeight();
        inputs.multiply(weightStep.move(), 1, residual);
        la.gemm(1, weight, true, biasMinimiser.move(), false, 0, gradientShift);
        clock.stop("weights");
        return squaredStep;
    }

    @Override
    public double moveStatesBackward(HiddenLayerKernels kernels, Matrix z, Matrix a, Matrix residualBelow) {
        double[] ratio = {pullRatio()};
        stateStep.begin(residual, weight, pullRatio());
        Matrix gradient = stateStep.gradient();
        clock.stop("activations");
        la.map(gradient, kernels.shiftedGradient(), ratio, gradient, z, a, gradientShift);
        clock.stop("states");
        setDirection();
        Matrix[] moved = {z, residualBelow, a, gradient};
        double[] squaredStep = new double[1];
        if (exact) {
            la.apply(kernels.backwardExactlyThenGradient(), moved, squaredStep, ratio, residualBelow, z, a,
                    stateStep.direction());
        } else {
            la.apply(kernels.backwardThenGradient(), moved, squaredStep, ratio, residualBelow, z, a, stateStep.scale(),
                    stateStep.direction(), stateStep.image());
        }
        clock.stop("states");
        return squaredStep[0];
    }

    @Override
    public Matrix linearGradient() {
        return stateStep.gradient();
    }

    @Override
    public Matrix gradient() {
        return stateStep.gradient();
    }

    @Override
    public double pullRatio() {
        return 1;
    }

    @Override
    public void moveActivation(HiddenLayerKernels kernels, Matrix z, Matrix a, double[] totals) {
        setDirection();
        la.apply(kernels.moveActivation(), new Matrix[] {a}, totals, NONE, z, a, stateStep.scale(),
                stateStep.direction());
        clock.stop("states");
    }

    @Override
    public double stepForward() {
        sumInputs();
        Matrix gradient = weightStep.gradient();
        inputs.multiplyTransposed(-1, preActivation, 0, gradient);
        la.gemm(1, weight, false, weightStep.gram(), false, 1, gradient);
        la.gemm(1, bias, false, inputSum, true, 1, gradient);
        double squaredStep = stepWeight();
        clock.stop("weights");
        sumImages();
        la.map(biasMinimiser.residualSum(), Elementwise.DIFFERENCE, imageSum, targetSum);
        squaredStep += biasMinimiser.stepFromSum(bias);
        clock.stop("biases");
        inputs.multiply(weight, 0, residual);
        clock.stop("residuals");
        return squaredStep;
    }

    @Override
    public void forgetInputs() {
        inputsAreSummed = false;
    }

    @Override
    public Kernel forwardKernel(HiddenLayerKernels kernels) {
        return kernels.forwardFromImage();
    }

    @Override
    public Matrix shift() {
        return bias;
    }

    @Override
    public long takeWeightDoublings() {
        return weightStep.takeDoublings();
    }

    @Override
    public long takeStateDoublings() {
        return stateStep.takeDoublings();
    }

    private double stepWeight() {
        weightStep.setScalarStart(penalties.scalarStart());
        return weightStep.steps(1, weight, penalties.nu());
    }

    private void setDirection() {
        stateStep.setScalarStart(penalties.scalarStart());
        stateStep.setDirection(penalties.nu(), pullRatio());
        clock.stop("activations");
    }

    private void sumInputs() {
        weightStep.setInputs(inputs);
        inputs.sum(inputSum);
        inputsAreSummed = true;
    }

    /** Σ p = W a 1 + n b. */
    private void sumImages() {
        la.multiply(weight, inputSum, imageSum);
        la.add(samples, bias, imageSum);
    }
}

package org.altmin.solvers.admm;

import java.util.ArrayList;
import java.util.List;
import org.altmin.core.network.ForwardPass;
import org.altmin.core.network.Network;
import org.altmin.core.network.Problem;
import org.altmin.core.network.Weights;
import org.altmin.core.solver.SolverState;
import org.altmin.core.solver.StateArchive;
import org.altmin.core.solver.StepReport;
import org.altmin.core.step.LayerVariables;
import org.altmin.core.step.PhaseClock;
import org.altmin.core.step.StateStep;
import org.altmin.core.step.WeightPenalty;
import org.altmin.core.step.WeightStep;
import org.altmin.core.step.Workspace;
import org.altmin.linalg.Expr;
import org.altmin.linalg.Kernel;
import org.altmin.linalg.LinearAlgebra;
import org.altmin.linalg.Matrix;
import org.altmin.linalg.Reduction;

/** The variables of {@link DlAdmm}: W_l, b_l, z_l, a_l, u, and the residuals E_l = p_l − z_l. */
public final class DlAdmmState implements SolverState {

    private static final double[] NONE = {};

    private static final Expr FIRST = Expr.input(0);
    private static final Expr SECOND = Expr.input(1);
    private static final Expr THIRD = Expr.input(2);
    private static final Expr PARAMETER = Expr.parameter(0);

    /** E + scale ∘ image. */
    private static final Kernel MOVED = Kernel.map(FIRST.plus(SECOND.times(THIRD)));
    private static final Kernel SHIFT = Kernel.map(FIRST.plus(PARAMETER.times(SECOND)));
    private static final Kernel IDENTITY = Kernel.map(FIRST);
    /** E − u/ρ. */
    private static final Kernel SHIFTED_RESIDUAL = Kernel.map(FIRST.minus(SECOND.dividedBy(PARAMETER)));
    /** u − ρE, with ⟨u, −E⟩ and ‖E‖². */
    private static final Kernel DUAL = dualKernel();

    private final Problem problem;
    private final LinearAlgebra la;
    private final Network network;
    private final int depth;
    private final LayerVariables layers;
    private final Weights weights;
    private final Matrix shiftedResidual;
    private final List<Matrix> biasMove = new ArrayList<>();
    private final List<WeightStep> weightSteps = new ArrayList<>();
    private final List<StateStep> stateSteps = new ArrayList<>();
    private final List<HiddenLayerKernels> kernels = new ArrayList<>();
    private final OutputStep outputStep;
    private final WeightPenalty weightPenalty;
    private final Penalties penalties;
    private final ForwardPass forward;
    private final PhaseClock clock;
    private final double[] squaredResidual;
    private final double[] squaredMisfit;
    private double squaredStep;
    private long iteration;

    DlAdmmState(DlAdmm solver, Problem problem) {
        this.problem = problem;
        la = problem.la();
        network = problem.network();
        depth = network.depth();
        penalties = new Penalties(solver);
        clock = new PhaseClock(la);
        squaredResidual = new double[depth + 1];
        squaredMisfit = new double[depth + 1];
        requireMemory();
        layers = new LayerVariables(problem);
        weights = layers.weights();
        weightPenalty = new WeightPenalty(problem);
        Workspace workspace = new Workspace(la);
        int samples = problem.samples();
        for (int l = 1; l <= depth; l++) {
            biasMove.add(la.allocate(network.width(l), 1));
            weightSteps.add(new WeightStep(workspace, solver.updates(), problem.weightPenalty(), solver.damping(),
                    network.width(l), network.width(l - 1), samples));
            if (l < depth) {
                stateSteps.add(new StateStep(workspace, solver.updates(), network.width(l + 1), network.width(l),
                        samples));
                kernels.add(new HiddenLayerKernels(network.activation(l)));
            }
        }
        shiftedResidual = la.allocate(network.outputs(), samples);
        outputStep = new OutputStep(workspace, solver.lossProx(), problem, solver.fistaStiffness());
        forward = solver.schedule() == PenaltySchedule.PUBLISHED ? new ForwardPass(la, network, samples) : null;
        weightSteps.get(0).fixInputs(problem.inputs());
    }

    @Override
    public Weights weights() {
        return weights;
    }

    @Override
    public void archive(StateArchive archive) {
        layers.archive(archive);
        archive.matrix("u", outputStep.dual());
        penalties.archive(archive);
        iteration = archive.integer("iteration", iteration);
    }

    StepReport step() {
        squaredStep = 0;
        clock.start();
        penalties.grow(iteration, this::networkLoss);
        for (int l = depth; l >= 1; l--) {
            if (l < depth) {
                updateActivationThenPreActivation(l);
            } else {
                updateOutput();
            }
            updateBias(l);
            if (l > 1) {
                moveWeight(l, 1);
                moveResidual(l, weightSteps.get(l - 1).imageScale(), weightSteps.get(l - 1).image());
            }
        }
        for (int l = 1; l <= depth; l++) {
            // Nothing lies between the backward and the forward step of W_1.
            moveWeight(l, l == 1 ? 2 : 1);
            if (l < depth) {
                updateBiasThenPreActivationThenActivation(l);
            } else {
                moveResidual(l, weightSteps.get(l - 1).imageScale(), weightSteps.get(l - 1).image());
                updateBias(l);
                updateOutput();
            }
        }
        iteration++;
        if (iteration % LayerVariables.REFRESH_PERIOD == 0) {
            layers.refreshResiduals();
            clock.stop("residuals");
        }
        return updateDual();
    }

    private void updateActivationThenPreActivation(int l) {
        Matrix z = layers.z(l);
        Matrix a = layers.a(l);
        Matrix residual = layers.residual(l);
        StateStep step = stateSteps.get(l - 1);
        Matrix gradient = step.linearGradient(penaltyResidual(l + 1), weights.weight(l + 1));
        la.map(gradient, kernels.get(l - 1).gradient(), pullRatio(l), gradient, z, a);
        setDirection(l);
        double[] squaredMove = new double[1];
        la.apply(kernels.get(l - 1).moveActivationThenPreActivation(), new Matrix[] {z, residual, a}, squaredMove, NONE,
                residual, z, a, step.scale(), step.direction());
        squaredStep += squaredMove[0];
        clock.stop("states");
        moveResidual(l + 1, step.scale(), step.image());
    }

    /** W_l has moved, but not yet the residual. */
    private void updateBiasThenPreActivationThenActivation(int l) {
        Matrix z = layers.z(l);
        Matrix a = layers.a(l);
        Matrix residual = layers.residual(l);
        WeightStep weightStep = weightSteps.get(l - 1);
        Matrix move = biasMove.get(l - 1);
        if (network.bias()) {
            la.reduceRows(MOVED, Reduction.SUM, move, NONE, residual, weightStep.imageScale(), weightStep.image());
            moveBias(l);
        }
        StateStep step = stateSteps.get(l - 1);
        Matrix gradient = step.linearGradient(penaltyResidual(l + 1), weights.weight(l + 1));
        clock.stop("activations");
        double[] totals = new double[2];
        la.apply(kernels.get(l - 1).movePreActivationThenGradient(), new Matrix[] {z, residual, gradient}, totals,
                pullRatio(l), residual, z, a, weightStep.imageScale(), weightStep.image(), move, gradient);
        squaredStep += totals[0];
        squaredResidual[l] = totals[1];
        clock.stop("states");
        setDirection(l);
        la.apply(kernels.get(l - 1).moveActivation(), new Matrix[] {a}, totals, NONE, z, a, step.scale(),
                step.direction());
        squaredStep += totals[0];
        squaredMisfit[l] = totals[1];
        clock.stop("states");
        moveResidual(l + 1, step.scale(), step.image());
    }

    private void setDirection(int l) {
        StateStep step = stateSteps.get(l - 1);
        step.setScalarStart(penalties.scalarStart());
        step.setDirection(weights.weight(l + 1), penalty(l + 1), penalties.nu());
        clock.stop("activations");
    }

    private void moveResidual(int l, Matrix scale, Matrix image) {
        la.map(layers.residual(l), MOVED, layers.residual(l), scale, image);
        clock.stop("residuals");
    }

    /** Moves W_l; the residual is still that of the old one. */
    private void moveWeight(int l, int steps) {
        WeightStep step = weightSteps.get(l - 1);
        step.setScalarStart(penalties.scalarStart());
        squaredStep += step.steps(steps, penaltyResidual(l), layers.a(l - 1), weights.weight(l), penalty(l));
        clock.stop("weights");
    }

    /** b_l ← b_l − mean over the samples of the residual: the exact minimiser. */
    private void updateBias(int l) {
        if (!network.bias()) {
            return;
        }
        Matrix move = biasMove.get(l - 1);
        la.reduceRows(IDENTITY, Reduction.SUM, move, NONE, penaltyResidual(l));
        moveBias(l);
        la.map(layers.residual(l), SHIFT, new double[] {1}, layers.residual(l), move);
        clock.stop("biases");
    }

    /** Turns the sum over the samples of the residual into the move of b_l, and makes it. */
    private void moveBias(int l) {
        Matrix move = biasMove.get(l - 1);
        la.scale(-1.0 / problem.samples(), move);
        la.add(1, move, weights.bias(l));
        squaredStep += la.squaredNorm(move);
        clock.stop("biases");
    }

    private void updateOutput() {
        outputStep.step(layers.z(depth), layers.residual(depth), penalties.rho());
        squaredStep += outputStep.squaredStep();
        clock.stop("outputs");
    }

    private StepReport updateDual() {
        double rho = penalties.rho();
        double nu = penalties.nu();
        Matrix dual = outputStep.dual();
        double[] totals = new double[2];
        la.apply(DUAL, new Matrix[] {dual}, totals, new double[] {rho}, dual, layers.residual(depth));
        squaredResidual[depth] = totals[1];
        squaredStep += rho * rho * totals[1];
        double loss = outputStep.loss(layers.z(depth));
        double penalty = rho / 2 * squaredResidual[depth];
        for (int l = 1; l < depth; l++) {
            penalty += nu / 2 * (squaredResidual[l] + squaredMisfit[l]);
        }
        double regularizer = weightPenalty.value(weights);
        clock.stop("dual");
        StepReport.Builder report = StepReport.objective(loss + regularizer + totals[0] + penalty)
                .term("loss", loss).term("regularizer", regularizer).term("multiplier", totals[0])
                .term("penalty", penalty)
                .primalResidual(Math.sqrt(squaredResidual[depth]))
                .dualResidual(rho * Math.sqrt(outputStep.squaredStep())).squaredStep(squaredStep)
                .phase("rho=" + rho + " nu=" + nu).seconds(clock.seconds());
        report.innerCount("fista", outputStep.takeInnerSteps());
        report.innerCount("weightDoublings", weightSteps.stream().mapToLong(WeightStep::takeDoublings).sum());
        report.innerCount("activationDoublings", stateSteps.stream().mapToLong(StateStep::takeDoublings).sum());
        return report.build();
    }

    /** R of the network at the weights of now, without the other variables. */
    private double networkLoss() {
        double loss = outputStep.loss(forward.run(weights, problem.inputs()));
        clock.stop("schedule");
        return loss;
    }

    /** What the layer's penalty is half the square of: E_l, and with the multiplier E_L − u/ρ. */
    private Matrix penaltyResidual(int l) {
        if (l < depth) {
            return layers.residual(l);
        }
        la.map(shiftedResidual, SHIFTED_RESIDUAL, new double[] {penalties.rho()}, layers.residual(depth),
                outputStep.dual());
        return shiftedResidual;
    }

    /** The pull of h_l(z_l) on a_l in units of the penalty of layer l + 1. */
    private double[] pullRatio(int l) {
        return new double[] {penalties.nu() / penalty(l + 1)};
    }

    private double penalty(int l) {
        return l < depth ? penalties.nu() : penalties.rho();
    }

    private void requireMemory() {
        long rows = 3L * network.outputs() + network.widest(depth) + network.widest(depth - 1);
        problem.requireMemory(LayerVariables.elements(problem) + rows * problem.samples(), "dladmm");
    }

    private static Kernel dualKernel() {
        Expr moved = FIRST.minus(PARAMETER.times(SECOND));
        return Kernel.builder().output(moved).sum(moved.times(SECOND).negate()).sum(SECOND.square()).build();
    }
}

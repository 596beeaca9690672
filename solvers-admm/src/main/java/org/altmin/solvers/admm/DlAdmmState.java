package org.altmin.solvers.admm;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import org.altmin.core.network.ForwardPass;
import org.altmin.core.network.Network;
import org.altmin.core.network.Problem;
import org.altmin.core.network.Weights;
import org.altmin.core.solver.SolverState;
import org.altmin.core.solver.StateArchive;
import org.altmin.core.solver.StepReport;
import org.altmin.core.step.LayerVariables;
import org.altmin.core.step.PhaseClock;
import org.altmin.core.step.SingularStep;
import org.altmin.core.step.Skyline;
import org.altmin.core.step.WeightPenalty;
import org.altmin.core.step.Workspace;
import org.altmin.linalg.AltminException;
import org.altmin.linalg.Expr;
import org.altmin.linalg.Kernel;
import org.altmin.linalg.LinearAlgebra;
import org.altmin.linalg.Matrix;
import org.altmin.linalg.NotPositiveDefiniteException;

/** The variables of {@link DlAdmm}: W_l, b_l, z_l, a_l, u, and the residuals E_l = p_l − z_l. */
public final class DlAdmmState implements SolverState {

    private static final double[] NONE = {};

    private static final Expr FIRST = Expr.input(0);
    private static final Expr SECOND = Expr.input(1);
    private static final Expr PARAMETER = Expr.parameter(0);

    /** E − u/ρ. */
    private static final Kernel SHIFTED_RESIDUAL = Kernel.map(FIRST.minus(SECOND.dividedBy(PARAMETER)));
    /** u − ρE, with ⟨u, −E⟩ and ‖E‖². */
    private static final Kernel DUAL = dualKernel();

    private final DlAdmm solver;
    private final Problem problem;
    private final LinearAlgebra la;
    private final Network network;
    private final int depth;
    private final LayerVariables layers;
    private final Weights weights;
    private final Matrix shiftedResidual;
    private final List<LinearLayer> linearLayers = new ArrayList<>();
    private final List<StateLayer> stateLayers = new ArrayList<>();
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

    DlAdmmState(DlAdmm solver, Problem problem, Optional<Skyline> skyline) {
        this.solver = solver;
        this.problem = problem;
        la = problem.la();
        network = problem.network();
        depth = network.depth();
        penalties = new Penalties(solver);
        clock = new PhaseClock(la);
        squaredResidual = new double[depth + 1];
        squaredMisfit = new double[depth + 1];
        layers = new LayerVariables(problem, skyline);
        weights = layers.weights();
        weightPenalty = new WeightPenalty(problem);
        Workspace workspace = new Workspace(la);
        for (int l = 1; l <= depth; l++) {
            addLayer(workspace, l);
        }
        shiftedResidual = la.allocate(network.outputs(), problem.samples());
        outputStep = new OutputStep(workspace, solver.lossProx(), problem.loss(), layers.targets(),
                solver.fistaStiffness());
        forward = solver.schedule() == PenaltySchedule.PUBLISHED ? new ForwardPass(la, network, problem.samples())
                : null;
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
        stateLayers.forEach(StateLayer::forgetInputs);
    }

    StepReport step() {
        squaredStep = 0;
        clock.start();
        penalties.grow(iteration, this::networkLoss);
        for (int l = depth; l >= 1; l--) {
            if (l < depth) {
                moveStatesBackward(l);
            } else {
                updateOutput();
            }
            moveWeights(l, LinearLayer::stepBackward);
        }
        for (int l = 1; l <= depth; l++) {
            moveWeights(l, LinearLayer::stepForward);
            if (l < depth) {
                updatePreActivationThenActivation(l);
            } else {
                updateOutput();
            }
        }
        iteration++;
        if (iteration % LayerVariables.REFRESH_PERIOD == 0) {
            refreshMovedResiduals();
        }
        return updateDual();
    }

    private void moveWeights(int l, ToDoubleFunction<LinearLayer> step) {
        try {
            squaredStep += step.applyAsDouble(linearLayers.get(l - 1));
        } catch (NotPositiveDefiniteException e) {
            throw SingularStep.ofWeights(l, "more damping than " + solver.damping(), e);
        }
    }

    private void moveStatesBackward(int l) {
        try {
            squaredStep += above(l).moveStatesBackward(kernels.get(l - 1), layers.z(l), layers.a(l),
                    layers.residual(l));
        } catch (NotPositiveDefiniteException e) {
            throw singularStates(l, e);
        }
    }

    private static AltminException singularStates(int l, NotPositiveDefiniteException cause) {
        return SingularStep.ofStates(l, "a stronger l2 regularizer", cause);
    }

    /** The layer whose inputs are a_l. */
    private StateLayer above(int l) {
        return stateLayers.get(l - 1);
    }

    private void updatePreActivationThenActivation(int l) {
        Matrix z = layers.z(l);
        Matrix a = layers.a(l);
        Matrix residual = layers.residual(l);
        LinearLayer own = linearLayers.get(l - 1);
        StateLayer above = above(l);
        HiddenLayerKernels kernel = kernels.get(l - 1);
        Matrix linearGradient = above.linearGradient();
        double[] totals = new double[2];
        la.apply(own.forwardKernel(kernel), new Matrix[] {z, residual, above.gradient()}, totals,
                new double[] {above.pullRatio()}, residual, z, a, own.shift(), linearGradient);
        squaredStep += totals[0];
        squaredResidual[l] = totals[1];
        clock.stop("states");
        try {
            above.moveActivation(kernel, z, a, totals);
        } catch (NotPositiveDefiniteException e) {
            throw singularStates(l, e);
        }
        squaredStep += totals[0];
        squaredMisfit[l] = totals[1];
    }

    private void updateOutput() {
        outputStep.step(layers.z(depth), layers.residual(depth), penalties.rho());
        squaredStep += outputStep.squaredStep();
        clock.stop("outputs");
    }

    /** A layer moved by Gram matrices has formed its residual anew. */
    private void refreshMovedResiduals() {
        for (int l = 1; l <= depth; l++) {
            if (!usesGramMatrices(solver, problem, l)) {
                layers.refreshResidual(l);
            }
        }
        clock.stop("residuals");
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
                .phase(penalties.name()).seconds(clock.seconds());
        report.innerCount("fista", outputStep.takeInnerSteps());
        report.innerCount("weightDoublings", linearLayers.stream().mapToLong(LinearLayer::takeWeightDoublings).sum());
        report.innerCount("activationDoublings", stateLayers.stream().mapToLong(StateLayer::takeStateDoublings).sum());
        return report.build();
    }

    /** R of the network at the weights of now, without the other variables. */
    private double networkLoss() {
        double loss = outputStep.loss(forward.run(weights, problem.inputs()));
        clock.stop("schedule");
        return loss;
    }

    private void addLayer(Workspace workspace, int l) {
        if (l < depth) {
            kernels.add(new HiddenLayerKernels(network.activation(l)));
        }
        if (l == 1 && l < depth) {
            linearLayers.add(new FixedInputLayer(workspace, solver, problem, layers, penalties, clock));
            return;
        }
        StateLayer layer = usesGramMatrices(solver, problem, l)
                ? new GramLayer(workspace, solver, problem, l, layers, penalties, clock)
                : new SampledLayer(workspace, solver, problem, l, layers, () -> penaltyResidual(l), penalties, clock);
        linearLayers.add(layer);
        if (l > 1) {
            stateLayers.add(layer);
        }
    }

    /** The last layer's multiplier needs its residual at every step. */
    private static boolean usesGramMatrices(DlAdmm solver, Problem problem, int l) {
        Network network = problem.network();
        return l > 1 && l < network.depth()
                && GramLayer.pays(solver.updates(), problem.weightPenalty(), network.width(l), network.width(l - 1));
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

    private static Kernel dualKernel() {
        Expr moved = FIRST.minus(PARAMETER.times(SECOND));
        return Kernel.builder().output(moved).sum(moved.times(SECOND).negate()).sum(SECOND.square()).build();
    }
}

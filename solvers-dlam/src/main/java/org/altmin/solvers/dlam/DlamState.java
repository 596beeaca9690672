package org.altmin.solvers.dlam;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.altmin.core.network.Network;
import org.altmin.core.network.Problem;
import org.altmin.core.network.Weights;
import org.altmin.core.operator.Activation;
import org.altmin.core.solver.SolverState;
import org.altmin.core.solver.StateArchive;
import org.altmin.core.solver.StepReport;
import org.altmin.core.step.Elementwise;
import org.altmin.core.step.LayerVariables;
import org.altmin.core.step.LossStep;
import org.altmin.core.step.PhaseClock;
import org.altmin.core.step.SignificantDigits;
import org.altmin.core.step.SingularStep;
import org.altmin.core.step.Skyline;
import org.altmin.core.step.WeightPenalty;
import org.altmin.core.step.WeightStep;
import org.altmin.core.step.Workspace;
import org.altmin.linalg.Expr;
import org.altmin.linalg.Kernel;
import org.altmin.linalg.LinearAlgebra;
import org.altmin.linalg.Matrix;
import org.altmin.linalg.NotPositiveDefiniteException;
import org.altmin.linalg.Reduction;

/** The variables of {@link Dlam} and {@link Mdlam}: W_l, b_l, z_l, a_l, and the residuals E_l = p_l − z_l. */
public final class DlamState implements SolverState {

    private static final double[] NONE = {};

    private static final Expr RESIDUAL = Expr.input(0);
    private static final Expr IMAGE = Expr.input(1);
    private static final Expr SCALE = Expr.input(2);
    private static final Expr BIAS_MOVE = Expr.input(3);
    private static final Expr PRE_ACTIVATION = Expr.input(4);
    private static final Expr STATE = Expr.input(5);

    /** E after the weight step. */
    private static final Expr MOVED = RESIDUAL.plus(SCALE.times(IMAGE));
    private static final Kernel MOVED_RESIDUAL = Kernel.map(MOVED);
    /** p after the weight and bias steps. */
    private static final Expr LINEAR_IMAGE = MOVED.plus(BIAS_MOVE).plus(PRE_ACTIVATION);
    private static final Kernel LOSS_CENTRE = Kernel.map(LINEAR_IMAGE);

    private final Dlam solver;
    private final ToleranceSchedule schedule;
    private final boolean accelerated;
    private final Problem problem;
    private final LinearAlgebra la;
    private final Network network;
    private final int depth;
    private final LayerVariables layers;
    private final Weights weights;
    private final List<Matrix> biasMove = new ArrayList<>();
    private final List<WeightBlock> weightBlocks = new ArrayList<>();
    private final List<ProjectedStateStep> stateSteps = new ArrayList<>();
    private final List<Kernel> preActivationSteps = new ArrayList<>();
    private final List<Kernel> pullingSteps = new ArrayList<>();
    private final Matrix lossCentre;
    private final LossStep lossStep;
    private final WeightPenalty weightPenalty;
    private final PhaseClock clock;
    private double tolerance;
    private boolean project;
    private double nesterov = 1;
    private long iteration;
    private double momentum;
    private double squaredStep;
    private double squaredResidual;

    DlamState(Dlam solver, Problem problem, Optional<Skyline> skyline) {
        this(solver, problem, skyline, false);
    }

    DlamState(Dlam solver, Problem problem, Optional<Skyline> skyline, boolean accelerated) {
        this.solver = solver;
        this.accelerated = accelerated;
        this.problem = problem;
        la = problem.la();
        network = problem.network();
        depth = network.depth();
        schedule = solver.tolerance().completed(Regime.of(network, problem.targetKind()));
        tolerance = schedule.start();
        clock = new PhaseClock(la);
        int samples = problem.samples();
        layers = new LayerVariables(problem, skyline);
        weights = layers.weights();
        weightPenalty = new WeightPenalty(problem);
        Workspace workspace = new Workspace(la);
        for (int l = 1; l <= depth; l++) {
            biasMove.add(la.allocate(network.width(l), 1));
            weightBlocks.add(weightBlock(workspace, l, samples));
            if (l < depth) {
                Activation activation = network.activation(l);
                stateSteps.add(new ProjectedStateStep(workspace, activation, weights.weight(l + 1), samples,
                        accelerated));
                stateSteps.get(l - 1).start(layers.a(l));
                preActivationSteps.add(preActivationStep(activation, false));
                pullingSteps.add(preActivationStep(activation, true));
            }
        }
        lossCentre = la.allocate(network.outputs(), samples);
        lossStep = new LossStep(workspace, LossStep.Method.EXACT, problem.loss(), 0, network.outputs(), samples);
        weightBlocks.get(0).fixInputs(layers.inputs(1));
    }

    @Override
    public Weights weights() {
        return weights;
    }

    @Override
    public void archive(StateArchive archive) {
        layers.archive(archive);
        for (int l = 1; l <= depth; l++) {
            weightBlocks.get(l - 1).archive(archive, l);
            if (l < depth) {
                stateSteps.get(l - 1).archive(archive, l);
            }
        }
        tolerance = archive.number("eps", tolerance);
        project = archive.integer("project", project ? 1 : 0) == 1;
        nesterov = archive.number("nesterov", nesterov);
        iteration = archive.integer("iteration", iteration);
    }

    StepReport step() {
        clock.start();
        squaredStep = 0;
        squaredResidual = 0;
        double next = (1 + Math.sqrt(1 + 4 * nesterov * nesterov)) / 2;
        momentum = accelerated ? (nesterov - 1) / next : 0;
        nesterov = next;
        for (int l = 1; l <= depth; l++) {
            updateWeight(l);
            updateBias(l);
            if (l < depth) {
                updatePreActivation(l);
                updateActivation(l);
            } else {
                updateOutput();
            }
        }
        iteration++;
        if (iteration % LayerVariables.REFRESH_PERIOD == 0) {
            layers.refreshResiduals();
            clock.stop("residuals");
        }
        return report();
    }

    /** Leaves the move of the residual in the block's image, to be added by the step of z_l. */
    private void updateWeight(int l) {
        try {
            squaredStep += weightBlocks.get(l - 1).step(layers.residual(l), layers.inputs(l), weights.weight(l),
                    solver.rho(), momentum);
        } catch (NotPositiveDefiniteException e) {
            throw SingularStep.ofWeights(l, "more damping than " + solver.damping(), e);
        }
        clock.stop("weights");
    }

    /** b_l ← b_l − mean over the samples of the residual: the exact minimiser. */
    private void updateBias(int l) {
        if (!network.bias()) {
            return;
        }
        WeightBlock block = weightBlocks.get(l - 1);
        Matrix move = biasMove.get(l - 1);
        la.reduceRows(MOVED_RESIDUAL, Reduction.SUM, move, NONE, layers.residual(l), block.image(), block.imageScale());
        la.scale(-1.0 / problem.samples(), move);
        la.add(1, move, weights.bias(l));
        squaredStep += la.squaredNorm(move);
        clock.stop("biases");
    }

    private void updatePreActivation(int l) {
        Matrix z = layers.z(l);
        Matrix residual = layers.residual(l);
        WeightBlock block = weightBlocks.get(l - 1);
        double[] totals = new double[2];
        Kernel kernel = (project ? pullingSteps : preActivationSteps).get(l - 1);
        la.apply(kernel, new Matrix[] {z, residual}, totals, new double[] {tolerance}, residual, block.image(),
                block.imageScale(), biasMove.get(l - 1), z, layers.a(l));
        squaredStep += totals[0];
        squaredResidual += totals[1];
        clock.stop("pre-activations");
    }

    private void updateActivation(int l) {
        Matrix z = layers.z(l);
        Matrix a = layers.a(l);
        Matrix residualAbove = layers.residual(l + 1);
        Matrix weightAbove = weights.weight(l + 1);
        ProjectedStateStep step = stateSteps.get(l - 1);
        if (project) {
            step.project(residualAbove, weightAbove, a, z, tolerance);
        }
        for (int i = 0; i < solver.stateSteps(); i++) {
            squaredStep += step.step(residualAbove, weightAbove, a, z, tolerance, momentum);
        }
        clock.stop("activations");
    }

    private void updateOutput() {
        WeightBlock block = weightBlocks.get(depth - 1);
        la.map(lossCentre, LOSS_CENTRE, layers.residual(depth), block.image(), block.imageScale(),
                biasMove.get(depth - 1), layers.z(depth));
        squaredStep += lossStep.step(layers.z(depth), lossCentre, layers.targets(), solver.rho());
        double[] total = new double[1];
        la.apply(Elementwise.DIFFERENCE_AND_SQUARE, new Matrix[] {layers.residual(depth)}, total, NONE, lossCentre,
                layers.z(depth));
        squaredResidual += total[0];
        clock.stop("outputs");
    }

    private StepReport report() {
        double loss = lossStep.loss(layers.z(depth), layers.targets());
        double penalty = solver.rho() / 2 * squaredResidual;
        double regularizer = weightPenalty.value(weights);
        String phase = "eps=" + SignificantDigits.forName(tolerance);
        double next = schedule.next(tolerance, loss);
        project = next < tolerance;
        tolerance = next;
        clock.stop("objective");
        StepReport.Builder report = StepReport.objective(loss + regularizer + penalty)
                .term("loss", loss).term("regularizer", regularizer).term("penalty", penalty)
                .primalResidual(Math.sqrt(squaredResidual)).squaredStep(squaredStep)
                .phase(phase).seconds(clock.seconds());
        report.innerCount("weightDoublings", weightBlocks.stream().mapToLong(WeightBlock::takeDoublings).sum());
        if (accelerated) {
            report.innerCount("weightsRedone", weightBlocks.stream().mapToLong(WeightBlock::takeRedone).sum());
            report.innerCount("activationsRedone",
                    stateSteps.stream().mapToLong(ProjectedStateStep::takeRedone).sum());
        }
        return report.build();
    }

    private WeightBlock weightBlock(Workspace workspace, int l, int samples) {
        if (accelerated) {
            return new AcceleratedWeightStep(workspace, problem.weightPenalty(), weights.weight(l), samples);
        }
        return new WeightBlock.Plain(new WeightStep(workspace, solver.updates(), problem.weightPenalty(),
                solver.damping(), network.width(l), network.width(l - 1), samples));
    }

    /**
     * z ← clip(p to where h stays within ε of a) and E ← p − z in one pass, with ‖Δz‖² and ‖E‖². The old z counts as
     * inside, unless it is to be pulled to a smaller ε: where h is constant, one rounding of a at its bound would
     * otherwise move the whole flat piece out of the interval, and F would rise.
     */
    private static Kernel preActivationStep(Activation activation, boolean pulls) {
        Expr epsilon = Expr.parameter(0);
        Activation.Interval interval = activation.preimage(STATE.minus(epsilon), STATE.plus(epsilon));
        Expr minimiser = pulls ? LINEAR_IMAGE.clamp(interval.lower(), interval.upper())
                : LINEAR_IMAGE.clamp(interval.lower().min(PRE_ACTIVATION), interval.upper().max(PRE_ACTIVATION));
        Expr moved = LINEAR_IMAGE.minus(minimiser);
        return Kernel.builder().output(minimiser).output(moved).sum(minimiser.minus(PRE_ACTIVATION).square())
                .sum(moved.square()).build();
    }
}

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
import org.altmin.core.step.LossStep;
import org.altmin.core.step.PhaseClock;
import org.altmin.core.step.StateStep;
import org.altmin.core.step.WeightStep;
import org.altmin.core.step.Workspace;
import org.altmin.linalg.Expr;
import org.altmin.linalg.Kernel;
import org.altmin.linalg.LinearAlgebra;
import org.altmin.linalg.Matrix;
import org.altmin.linalg.Reduction;

/** The variables of {@link DlAdmm}: W_l, b_l, z_l, a_l, u, and the residuals E_l = p_l − z_l. */
public final class DlAdmmState implements SolverState {

    /** The residuals are moved along with the blocks; recomputed this often, rounding does not add up. */
    private static final int RESIDUAL_REFRESH = 50;
    private static final double GREATEST_PUBLISHED_PENALTY = 0.1;
    private static final double PENALTY_GROWTH = 10;
    private static final int PAPER_PERIOD = 100;
    private static final double[] NONE = {};

    private static final Expr FIRST = Expr.input(0);
    private static final Expr SECOND = Expr.input(1);
    private static final Expr THIRD = Expr.input(2);
    private static final Expr PARAMETER = Expr.parameter(0);

    /** E + scale ∘ image. */
    private static final Kernel MOVED = Kernel.map(FIRST.plus(SECOND.times(THIRD)));
    private static final Kernel SHIFT = Kernel.map(FIRST.plus(PARAMETER.times(SECOND)));
    private static final Kernel RESIDUAL = Kernel.map(FIRST.plus(SECOND).minus(THIRD));
    private static final Kernel IDENTITY = Kernel.map(FIRST);
    /** E − u/ρ. */
    private static final Kernel SHIFTED_RESIDUAL = Kernel.map(FIRST.minus(SECOND.dividedBy(PARAMETER)));
    /** p − u/ρ = E + z − u/ρ. */
    private static final Kernel LOSS_CENTRE = Kernel.map(FIRST.plus(SECOND).minus(THIRD.dividedBy(PARAMETER)));
    /** E = p − z, from p − u/ρ, u and z. */
    private static final Kernel LOSS_RESIDUAL = Kernel.map(FIRST.plus(SECOND.dividedBy(PARAMETER)).minus(THIRD));
    /** u − ρE, with ⟨u, −E⟩ and ‖E‖². */
    private static final Kernel DUAL = dualKernel();

    private final DlAdmm solver;
    private final Problem problem;
    private final LinearAlgebra la;
    private final Network network;
    private final int depth;
    private final int samples;
    private final Weights weights;
    private final List<Matrix> z = new ArrayList<>();
    private final List<Matrix> a = new ArrayList<>();
    private final List<Matrix> residual = new ArrayList<>();
    private final Matrix dual;
    private final Matrix lossCentre;
    private final Matrix shiftedResidual;
    private final List<Matrix> biasMove = new ArrayList<>();
    private final List<WeightStep> weightSteps = new ArrayList<>();
    private final List<StateStep> stateSteps = new ArrayList<>();
    private final List<HiddenLayerKernels> kernels = new ArrayList<>();
    private final LossStep lossStep;
    private final Kernel penaltyValue;
    private final ForwardPass forward;
    private final PhaseClock clock;
    private final double[] squaredResidual;
    private final double[] squaredMisfit;
    private double squaredStep;
    private double squaredLossStep;
    private double rho;
    private double nu;
    private double scalarStart = 1;
    private long iteration;
    private double lastLoss = Double.NaN;
    private long risesRunning;

    DlAdmmState(DlAdmm solver, Problem problem) {
        this.solver = solver;
        this.problem = problem;
        la = problem.la();
        network = problem.network();
        depth = network.depth();
        samples = problem.samples();
        rho = solver.rho();
        nu = solver.nu();
        clock = new PhaseClock(la);
        squaredResidual = new double[depth + 1];
        squaredMisfit = new double[depth + 1];
        requireMemory();
        weights = new Weights(la, network);
        weights.set(problem.initial());
        Workspace workspace = new Workspace(la);
        for (int l = 1; l <= depth; l++) {
            z.add(la.allocate(network.width(l), samples));
            residual.add(la.allocate(network.width(l), samples));
            biasMove.add(la.allocate(network.width(l), 1));
            weightSteps.add(new WeightStep(workspace, solver.updates(), problem.weightPenalty(), solver.damping(),
                    network.width(l), network.width(l - 1), samples));
            if (l < depth) {
                a.add(la.allocate(network.width(l), samples));
                stateSteps.add(new StateStep(workspace, solver.updates(), network.width(l + 1), network.width(l),
                        samples));
                kernels.add(new HiddenLayerKernels(network.activation(l)));
            }
        }
        dual = la.allocate(network.outputs(), samples);
        lossCentre = la.allocate(network.outputs(), samples);
        shiftedResidual = la.allocate(network.outputs(), samples);
        lossStep = new LossStep(workspace, solver.lossProx(), problem.loss(), solver.fistaStiffness(),
                network.outputs(), samples);
        penaltyValue = Kernel.sum(problem.weightPenalty().value(FIRST));
        forward = solver.schedule() == PenaltySchedule.PUBLISHED ? new ForwardPass(la, network, samples) : null;
        weightSteps.get(0).fixInputs(problem.inputs());
        startAtForwardPass();
    }

    @Override
    public Weights weights() {
        return weights;
    }

    @Override
    public void archive(StateArchive archive) {
        archive.weights(weights);
        for (int l = 1; l <= depth; l++) {
            archive.matrix("z" + l, z(l));
            archive.matrix("residual" + l, residual(l));
            if (l < depth) {
                archive.matrix("a" + l, a(l));
            }
        }
        archive.matrix("u", dual);
        rho = archive.number("rho", rho);
        nu = archive.number("nu", nu);
        scalarStart = archive.number("scalarStart", scalarStart);
        iteration = archive.integer("iteration", iteration);
        lastLoss = archive.number("lastLoss", lastLoss);
        risesRunning = archive.integer("risesRunning", risesRunning);
    }

    StepReport step() {
        squaredStep = 0;
        clock.start();
        growPenalties();
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
        if (iteration % RESIDUAL_REFRESH == 0) {
            refreshResiduals();
        }
        return updateDual();
    }

    private void updateActivationThenPreActivation(int l) {
        StateStep step = stateSteps.get(l - 1);
        Matrix gradient = step.linearGradient(penaltyResidual(l + 1), weights.weight(l + 1));
        la.map(gradient, kernels.get(l - 1).gradient(), new double[] {nu / penalty(l + 1)}, gradient, z(l), a(l));
        setDirection(l);
        double[] squaredMove = new double[1];
        la.apply(kernels.get(l - 1).moveActivationThenPreActivation(), new Matrix[] {z(l), residual(l), a(l)},
                squaredMove, NONE, residual(l), z(l), a(l), step.scale(), step.direction());
        squaredStep += squaredMove[0];
        clock.stop("states");
        moveResidual(l + 1, step.scale(), step.image());
    }

    /** W_l has moved, but not yet the residual. */
    private void updateBiasThenPreActivationThenActivation(int l) {
        WeightStep weightStep = weightSteps.get(l - 1);
        Matrix move = biasMove.get(l - 1);
        if (network.bias()) {
            la.reduceRows(MOVED, Reduction.SUM, move, NONE, residual(l), weightStep.imageScale(), weightStep.image());
            moveBias(l);
        }
        StateStep step = stateSteps.get(l - 1);
        Matrix gradient = step.linearGradient(penaltyResidual(l + 1), weights.weight(l + 1));
        clock.stop("activations");
        double[] totals = new double[2];
        la.apply(kernels.get(l - 1).movePreActivationThenGradient(), new Matrix[] {z(l), residual(l), gradient},
                totals, new double[] {nu / penalty(l + 1)}, residual(l), z(l), a(l), weightStep.imageScale(),
                weightStep.image(), move, gradient);
        squaredStep += totals[0];
        squaredResidual[l] = totals[1];
        clock.stop("states");
        setDirection(l);
        la.apply(kernels.get(l - 1).moveActivation(), new Matrix[] {a(l)}, totals, NONE, residual(l), z(l), a(l),
                step.scale(), step.direction());
        squaredStep += totals[0];
        squaredMisfit[l] = totals[1];
        clock.stop("states");
        moveResidual(l + 1, step.scale(), step.image());
    }

    private void setDirection(int l) {
        StateStep step = stateSteps.get(l - 1);
        step.setScalarStart(scalarStart);
        step.setDirection(weights.weight(l + 1), penalty(l + 1), nu);
        clock.stop("activations");
    }

    private void moveResidual(int l, Matrix scale, Matrix image) {
        la.map(residual(l), MOVED, residual(l), scale, image);
        clock.stop("residuals");
    }

    /** Moves W_l; the residual is still that of the old one. */
    private void moveWeight(int l, int steps) {
        WeightStep step = weightSteps.get(l - 1);
        step.setScalarStart(scalarStart);
        Matrix inputs = l == 1 ? problem.inputs() : a(l - 1);
        squaredStep += step.steps(steps, penaltyResidual(l), inputs, weights.weight(l), penalty(l));
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
        la.map(residual(l), SHIFT, new double[] {1}, residual(l), move);
        clock.stop("biases");
    }

    /** Turns the sum over the samples of the residual into the move of b_l, and makes it. */
    private void moveBias(int l) {
        Matrix move = biasMove.get(l - 1);
        la.scale(-1.0 / samples, move);
        la.add(1, move, weights.bias(l));
        squaredStep += la.squaredNorm(move);
        clock.stop("biases");
    }

    private void updateOutput() {
        la.map(lossCentre, LOSS_CENTRE, new double[] {rho}, residual(depth), z(depth), dual);
        squaredLossStep = lossStep.step(z(depth), lossCentre, problem.targets(), rho);
        squaredStep += squaredLossStep;
        la.map(residual(depth), LOSS_RESIDUAL, new double[] {rho}, lossCentre, dual, z(depth));
        clock.stop("outputs");
    }

    private StepReport updateDual() {
        double[] totals = new double[2];
        la.apply(DUAL, new Matrix[] {dual}, totals, new double[] {rho}, dual, residual(depth));
        squaredResidual[depth] = totals[1];
        squaredStep += rho * rho * totals[1];
        double loss = lossStep.loss(z(depth), problem.targets());
        double penalty = rho / 2 * squaredResidual[depth];
        for (int l = 1; l < depth; l++) {
            penalty += nu / 2 * (squaredResidual[l] + squaredMisfit[l]);
        }
        double regularizer = 0;
        for (int l = 1; l <= depth && !problem.weightPenalty().isZero(); l++) {
            regularizer += la.reduce(penaltyValue, weights.weight(l));
        }
        clock.stop("dual");
        StepReport.Builder report = StepReport.objective(loss + regularizer + totals[0] + penalty)
                .term("loss", loss).term("regularizer", regularizer).term("multiplier", totals[0])
                .term("penalty", penalty)
                .primalResidual(Math.sqrt(squaredResidual[depth])).dualResidual(rho * Math.sqrt(squaredLossStep))
                .squaredStep(squaredStep).phase("rho=" + rho + " nu=" + nu).seconds(clock.seconds());
        report.innerCount("fista", lossStep.takeInnerSteps());
        report.innerCount("weightDoublings", weightSteps.stream().mapToLong(WeightStep::takeDoublings).sum());
        report.innerCount("activationDoublings", stateSteps.stream().mapToLong(StateStep::takeDoublings).sum());
        return report.build();
    }

    private void growPenalties() {
        if (solver.schedule() == PenaltySchedule.PAPER && iteration > 0 && iteration % PAPER_PERIOD == 0) {
            rho *= PENALTY_GROWTH;
        } else if (solver.schedule() == PenaltySchedule.PUBLISHED) {
            double loss = lossStep.loss(forward.run(weights, problem.inputs()), problem.targets());
            risesRunning = loss > lastLoss ? risesRunning + 1 : 0;
            lastLoss = loss;
            if (risesRunning >= 3) {
                rho = Math.min(PENALTY_GROWTH * rho, GREATEST_PUBLISHED_PENALTY);
                nu = Math.min(PENALTY_GROWTH * nu, GREATEST_PUBLISHED_PENALTY);
                scalarStart *= PENALTY_GROWTH;
            }
            clock.stop("schedule");
        }
    }

    private void startAtForwardPass() {
        for (int l = 1; l <= depth; l++) {
            computeImage(l, z(l));
            la.map(z(l), SHIFT, new double[] {1}, z(l), weights.bias(l));
            if (l < depth) {
                la.map(a(l), Kernel.map(network.activation(l).value(FIRST)), z(l));
            }
        }
    }

    private void refreshResiduals() {
        for (int l = 1; l <= depth; l++) {
            computeImage(l, residual(l));
            la.map(residual(l), RESIDUAL, residual(l), weights.bias(l), z(l));
        }
        clock.stop("residuals");
    }

    /** target ← W_l a_{l−1}. */
    private void computeImage(int l, Matrix target) {
        la.multiply(weights.weight(l), l == 1 ? problem.inputs() : a(l - 1), target);
    }

    /** What the layer's penalty is half the square of: E_l, and with the multiplier E_L − u/ρ. */
    private Matrix penaltyResidual(int l) {
        if (l < depth) {
            return residual(l);
        }
        la.map(shiftedResidual, SHIFTED_RESIDUAL, new double[] {rho}, residual(l), dual);
        return shiftedResidual;
    }

    private double penalty(int l) {
        return l < depth ? nu : rho;
    }

    private Matrix z(int l) {
        return z.get(l - 1);
    }

    private Matrix a(int l) {
        return a.get(l - 1);
    }

    private Matrix residual(int l) {
        return residual.get(l - 1);
    }

    private void requireMemory() {
        long elements = 3L * network.outputs() * samples;
        long widestImage = 0;
        long widestGradient = 0;
        for (int l = 1; l <= depth; l++) {
            long block = (long) network.width(l) * samples;
            elements += l < depth ? 3 * block : 2 * block;
            widestImage = Math.max(widestImage, block);
            widestGradient = l < depth ? Math.max(widestGradient, block) : widestGradient;
        }
        la.requireMemory(elements + widestImage + widestGradient, "dladmm on " + samples + " samples of a "
                + network.shape() + " network");
    }

    private static Kernel dualKernel() {
        Expr moved = FIRST.minus(PARAMETER.times(SECOND));
        return Kernel.builder().output(moved).sum(moved.times(SECOND).negate()).sum(SECOND.square()).build();
    }
}

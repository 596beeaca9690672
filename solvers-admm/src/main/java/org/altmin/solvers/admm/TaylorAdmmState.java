package org.altmin.solvers.admm;

import java.util.ArrayList;
import java.util.List;
import org.altmin.core.network.Network;
import org.altmin.core.network.Problem;
import org.altmin.core.network.Weights;
import org.altmin.core.operator.Activation;
import org.altmin.core.solver.SolverState;
import org.altmin.core.solver.StateArchive;
import org.altmin.core.solver.StepReport;
import org.altmin.core.step.LossStep;
import org.altmin.core.step.PhaseClock;
import org.altmin.core.step.StateStep;
import org.altmin.core.step.UpdateRule;
import org.altmin.core.step.Workspace;
import org.altmin.linalg.AltminException;
import org.altmin.linalg.Expr;
import org.altmin.linalg.Kernel;
import org.altmin.linalg.LinearAlgebra;
import org.altmin.linalg.Matrix;
import org.altmin.linalg.NotPositiveDefiniteException;
import org.altmin.linalg.Reduction;

/** The variables of {@link TaylorAdmm}: W_l, b_l, z_l, a_l, u, and the residuals E_l = p_l − z_l. */
public final class TaylorAdmmState implements SolverState {

    private static final double[] NONE = {};

    private static final Expr FIRST = Expr.input(0);
    private static final Expr SECOND = Expr.input(1);
    private static final Expr THIRD = Expr.input(2);
    private static final Expr PARAMETER = Expr.parameter(0);

    private static final Kernel SCALED = Kernel.map(PARAMETER.times(FIRST));
    private static final Kernel IDENTITY = Kernel.map(FIRST);
    private static final Kernel SUM = Kernel.map(FIRST.plus(SECOND));
    /** E + scale ∘ image. */
    private static final Kernel MOVE_RESIDUAL = Kernel.map(FIRST.plus(SECOND.times(THIRD)));
    /** p − u/β = E + z − u/β. */
    private static final Kernel LOSS_CENTRE = Kernel.map(FIRST.plus(SECOND).minus(THIRD.dividedBy(PARAMETER)));
    /** E = p − z from p − u/β, u and z, with ‖E‖². */
    private static final Kernel LOSS_RESIDUAL = lossResidual();
    private static final Kernel DUAL = Kernel.map(FIRST.minus(PARAMETER.times(SECOND)));

    private final TaylorAdmm solver;
    private final Problem problem;
    private final LinearAlgebra la;
    private final Network network;
    private final int depth;
    private final Weights weights;
    private final List<Matrix> z = new ArrayList<>();
    private final List<Matrix> a = new ArrayList<>();
    private final List<Matrix> residual = new ArrayList<>();
    private final List<Matrix> gradient = new ArrayList<>();
    private final List<RidgeStep> weightSteps = new ArrayList<>();
    private final List<StateStep> stateSteps = new ArrayList<>();
    private final List<Kernel> preActivationSteps = new ArrayList<>();
    private final List<HiddenLayerKernels> kernels = new ArrayList<>();
    private final Workspace workspace;
    private final Matrix dual;
    private final Matrix lossCentre;
    private final LossStep lossStep;
    private final PhaseClock clock;
    private double squaredStep;
    private double penaltyTerm;
    private long iteration;

    TaylorAdmmState(TaylorAdmm solver, Problem problem) {
        this.solver = solver;
        this.problem = problem;
        la = problem.la();
        network = problem.network();
        depth = network.depth();
        int samples = problem.samples();
        clock = new PhaseClock(la);
        requireMemory();
        weights = new Weights(la, network);
        weights.set(problem.initial());
        workspace = new Workspace(la);
        for (int l = 1; l <= depth; l++) {
            int width = network.width(l);
            z.add(la.allocate(width, samples));
            residual.add(la.allocate(width, samples));
            gradient.add(la.allocate(width, network.width(l - 1) + 1));
            weightSteps.add(new RidgeStep(la, width, network.width(l - 1), network.bias()));
            image(l);
            if (l < depth) {
                Activation activation = network.activation(l);
                a.add(la.allocate(width, samples));
                stateSteps.add(new StateStep(workspace, UpdateRule.EXACT, network.width(l + 1), width, samples));
                kernels.add(new HiddenLayerKernels(activation));
                preActivationSteps.add(preActivationStep(activation));
            }
        }
        dual = la.allocate(network.outputs(), samples);
        lossCentre = la.allocate(network.outputs(), samples);
        lossStep = new LossStep(workspace, LossStep.Method.EXACT, problem.loss(), 0, network.outputs(), samples);
        weightSteps.get(0).setInputs(problem.inputs());
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
        iteration = archive.integer("iteration", iteration);
    }

    StepReport step() {
        squaredStep = 0;
        penaltyTerm = 0;
        clock.start();
        for (int l = 1; l < depth; l++) {
            updateWeights(l);
            updateActivation(l);
            updatePreActivation(l);
        }
        updateWeights(depth);
        return updateOutput();
    }

    /** W_l = z_l a⁺, damped. */
    private void updateWeights(int l) {
        int inputs = network.width(l - 1);
        double beta = solver.beta();
        RidgeStep step = weightSteps.get(l - 1);
        if (l > 1) {
            step.setInputs(a(l - 1));
        }
        double ridge = beta * solver.damping() * step.meanDiagonal() + problem.weightPenalty().quadratic();
        Matrix g = gradient.get(l - 1);
        la.map(g, SCALED, new double[] {ridge}, weights.augmented(l));
        la.gemm(beta, residual(l), false, below(l), true, 1, g.columns(0, inputs));
        if (network.bias()) {
            la.reduceRows(IDENTITY, Reduction.SUM, g.columns(inputs, inputs + 1), NONE, residual(l));
            la.scale(beta, g.columns(inputs, inputs + 1));
        }
        try {
            squaredStep += step.step(g, weights.augmented(l), beta, ridge, 0);
        } catch (NotPositiveDefiniteException e) {
            throw new AltminException("The weight step of layer " + l + " is singular to rounding; use more damping "
                    + "than " + solver.damping() + ", or precision=float64.", e);
        }
        Matrix image = image(l);
        la.multiply(step.move().columns(0, inputs), below(l), image);
        la.map(residual(l), SUM, residual(l), image);
        if (network.bias()) {
            la.map(residual(l), SUM, residual(l), step.move().columns(inputs, inputs + 1));
        }
        clock.stop("weights");
    }

    private void updateActivation(int l) {
        StateStep step = stateSteps.get(l - 1);
        HiddenLayerKernels kernel = kernels.get(l - 1);
        Matrix g = step.linearGradient(residual(l + 1), weights.weight(l + 1));
        la.map(g, kernel.gradient(), new double[] {solver.gamma() / solver.beta()}, g, z(l), a(l));
        step.setDirection(weights.weight(l + 1), solver.beta(), solver.gamma());
        double[] totals = new double[2];
        la.apply(kernel.moveActivation(), new Matrix[] {a(l)}, totals, NONE, g, z(l), a(l), step.scale(),
                step.direction());
        squaredStep += totals[0];
        la.map(residual(l + 1), MOVE_RESIDUAL, residual(l + 1), step.scale(), step.image());
        clock.stop("activations");
    }

    private void updatePreActivation(int l) {
        double[] totals = new double[3];
        la.apply(preActivationSteps.get(l - 1), new Matrix[] {z(l), residual(l)}, totals,
                new double[] {solver.beta() / solver.gamma()}, residual(l), z(l), a(l));
        squaredStep += totals[0];
        penaltyTerm += solver.beta() / 2 * totals[1] + solver.gamma() / 2 * totals[2];
        clock.stop("pre-activations");
    }

    private StepReport updateOutput() {
        Matrix output = z(depth);
        Matrix gap = residual(depth);
        double beta = solver.beta();
        double[] parameters = {beta};
        la.map(lossCentre, LOSS_CENTRE, parameters, gap, output, dual);
        double move = lossStep.step(output, lossCentre, problem.targets(), beta);
        double[] squaredGap = new double[1];
        la.apply(LOSS_RESIDUAL, new Matrix[] {gap}, squaredGap, parameters, lossCentre, dual, output);
        squaredStep += move;
        penaltyTerm += beta / 2 * squaredGap[0];
        iteration++;
        if (iteration > solver.warmStart()) {
            la.map(dual, DUAL, parameters, dual, gap);
            squaredStep += beta * beta * squaredGap[0];
        }
        double loss = lossStep.loss(output, problem.targets());
        double multiplierTerm = la.dot(dual, output);
        double regularizer = 0;
        for (int l = 1; l <= depth && !problem.weightPenalty().isZero(); l++) {
            regularizer += problem.weightPenalty().quadratic() / 2 * la.squaredNorm(weights.weight(l));
        }
        clock.stop("outputs");
        return StepReport.objective(loss + regularizer + multiplierTerm + penaltyTerm).term("loss", loss)
                .term("regularizer", regularizer).term("multiplier", multiplierTerm).term("penalty", penaltyTerm)
                .primalResidual(Math.sqrt(squaredGap[0])).dualResidual(beta * Math.sqrt(move))
                .squaredStep(squaredStep).phase(iteration > solver.warmStart() ? "multiplier" : "warm start")
                .seconds(clock.seconds()).build();
    }

    private void startAtForwardPass() {
        for (int l = 1; l <= depth; l++) {
            la.multiply(weights.weight(l), below(l), z(l));
            la.map(z(l), SUM, z(l), weights.bias(l));
            if (l < depth) {
                la.map(a(l), Kernel.map(network.activation(l).value(FIRST)), z(l));
            }
        }
    }

    /** Scratch of the size of z_l, shared with the steps of a. */
    private Matrix image(int l) {
        return workspace.matrix("image", network.width(l), problem.samples());
    }

    private Matrix below(int l) {
        return l == 1 ? problem.inputs() : a(l - 1);
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
        long elements = 2L * network.outputs() * problem.samples();
        long widest = 0;
        for (int l = 1; l <= depth; l++) {
            long block = (long) network.width(l) * problem.samples();
            elements += l < depth ? 3 * block : 2 * block;
            widest = Math.max(widest, block);
        }
        la.requireMemory(elements + 3 * widest, "taylor-admm on " + problem.samples() + " samples of a "
                + network.shape() + " network");
    }

    /** z ← argmin (γ/2)(h(z) − a)² + (β/2)(z − p)² and E ← p − z, with ‖Δz‖², ‖E‖² and ‖a − h(z)‖². */
    private static Kernel preActivationStep(Activation activation) {
        Expr image = FIRST.plus(SECOND);
        Expr minimiser = activation.prox(THIRD, image, PARAMETER);
        Expr moved = image.minus(minimiser);
        return Kernel.builder().output(minimiser).output(moved).sum(minimiser.minus(SECOND).square())
                .sum(moved.square()).sum(activation.value(minimiser).minus(THIRD).square()).build();
    }

    private static Kernel lossResidual() {
        Expr moved = FIRST.plus(SECOND.dividedBy(PARAMETER)).minus(THIRD);
        return Kernel.builder().output(moved).sum(moved.square()).build();
    }
}

package org.altmin.solvers.admm;

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
import org.altmin.core.step.SingularStep;
import org.altmin.core.step.Skyline;
import org.altmin.core.step.StateStep;
import org.altmin.core.step.UpdateRule;
import org.altmin.core.step.Workspace;
import org.altmin.linalg.Expr;
import org.altmin.linalg.Kernel;
import org.altmin.linalg.LinearAlgebra;
import org.altmin.linalg.Matrix;
import org.altmin.linalg.NotPositiveDefiniteException;

/** The variables of {@link TaylorAdmm}: W_l, b_l, z_l, a_l, u, and the residuals E_l = p_l − z_l. */
public final class TaylorAdmmState implements SolverState {

    private static final double[] NONE = {};

    private static final Expr FIRST = Expr.input(0);
    private static final Expr SECOND = Expr.input(1);
    private static final Expr THIRD = Expr.input(2);
    private static final Expr PARAMETER = Expr.parameter(0);

    private final TaylorAdmm solver;
    private final Problem problem;
    private final LinearAlgebra la;
    private final Network network;
    private final int depth;
    private final LayerVariables layers;
    private final Weights weights;
    private final List<Matrix> gradient = new ArrayList<>();
    private final List<RidgeStep> weightSteps = new ArrayList<>();
    private final List<StateStep> stateSteps = new ArrayList<>();
    private final List<Kernel> preActivationSteps = new ArrayList<>();
    private final List<HiddenLayerKernels> kernels = new ArrayList<>();
    private final OutputStep outputStep;
    private final PhaseClock clock;
    private double squaredStep;
    private double penaltyTerm;
    private long iteration;

    TaylorAdmmState(TaylorAdmm solver, Problem problem, Optional<Skyline> skyline) {
        this.solver = solver;
        this.problem = problem;
        la = problem.la();
        network = problem.network();
        depth = network.depth();
        int samples = problem.samples();
        clock = new PhaseClock(la);
        layers = new LayerVariables(problem, skyline);
        weights = layers.weights();
        Workspace workspace = new Workspace(la);
        for (int l = 1; l <= depth; l++) {
            int width = network.width(l);
            gradient.add(la.allocate(width, network.width(l - 1) + 1));
            weightSteps.add(new RidgeStep(la, width, network.width(l - 1), network.bias()));
            if (l < depth) {
                Activation activation = network.activation(l);
                stateSteps.add(new StateStep(workspace, UpdateRule.EXACT, network.width(l + 1), width, samples));
                kernels.add(new HiddenLayerKernels(activation));
                preActivationSteps.add(preActivationStep(activation));
            }
        }
        outputStep = new OutputStep(workspace, LossStep.Method.EXACT, problem.loss(), layers.targets(), 0);
        weightSteps.get(0).setInputs(layers.inputs(1));
    }

    @Override
    public Weights weights() {
        return weights;
    }

    @Override
    public void archive(StateArchive archive) {
        layers.archive(archive);
        archive.matrix("u", outputStep.dual());
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

    /** W_l = z_l a⁺, damped. The move of a_{l−1} has left E_l behind, which is formed anew. */
    private void updateWeights(int l) {
        double beta = solver.beta();
        RidgeStep step = weightSteps.get(l - 1);
        if (l > 1) {
            step.setInputs(layers.inputs(l));
        }
        double ridge = beta * solver.damping() * step.meanDiagonal() + problem.weightPenalty().quadratic();
        Matrix g = gradient.get(l - 1);
        la.fill(g, 0);
        la.add(ridge, weights.weight(l), g.columns(0, network.width(l - 1)));
        step.addLeastSquaresGradient(beta, weights.augmented(l), layers.z(l), layers.inputs(l), g);
        try {
            squaredStep += step.step(g, weights.augmented(l), beta, ridge, 0);
        } catch (NotPositiveDefiniteException e) {
            throw SingularStep.ofWeights(l, "more damping than " + solver.damping(), e);
        }
        Matrix residual = layers.residual(l);
        layers.inputs(l).multiply(weights.weight(l), 0, residual);
        la.map(residual, Elementwise.SUM_LESS, residual, weights.bias(l), layers.z(l));
        clock.stop("weights");
    }

    private void updateActivation(int l) {
        StateStep step = stateSteps.get(l - 1);
        HiddenLayerKernels kernel = kernels.get(l - 1);
        Matrix g = step.linearGradient(layers.residual(l + 1), weights.weight(l + 1));
        double ratio = solver.gamma() / solver.beta();
        la.map(g, kernel.gradient(), new double[] {ratio}, g, layers.z(l), layers.a(l));
        try {
            step.setDirection(weights.weight(l + 1), solver.beta(), ratio);
        } catch (NotPositiveDefiniteException e) {
            throw SingularStep.ofStates(l, "a larger gamma than " + solver.gamma(), e);
        }
        double[] totals = new double[2];
        la.apply(kernel.moveActivation(), new Matrix[] {layers.a(l)}, totals, NONE, layers.z(l), layers.a(l),
                step.scale(), step.direction());
        squaredStep += totals[0];
        clock.stop("activations");
    }

    private void updatePreActivation(int l) {
        double[] totals = new double[3];
        la.apply(preActivationSteps.get(l - 1), new Matrix[] {layers.z(l), layers.residual(l)}, totals,
                new double[] {solver.beta() / solver.gamma()}, layers.residual(l), layers.z(l), layers.a(l));
        squaredStep += totals[0];
        penaltyTerm += solver.beta() / 2 * totals[1] + solver.gamma() / 2 * totals[2];
        clock.stop("pre-activations");
    }

    private StepReport updateOutput() {
        double beta = solver.beta();
        outputStep.step(layers.z(depth), layers.residual(depth), beta);
        double squaredResidual = outputStep.squaredResidual();
        squaredStep += outputStep.squaredStep();
        penaltyTerm += beta / 2 * squaredResidual;
        iteration++;
        Matrix dual = outputStep.dual();
        if (iteration > solver.warmStart()) {
            la.map(dual, Elementwise.LESS_SCALED, new double[] {beta}, dual, layers.residual(depth));
            squaredStep += beta * beta * squaredResidual;
        }
        double loss = outputStep.loss(layers.z(depth));
        double multiplierTerm = la.dot(dual, layers.z(depth));
        double regularizer = 0;
        for (int l = 1; l <= depth && !problem.weightPenalty().isZero(); l++) {
            regularizer += problem.weightPenalty().quadratic() / 2 * la.squaredNorm(weights.weight(l));
        }
        clock.stop("outputs");
        return StepReport.objective(loss + regularizer + multiplierTerm + penaltyTerm).term("loss", loss)
                .term("regularizer", regularizer).term("multiplier", multiplierTerm).term("penalty", penaltyTerm)
                .primalResidual(Math.sqrt(squaredResidual)).dualResidual(beta * Math.sqrt(outputStep.squaredStep()))
                .squaredStep(squaredStep).phase(iteration > solver.warmStart() ? "multiplier" : "warm start")
                .seconds(clock.seconds()).build();
    }

    /** z ← argmin (γ/2)(h(z) − a)² + (β/2)(z − p)² and E ← p − z, with ‖Δz‖², ‖E‖² and ‖a − h(z)‖². */
    private static Kernel preActivationStep(Activation activation) {
        Expr image = FIRST.plus(SECOND);
        Expr minimiser = activation.prox(THIRD, image, PARAMETER);
        Expr moved = image.minus(minimiser);
        return Kernel.builder().output(minimiser).output(moved).sum(minimiser.minus(SECOND).square())
                .sum(moved.square()).sum(activation.value(minimiser).minus(THIRD).square()).build();
    }
}

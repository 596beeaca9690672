package org.altmin.solvers.admm;

import java.util.ArrayList;
import java.util.List;
import org.altmin.core.network.Network;
import org.altmin.core.network.Problem;
import org.altmin.core.network.Weights;
import org.altmin.core.solver.SolverState;
import org.altmin.core.solver.StateArchive;
import org.altmin.core.solver.StepReport;
import org.altmin.core.step.LayerInputs;
import org.altmin.core.step.LossStep;
import org.altmin.core.step.PhaseClock;
import org.altmin.core.step.SingularStep;
import org.altmin.core.step.Workspace;
import org.altmin.linalg.AltminException;
import org.altmin.linalg.Expr;
import org.altmin.linalg.Kernel;
import org.altmin.linalg.LinearAlgebra;
import org.altmin.linalg.Matrix;
import org.altmin.linalg.NotPositiveDefiniteException;
import org.altmin.linalg.Reduction;

/**
 * The variables of {@link SigmoidAdmm}: W_l, b_l, V_l, Λ_l. With them go ∇𝓛 in [W_l b_l], which the next weight step
 * starts from, and max|V_l − Λ_l/β_l|, which the next stiffness is made of.
 *
 * <p>A hidden layer costs six sample products and half a Gram product: W V before and after the step of V, the two
 * gradients, the damped solve, and ∇𝓛 in V for the residual.
 */
public final class SigmoidAdmmState implements SolverState {

    private static final Kernel LARGEST = Kernel.reduce(Reduction.MAX, Expr.input(0).abs());

    private final SigmoidAdmm solver;
    private final Problem problem;
    private final LinearAlgebra la;
    private final Network network;
    private final int depth;
    private final Weights weights;
    private final List<Matrix> state = new ArrayList<>();
    private final List<Matrix> multiplier = new ArrayList<>();
    private final List<Matrix> gradient = new ArrayList<>();
    /** In turn W V, D = (Λ + β r) ∘ h′(p), and nothing between two steps. */
    private final List<Matrix> image = new ArrayList<>();
    /** In turn the gradient of V_l, its step, Λ_l + β_l r_l, ∇𝓛 in V_l, and nothing between two steps. */
    private final List<Matrix> direction = new ArrayList<>();
    private final List<RidgeStep> weightSteps = new ArrayList<>();
    private final List<DampedSolve> stateSolves = new ArrayList<>();
    private final List<HiddenConstraintKernels> kernels = new ArrayList<>();
    private final Matrix lossCentre;
    private final LossStep lossStep;
    private final double[] largest;
    private final PhaseClock clock;
    private double squaredStep;
    private double squaredResidual;
    private double squaredGradient;
    private double multiplierTerm;
    private double penaltyTerm;

    SigmoidAdmmState(SigmoidAdmm solver, Problem problem) {
        this.solver = solver;
        this.problem = problem;
        la = problem.la();
        network = problem.network();
        depth = network.depth();
        int samples = problem.samples();
        largest = new double[depth + 1];
        clock = new PhaseClock(la);
        weights = problem.copyInitial();
        Workspace workspace = new Workspace(la);
        for (int l = 1; l <= depth; l++) {
            int width = network.width(l);
            state.add(la.allocate(width, samples));
            multiplier.add(la.allocate(width, samples));
            image.add(la.allocate(width, samples));
            gradient.add(la.allocate(width, network.width(l - 1) + 1));
            weightSteps.add(new RidgeStep(la, width, network.width(l - 1), network.bias()));
            if (l < depth) {
                direction.add(la.allocate(width, samples));
                stateSolves.add(new DampedSolve(workspace, network.width(l + 1), width, samples));
                kernels.add(new HiddenConstraintKernels(network.activation(l)));
            }
        }
        lossCentre = la.allocate(network.outputs(), samples);
        lossStep = new LossStep(workspace, LossStep.Method.EXACT, problem.loss(), 0, network.outputs(), samples);
        weightSteps.get(0).setInputs(LayerInputs.of(la, problem.inputs()));
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
            archive.matrix("V" + l, state(l));
            archive.matrix("Lambda" + l, multiplier(l));
            archive.matrix("gradient" + l, gradient(l));
            largest[l] = archive.number("largest" + l, largest[l]);
        }
    }

    StepReport step() {
        squaredStep = 0;
        squaredResidual = 0;
        squaredGradient = 0;
        multiplierTerm = 0;
        penaltyTerm = 0;
        clock.start();
        for (int l = depth; l >= 1; l--) {
            updateWeights(l);
        }
        clock.stop("weights");
        multiply(1);
        for (int l = 1; l < depth; l++) {
            updateHidden(l);
        }
        updateOutput();
        double loss = lossStep.loss(state(depth), problem.targets());
        double regularizer = 0;
        for (int l = 1; l <= depth; l++) {
            regularizer += solver.lambda() / 2 * la.squaredNorm(weights.augmented(l))
                    + problem.weightPenalty().quadratic() / 2 * la.squaredNorm(weights.weight(l));
        }
        clock.stop("residuals");
        return StepReport.objective(loss + regularizer + multiplierTerm + penaltyTerm).term("loss", loss)
                .term("regularizer", regularizer).term("multiplier", multiplierTerm).term("penalty", penaltyTerm)
                .primalResidual(Math.sqrt(squaredResidual)).dualResidual(Math.sqrt(squaredGradient))
                .squaredStep(squaredStep).seconds(clock.seconds()).build();
    }

    /** Eqs. (50) and (51). */
    private void updateWeights(int l) {
        RidgeStep step = weightSteps.get(l - 1);
        if (l > 1) {
            step.setInputs(LayerInputs.of(la, state(l - 1)));
        }
        double c = curvature(l);
        double proximal = solver.damping() == 0 ? 0 : solver.damping() * c * step.meanDiagonal();
        try {
            squaredStep += step.step(gradient(l), weights.augmented(l), c,
                    solver.lambda() + problem.weightPenalty().quadratic() + proximal, solver.lambda() + proximal);
        } catch (NotPositiveDefiniteException e) {
            throw SingularStep.ofWeights(l, "a larger lambda than " + solver.lambda() + ", more damping than "
                    + solver.damping(), e);
        }
    }

    /** Eqs. (56) and (57) for V_l, then eq. (13) for Λ_l, whose last use that was. */
    private void updateHidden(int l) {
        Matrix move = direction.get(l - 1);
        multiply(l + 1);
        double[] above = {solver.beta(l + 1)};
        Kernel sensitivity = l + 1 < depth ? kernels.get(l).sensitivity() : LinearConstraintKernels.SENSITIVITY;
        la.map(image(l + 1), sensitivity, above, image(l + 1), weights.bias(l + 1), state(l + 1), multiplier(l + 1));
        la.gemm(1, weights.weight(l + 1), true, image(l + 1), false, 0, move);
        double beta = solver.beta(l);
        HiddenConstraintKernels kernel = kernels.get(l - 1);
        la.map(move, kernel.ownGradient(), new double[] {beta}, image(l), weights.bias(l), state(l), multiplier(l),
                move);
        try {
            stateSolves.get(l - 1).solve(weights.weight(l + 1), beta, curvature(l + 1), move);
        } catch (NotPositiveDefiniteException e) {
            throw SingularStep.ofStates(l, "a larger lambda than " + solver.lambda(), e);
        }
        double[] totals = new double[4];
        la.apply(kernel.finish(), new Matrix[] {state(l), multiplier(l), image(l), move}, totals, new double[] {beta},
                image(l), weights.bias(l), state(l), multiplier(l), move);
        clock.stop("states");
        largest[l] = totals[3];
        finish(l, totals[0], totals[1], totals[2]);
        multiply(l + 1);
        clock.stop("states");
    }

    /** Eq. (55) and eq. (13) for Λ_L. */
    private void updateOutput() {
        Matrix v = state(depth);
        double beta = solver.beta(depth);
        double[] parameters = {beta};
        la.map(lossCentre, LinearConstraintKernels.LOSS_CENTRE, parameters, image(depth), weights.bias(depth),
                multiplier(depth));
        double move = lossStep.step(v, lossCentre, problem.targets(), beta);
        double[] totals = new double[2];
        la.apply(LinearConstraintKernels.FINISH, new Matrix[] {multiplier(depth), image(depth)}, totals, parameters,
                image(depth), weights.bias(depth), v, multiplier(depth));
        clock.stop("outputs");
        // Λ_L = ∇R(V_L), so that ∇𝓛 in V_L is −β r_L.
        squaredGradient += beta * beta * totals[0];
        finish(depth, move, totals[0], totals[1]);
    }

    /** Books the step and the residual of V_l and Λ_l; computes ∇𝓛 in [W_l b_l] and V_{l−1}, whose parts are there. */
    private void finish(int l, double move, double residual, double product) {
        double beta = solver.beta(l);
        squaredStep += move + beta * beta * residual;
        squaredResidual += residual;
        multiplierTerm += product;
        penaltyTerm += beta / 2 * residual;
        updateGradient(l);
        squaredGradient += la.squaredNorm(gradient(l));
        if (l > 1) {
            la.gemm(1, weights.weight(l), true, image(l), false, -1, direction.get(l - 2));
            squaredGradient += la.squaredNorm(direction.get(l - 2));
        }
        clock.stop("residuals");
    }

    /** λ[W b] + μ[W 0] + D [V_{l−1}; 1]ᵀ, with D in the image. */
    private void updateGradient(int l) {
        int inputs = network.width(l - 1);
        Matrix result = gradient(l);
        Matrix weightPart = result.columns(0, inputs);
        la.gemm(1, image(l), false, below(l), true, 0, weightPart);
        if (network.bias()) {
            la.rowSums(image(l), result.columns(inputs, inputs + 1));
        }
        la.add(solver.lambda(), weights.augmented(l), result);
        double quadratic = problem.weightPenalty().quadratic();
        if (quadratic > 0) {
            la.add(quadratic, weights.weight(l), weightPart);
        }
    }

    /** c of the quadratic model (c/2)‖ΔW V‖²: β h/2, and β in the last layer, which is linear. */
    private double curvature(int l) {
        double beta = solver.beta(l);
        if (l == depth) {
            return beta;
        }
        double stiffness = solver.stiffness().of(network.activation(l), largest[l]);
        if (stiffness == 0) {
            throw new AltminException("The published stiffness of layer " + l + " is 0, since its states are; use "
                    + "stiffness=majorised, or other initial weights.");
        }
        return beta * stiffness / 2;
    }

    /** Eq. (7): residuals and multipliers are 0, and ∇𝓛 is λ[W b] alone. */
    private void startAtForwardPass() {
        for (int l = 1; l <= depth; l++) {
            multiply(l);
            Kernel value = l < depth ? kernels.get(l - 1).value() : LinearConstraintKernels.VALUE;
            la.map(state(l), value, image(l), weights.bias(l));
            largest[l] = la.reduce(LARGEST, state(l));
            la.fill(image(l), 0);
            updateGradient(l);
        }
    }

    /** The image ← W_l V_{l−1}. */
    private void multiply(int l) {
        la.multiply(weights.weight(l), below(l), image(l));
    }

    private Matrix below(int l) {
        return l == 1 ? problem.inputs() : state(l - 1);
    }

    private Matrix state(int l) {
        return state.get(l - 1);
    }

    private Matrix multiplier(int l) {
        return multiplier.get(l - 1);
    }

    private Matrix gradient(int l) {
        return gradient.get(l - 1);
    }

    private Matrix image(int l) {
        return image.get(l - 1);
    }
}

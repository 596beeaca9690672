package org.altmin.solvers.bcd;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.altmin.core.network.Network;
import org.altmin.core.network.Problem;
import org.altmin.core.network.Weights;
import org.altmin.core.operator.Regularizer;
import org.altmin.core.step.Elementwise;
import org.altmin.core.step.LayerInputs;
import org.altmin.core.step.LossStep;
import org.altmin.core.step.PhaseClock;
import org.altmin.core.step.ProximalStateStep;
import org.altmin.core.step.ProximalWeightStep;
import org.altmin.core.step.SignificantDigits;
import org.altmin.core.step.SingularStep;
import org.altmin.core.step.Workspace;
import org.altmin.linalg.Expr;
import org.altmin.linalg.Kernel;
import org.altmin.linalg.LinearAlgebra;
import org.altmin.linalg.Matrix;
import org.altmin.linalg.NotPositiveDefiniteException;

/**
 * Algorithm 2 of bcd-kl.md, and with skip connections its form for residual networks. With E_i = W_i V_{i−1} + b_i −
 * U_i kept, a layer costs four and a half sample products: one and a half for the weights (E_i V_{i−1}ᵀ, and the Gram
 * matrix as half of one), three for V_{i−1}, whose exact step leaves the new E_i. V and U are updated in one pass, a
 * few thousand samples at a time, so that nothing else is as large as the samples.
 */
final class ThreeSplitting implements Sweep {

    /** The most samples whose V and U are updated together: enough for products at full speed. */
    private static final int CHUNK = 6144;
    private static final double[] NONE = {};

    private static final Expr FIRST = Expr.input(0);
    private static final Expr SECOND = Expr.input(1);
    private static final Expr THIRD = Expr.input(2);
    private static final Expr FOURTH = Expr.input(3);
    private static final Expr FIFTH = Expr.input(4);

    private static final Kernel OUTPUT = outputKernel();

    private final LinearAlgebra la;
    private final Network network;
    private final Regularizer statePenalty;
    private final Weights weights;
    private final Bcd solver;
    private final double gamma;
    private final int depth;
    private final int chunk;
    private final PhaseClock clock;
    private final Optional<LayerInputs> inputs;
    private final Matrix lossCentre;
    private final LossStep lossStep;
    private final List<ProximalWeightStep> weightSteps = new ArrayList<>();
    private final List<ProximalStateStep> stateSteps = new ArrayList<>();
    private final List<Matrix> centres = new ArrayList<>();
    private final List<Kernel> startKernels = new ArrayList<>();
    private final List<Kernel> centreKernels = new ArrayList<>();
    private final List<Kernel> updateKernels = new ArrayList<>();
    private final List<Kernel> misfitKernels = new ArrayList<>();

    /** @param inputs of the first layer, where they are the same for every block */
    ThreeSplitting(Workspace workspace, Problem problem, Weights weights, Bcd solver, int samples, PhaseClock clock,
            Optional<LayerInputs> inputs) {
        la = problem.la();
        network = problem.network();
        statePenalty = problem.statePenalty();
        this.weights = weights;
        this.clock = clock;
        this.inputs = inputs;
        this.solver = solver;
        gamma = solver.gamma();
        depth = network.depth();
        chunk = chunk(samples);
        lossCentre = workspace.matrix("loss centre", network.outputs(), samples);
        lossStep = new LossStep(workspace, LossStep.Method.EXACT, problem.loss(), 0, network.outputs(), samples);
        for (int l = 1; l <= depth; l++) {
            weightSteps.add(new ProximalWeightStep(workspace, problem.weightPenalty(), solver.proximalSteps(),
                    network.bias() ? solver.biasStep() : null, network.width(l), network.width(l - 1), samples));
            if (l < depth) {
                stateSteps.add(new ProximalStateStep(workspace, statePenalty,
                        solver.stateUpdates() == StateUpdates.MAJORISED, network.width(l + 1), network.width(l), chunk,
                        samples));
                centres.add(workspace.matrix("centre", network.width(l), chunk));
                startKernels.add(startKernel(l));
                centreKernels.add(centreKernel(l));
                updateKernels.add(updateKernel(l));
                misfitKernels.add(Kernel.sum(FIRST.minus(SECOND).minus(activation(l, THIRD)).square()));
            }
        }
        inputs.ifPresent(weightSteps.get(0)::fixInputs);
    }

    /** How many samples' V and U are updated together. */
    private static int chunk(int samples) {
        int chunks = (samples + CHUNK - 1) / CHUNK;
        return (samples + chunks - 1) / chunks;
    }

    @Override
    public void start(Block block) {
        for (int l = 1; l <= depth; l++) {
            addImage(block, l, 0, block.u(l));
            la.map(block.u(l), Elementwise.SUM, block.u(l), weights.bias(l));
            if (l == depth) {
                la.copy(block.u(l), block.v(l));
            } else {
                la.map(block.v(l), startKernels.get(l - 1), block.u(l), below(block, l));
            }
            la.fill(block.image(l), 0);
        }
    }

    @Override
    public void refresh(Block block) {
        for (int l = 1; l <= depth; l++) {
            computeResidual(block, l);
        }
    }

    @Override
    public Totals run(Block block, double growth) {
        Totals totals = new Totals();
        double alpha = solver.alpha() * growth;
        boolean backward = solver.order() == UpdateOrder.BACKWARD;
        updateOutput(block, alpha, totals);
        for (int l = depth - 1; l >= 1; l--) {
            if (backward) {
                updateWeight(block, l + 1, growth, totals);
            }
            prepareStates(l);
            for (int from = 0; from < block.samples(); from += chunk) {
                updateStates(block.columns(from, Math.min(from + chunk, block.samples())), l, alpha, totals);
            }
            totals.doublings += stateSteps.get(l - 1).takeDoublings();
            clock.stop("states");
        }
        for (int l = backward ? 1 : depth; l >= 1; l--) {
            updateWeight(block, l, growth, totals);
            computeResidual(block, l);
        }
        for (int l = 1; l <= depth; l++) {
            totals.squaredResidual += la.squaredNorm(block.image(l));
        }
        clock.stop("residuals");
        return totals;
    }

    private void updateOutput(Block block, double alpha, Totals totals) {
        Matrix v = block.v(depth);
        la.map(lossCentre, Elementwise.TOWARDS, new double[] {alpha / (gamma + alpha)}, block.u(depth), v);
        totals.squaredStep += lossStep.step(v, lossCentre, block.targets(), gamma + alpha);
        double[] sums = new double[2];
        la.apply(OUTPUT, new Matrix[] {block.u(depth), block.image(depth)}, sums, NONE, block.image(depth),
                block.u(depth), v);
        totals.squaredStep += sums[0];
        totals.squaredMisfit += sums[1];
        totals.loss += lossStep.loss(v, block.targets());
        clock.stop("outputs");
    }

    private void updateWeight(Block block, int l, double growth, Totals totals) {
        double weightAlpha = growth * (l < depth ? solver.weightAlpha() : solver.outputAlpha());
        try {
            totals.squaredStep += weightSteps.get(l - 1).step(block.image(l), block.v(l - 1), weights.weight(l),
                    weights.bias(l), gamma, weightAlpha);
        } catch (NotPositiveDefiniteException e) {
            throw SingularStep.ofWeights(l, "a larger " + (l < depth ? "weight-alpha" : "output-alpha") + " than "
                    + SignificantDigits.forMessage(weightAlpha), e);
        }
        clock.stop("weights");
    }

    private void prepareStates(int l) {
        try {
            stateSteps.get(l - 1).prepare(weights.weight(l + 1), gamma, omega(l));
        } catch (NotPositiveDefiniteException e) {
            throw SingularStep.ofStates(l, "a larger weight-alpha", e);
        }
    }

    /** V_l and then U_l. */
    private void updateStates(Block block, int l, double alpha, Totals totals) {
        Matrix centre = centres.get(l - 1).columns(0, block.samples());
        Matrix u = block.u(l);
        Matrix below = below(block, l);
        if (network.skip(l + 1)) {
            la.map(centre, centreKernels.get(l - 1), u, below, block.v(l + 1), block.u(l + 1));
        } else {
            la.map(centre, centreKernels.get(l - 1), u, below);
        }
        Matrix residualAbove = block.image(l + 1);
        Matrix state = stateSteps.get(l - 1).step(block.v(l), centre, weights.weight(l + 1), weights.bias(l + 1),
                block.u(l + 1), residualAbove, solver.order() == UpdateOrder.STATES_FIRST);
        Kernel update = updateKernels.get(l - 1);
        double[] sums = new double[update.totals().size()];
        double[] parameters = {gamma / (gamma + alpha), (gamma + alpha) / gamma};
        la.apply(update, new Matrix[] {block.v(l), u, block.image(l)}, sums, parameters, state,
                block.v(l), block.image(l), u, below);
        totals.squaredStep += sums[0];
        totals.statePenalty += statePenalty.isZero() ? 0 : sums[2];
        if (!network.skip(l) || l == 1) {
            totals.squaredMisfit += sums[1];
        }
        if (network.skip(l + 1)) {
            totals.squaredMisfit += la.reduce(misfitKernels.get(l), block.v(l + 1), block.v(l), block.u(l + 1));
        }
    }

    /** E_l ← W_l V_{l−1} + b_l − U_l. */
    private void computeResidual(Block block, int l) {
        la.map(block.image(l), Elementwise.DIFFERENCE, weights.bias(l), block.u(l));
        addImage(block, l, 1, block.image(l));
    }

    /** Z ← W_l V_{l−1} + β Z. */
    private void addImage(Block block, int l, double beta, Matrix z) {
        if (l == 1 && inputs.isPresent()) {
            inputs.get().multiply(weights.weight(1), beta, z);
        } else {
            la.gemm(1, weights.weight(l), false, block.v(l - 1), false, beta, z);
        }
    }

    /** V_{l−1} where a skip connection adds it; otherwise U_l, which has the shape of layer l, and is not used. */
    private Matrix below(Block block, int l) {
        return network.skip(l) ? block.v(l - 1) : block.u(l);
    }

    /** How many squared distances bind V_l to other states. */
    private double omega(int l) {
        return network.skip(l + 1) ? 2 : 1;
    }

    private Expr activation(int l, Expr z) {
        return network.activation(l).value(z);
    }

    /** V_l of the forward pass, of U_l and V_{l−1}. */
    private Kernel startKernel(int l) {
        return Kernel.map(network.skip(l) ? activation(l, FIRST).plus(SECOND) : activation(l, FIRST));
    }

    /** What V_l is bound to, of U_l, V_{l−1}, V_{l+1} and U_{l+1}; the mean where it is bound twice. */
    private Kernel centreKernel(int l) {
        Expr own = activation(l, FIRST);
        if (network.skip(l)) {
            own = own.plus(SECOND);
        }
        return Kernel.map(network.skip(l + 1) ? own.plus(THIRD.minus(activation(l + 1, FOURTH))).times(0.5) : own);
    }

    /** V_l, U_l and E_l of the new V_l, the old V_l, E_l, U_l and V_{l−1}, with ‖ΔV‖² + ‖ΔU‖², the misfit and s. */
    private Kernel updateKernel(int l) {
        Expr target = network.skip(l) ? FIRST.minus(FIFTH) : FIRST;
        Expr centre = FOURTH.plus(Expr.parameter(0).times(THIRD));
        Expr u = network.activation(l).prox(target, centre, Expr.parameter(1));
        Kernel.Builder builder = Kernel.builder().output(FIRST).output(u).output(THIRD.plus(FOURTH).minus(u))
                .sum(FIRST.minus(SECOND).square().plus(u.minus(FOURTH).square()))
                .sum(target.minus(activation(l, u)).square());
        return statePenalty.isZero() ? builder.build() : builder.sum(statePenalty.value(FIRST)).build();
    }

    /** U_N ← (V_N + E_N + U_N)/2 and E_N, with ‖ΔU‖² and ‖V − U‖². */
    private static Kernel outputKernel() {
        Expr image = FIRST.plus(SECOND);
        Expr u = image.plus(THIRD).times(0.5);
        return Kernel.builder().output(u).output(image.minus(u)).sum(u.minus(SECOND).square())
                .sum(THIRD.minus(u).square()).build();
    }
}

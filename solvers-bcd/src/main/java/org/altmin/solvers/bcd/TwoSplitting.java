package org.altmin.solvers.bcd;

import java.util.ArrayList;
import java.util.List;
import org.altmin.core.network.Network;
import org.altmin.core.network.Problem;
import org.altmin.core.network.Weights;
import org.altmin.core.operator.Regularizer;
import org.altmin.core.step.BiasStep;
import org.altmin.core.step.Elementwise;
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
 * Algorithm 1 of bcd-kl.md. V_N, W_N and V_{N−1} meet no activation and are exact; the other W_i and V_i are nonlinear
 * least-squares problems and take one prox-linear step each. P_i = W_i V_{i−1} + b_i is kept and moved along.
 */
final class TwoSplitting implements Sweep {

    private static final double[] NONE = {};
    private static final Expr FIRST = Expr.input(0);
    private static final Expr SECOND = Expr.input(1);
    private static final Kernel MOVE = Kernel.builder().output(FIRST).sum(FIRST.minus(SECOND).square()).build();

    private final LinearAlgebra la;
    private final Network network;
    private final Regularizer statePenalty;
    private final Weights weights;
    private final Bcd solver;
    private final double gamma;
    private final int depth;
    private final PhaseClock clock;
    private final Matrix lossCentre;
    private final Matrix residual;
    private final LossStep lossStep;
    private final ProximalWeightStep lastWeightStep;
    private final ProximalStateStep lastStateStep;
    private final Matrix centre;
    private final Kernel centreKernel;
    private final List<ProxLinearWeights> weightSteps = new ArrayList<>();
    private final List<ProxLinearStates> stateSteps = new ArrayList<>();
    private final List<Kernel> startKernels = new ArrayList<>();
    private final List<Kernel> misfitKernels = new ArrayList<>();
    private final Kernel penaltyValue;

    TwoSplitting(Workspace workspace, Problem problem, Weights weights, Bcd solver, int samples, PhaseClock clock) {
        la = problem.la();
        network = problem.network();
        statePenalty = problem.statePenalty();
        this.weights = weights;
        this.clock = clock;
        this.solver = solver;
        gamma = solver.gamma();
        depth = network.depth();
        lossCentre = workspace.matrix("loss centre", network.outputs(), samples);
        residual = workspace.matrix("residual", network.outputs(), samples);
        lossStep = new LossStep(workspace, LossStep.Method.EXACT, problem.loss(), 0, network.outputs(), samples);
        lastWeightStep = new ProximalWeightStep(workspace, problem.weightPenalty(), solver.proximalSteps(),
                network.bias() ? BiasStep.JOINT : null, network.outputs(), network.width(depth - 1), samples);
        boolean hidden = depth > 1;
        lastStateStep = hidden ? new ProximalStateStep(workspace, statePenalty, false, network.outputs(),
                network.width(depth - 1), samples, samples) : null;
        centre = hidden ? workspace.matrix("centre", network.width(depth - 1), samples) : null;
        centreKernel = hidden ? centreKernel() : null;
        for (int l = 1; l < depth; l++) {
            weightSteps.add(new ProxLinearWeights(workspace, network.activation(l), problem.weightPenalty(),
                    network.bias(), network.width(l), network.width(l - 1), samples));
            startKernels.add(Kernel.map(network.activation(l).value(FIRST)));
            misfitKernels.add(Kernel.sum(FIRST.minus(network.activation(l).value(SECOND)).square()));
            if (l < depth - 1) {
                stateSteps.add(new ProxLinearStates(workspace, network.activation(l), network.activation(l + 1),
                        statePenalty, network.width(l + 1), network.width(l), samples));
            }
        }
        penaltyValue = Kernel.sum(statePenalty.value(FIRST));
    }

    @Override
    public void start(Block block) {
        for (int l = 1; l <= depth; l++) {
            computeImage(block, l);
            if (l == depth) {
                la.copy(block.image(l), block.v(l));
            } else {
                la.map(block.v(l), startKernels.get(l - 1), block.image(l));
            }
        }
    }

    @Override
    public void refresh(Block block) {
        for (int l = 1; l <= depth; l++) {
            computeImage(block, l);
        }
    }

    @Override
    public Totals run(Block block, double growth) {
        Totals totals = new Totals();
        double alpha = solver.alpha() * growth;
        double weightAlpha = solver.weightAlpha() * growth;
        long doublingsBefore = doublings();
        updateOutput(block, alpha, totals);
        updateOutputWeight(block, solver.outputAlpha() * growth, totals);
        if (depth == 1) {
            computeImage(block, 1);
        } else {
            updateLastHidden(block, alpha, totals);
        }
        for (int l = depth - 1; l >= 1; l--) {
            if (l < depth - 1) {
                totals.squaredStep += stateSteps.get(l - 1).step(block.v(l), block.image(l), weights.weight(l + 1),
                        block.v(l + 1), block.image(l + 1), gamma, alpha);
                clock.stop("states");
            }
            totals.squaredStep += weightSteps.get(l - 1).step(block.v(l - 1), block.v(l), block.image(l),
                    weights.weight(l), weights.bias(l), gamma, weightAlpha);
            clock.stop("weights");
        }
        totals.doublings = doublings() - doublingsBefore;
        measure(block, totals);
        return totals;
    }

    private void updateOutput(Block block, double alpha, Totals totals) {
        Matrix v = block.v(depth);
        la.map(lossCentre, Elementwise.TOWARDS, new double[] {alpha / (gamma + alpha)}, block.image(depth), v);
        totals.squaredStep += lossStep.step(v, lossCentre, block.targets(), gamma + alpha);
        clock.stop("outputs");
    }

    private void updateOutputWeight(Block block, double outputAlpha, Totals totals) {
        la.map(residual, Elementwise.DIFFERENCE, block.image(depth), block.v(depth));
        try {
            totals.squaredStep += lastWeightStep.step(residual, block.v(depth - 1), weights.weight(depth),
                    weights.bias(depth), gamma, outputAlpha);
        } catch (NotPositiveDefiniteException e) {
            throw SingularStep.ofWeights(depth, "a larger output-alpha than "
                    + SignificantDigits.forMessage(outputAlpha), e);
        }
        clock.stop("weights");
    }

    /** V_{N−1}, below the linear layer; leaves P_N. */
    private void updateLastHidden(Block block, double alpha, Totals totals) {
        int l = depth - 1;
        try {
            lastStateStep.prepare(weights.weight(depth), gamma, (gamma + alpha) / gamma);
        } catch (NotPositiveDefiniteException e) {
            throw SingularStep.ofStates(l, "a larger weight-alpha", e);
        }
        la.map(centre, centreKernel, new double[] {alpha / (gamma + alpha)}, block.image(l), block.v(l));
        Matrix state = lastStateStep.step(block.v(l), centre, weights.weight(depth), weights.bias(depth),
                block.v(depth), residual, false);
        double[] squaredStep = new double[1];
        la.apply(MOVE, new Matrix[] {block.v(l)}, squaredStep, NONE, state, block.v(l));
        totals.squaredStep += squaredStep[0];
        la.map(block.image(depth), Elementwise.SUM, residual, block.v(depth));
        clock.stop("states");
    }

    private void measure(Block block, Totals totals) {
        totals.loss = lossStep.loss(block.v(depth), block.targets());
        la.map(residual, Elementwise.DIFFERENCE, block.image(depth), block.v(depth));
        totals.squaredMisfit = la.squaredNorm(residual);
        for (int l = 1; l < depth; l++) {
            totals.squaredMisfit += la.reduce(misfitKernels.get(l - 1), block.v(l), block.image(l));
            if (!statePenalty.isZero()) {
                totals.statePenalty += la.reduce(penaltyValue, block.v(l));
            }
        }
        clock.stop("report");
    }

    private long doublings() {
        return weightSteps.stream().mapToLong(ProxLinearWeights::doublings).sum()
                + stateSteps.stream().mapToLong(ProxLinearStates::doublings).sum();
    }

    /** P_l ← W_l V_{l−1} + b_l. */
    private void computeImage(Block block, int l) {
        la.multiply(weights.weight(l), block.v(l - 1), block.image(l));
        la.map(block.image(l), Elementwise.SUM, block.image(l), weights.bias(l));
    }

    /** (γ σ(P) + α V)/(γ + α) of P and V. */
    private Kernel centreKernel() {
        Expr value = network.activation(depth - 1).value(FIRST);
        return Kernel.map(value.plus(Expr.parameter(0).times(SECOND.minus(value))));
    }
}

package com.example.solver;

import org.altmin.core.network.ForwardPass;
import org.altmin.core.network.Network;
import org.altmin.core.network.Problem;
import org.altmin.core.network.Weights;
import org.altmin.core.solver.SolverState;
import org.altmin.core.solver.StateArchive;
import org.altmin.core.solver.StepReport;
import org.altmin.core.step.PhaseClock;
import org.altmin.linalg.Cholesky;
import org.altmin.linalg.Expr;
import org.altmin.linalg.Gram;
import org.altmin.linalg.Kernel;
import org.altmin.linalg.LinearAlgebra;
import org.altmin.linalg.Matrix;

/** The weights, and what every step needs again: the sums over samples and the factored G + λ I, all allocated here. */
final class RandomFeaturesState implements SolverState {

    /** The most samples of one forward pass, so that memory does not grow with n. */
    private static final int SLICE = 4096;

    private static final Kernel SQUARED_DISTANCE = Kernel.sum(Expr.input(0).minus(Expr.input(1)).square());

    private final Problem problem;
    private final LinearAlgebra la;
    private final Network network;
    private final int last;
    private final Weights weights;
    private final ForwardPass forward;
    private final Kernel loss;
    private final Gram gram;
    private final Cholesky cholesky;
    private final double ridge;
    private final Matrix gradient;
    private final Matrix bias;
    private final PhaseClock clock;

    RandomFeaturesState(Problem problem, double damping) {
        this.problem = problem;
        la = problem.la();
        network = problem.network();
        last = network.depth();
        int m = network.width(last - 1);
        int k = network.outputs();
        weights = new Weights(la, network);
        weights.set(problem.initial());
        forward = new ForwardPass(la, network, slice(problem));
        loss = Kernel.builder().inDouble().sum(problem.loss().value(Expr.input(0), Expr.input(1))).build();
        gram = new Gram(la, m, k);
        gradient = la.allocate(k, m);
        bias = la.allocate(k, 1);
        cholesky = la.cholesky(m);
        clock = new PhaseClock(la);
        accumulate();
        if (network.bias()) {
            centre();
        }
        ridge = problem.weightPenalty().quadratic() + damping * la.trace(gram.gram()) / m;
        cholesky.factor(gram.gram(), ridge);
    }

    /** How many samples a forward pass takes at a time. */
    static int slice(Problem problem) {
        return Math.min(SLICE, problem.samples());
    }

    private void accumulate() {
        for (int from = 0; from < problem.samples(); from += forward.capacity()) {
            int to = Math.min(from + forward.capacity(), problem.samples());
            forward.run(weights, problem.inputs().columns(from, to));
            gram.accumulate(forward.state(last - 1), problem.targets().columns(from, to));
        }
    }

    /** Eliminates b: sums over samples become sums of deviations from the mean. */
    private void centre() {
        double share = -1.0 / gram.count();
        la.gemm(share, gram.inputSum(), false, gram.inputSum(), true, 1, gram.gram());
        la.gemm(share, gram.targetSum(), false, gram.inputSum(), true, 1, gram.cross());
    }

    @Override
    public Weights weights() {
        return weights;
    }

    /** G and C follow from the problem, so the weights are all that a saved run must hold. */
    @Override
    public void archive(StateArchive archive) {
        archive.weights(weights);
    }

    StepReport step() {
        clock.start();
        double squaredStep = solve();
        clock.stop("solve");
        double misfit = loss();
        double penalty = ridge / 2 * la.squaredNorm(weights.weight(last));
        clock.stop("report");
        return StepReport.objective(misfit + penalty).term("loss", misfit).term("regularizer", penalty)
                .squaredStep(squaredStep).seconds(clock.seconds()).build();
    }

    /** @return ‖ΔW‖² + ‖Δb‖² */
    private double solve() {
        Matrix weight = weights.weight(last);
        la.multiply(weight, gram.gram(), gradient);
        la.add(ridge, weight, gradient);
        la.add(-1, gram.cross(), gradient);
        cholesky.solveRight(gradient);
        la.add(-1, gradient, weight);
        double squaredStep = la.squaredNorm(gradient);
        if (network.bias()) {
            la.copy(gram.targetSum(), bias);
            la.gemm(-1.0 / gram.count(), weight, false, gram.inputSum(), false, 1.0 / gram.count(), bias);
            squaredStep += la.reduce(SQUARED_DISTANCE, bias, weights.bias(last));
            la.copy(bias, weights.bias(last));
        }
        return squaredStep;
    }

    private double loss() {
        double sum = 0;
        for (int from = 0; from < problem.samples(); from += forward.capacity()) {
            int to = Math.min(from + forward.capacity(), problem.samples());
            Matrix outputs = forward.run(weights, problem.inputs().columns(from, to));
            sum += la.reduce(loss, outputs, problem.targets().columns(from, to));
        }
        return sum;
    }
}

package org.altmin.solvers.online;

import java.util.ArrayList;
import java.util.List;
import org.altmin.core.network.Network;
import org.altmin.core.network.Problem;
import org.altmin.core.network.Weights;
import org.altmin.core.operator.Regularizer;
import org.altmin.core.solver.SolverState;
import org.altmin.core.solver.StateArchive;
import org.altmin.core.solver.StepReport;
import org.altmin.core.step.MiniBatches;
import org.altmin.core.step.PhaseClock;
import org.altmin.linalg.Expr;
import org.altmin.linalg.Kernel;
import org.altmin.linalg.LinearAlgebra;
import org.altmin.linalg.Matrix;

/** The variables of {@link OnlineAltMin}: the weights, and each layer's memory of its inputs' second moments. */
public final class OnlineState implements SolverState {

    private static final Expr FIRST = Expr.input(0);
    private static final Kernel SQUARED_DISTANCE = Kernel.sum(FIRST.minus(Expr.input(1)).square());

    private final OnlineAltMin solver;
    private final Problem problem;
    private final LinearAlgebra la;
    private final Network network;
    private final int depth;
    private final int samples;
    private final int batch;
    private final Weights weights;
    private final Weights before;
    private final MiniBatches batches;
    private final TargetSweep sweep;
    private final List<InputGram> grams = new ArrayList<>();
    private final Regularizer penalty;
    private final Kernel penaltyValue;
    private final Kernel penaltyProx;
    private final PhaseClock clock;
    private final double[] meanSquaredImage;
    private final double[] meanSquaredDelta;
    private long epoch;
    private long updates;

    OnlineState(OnlineAltMin solver, Problem problem) {
        this.solver = solver;
        this.problem = problem;
        la = problem.la();
        network = problem.network();
        depth = network.depth();
        samples = problem.samples();
        batch = Math.min(solver.batch(), samples);
        requireMemory();
        weights = new Weights(la, network);
        weights.set(problem.initial());
        before = new Weights(la, network);
        batches = new MiniBatches(problem, batch);
        sweep = new TargetSweep(la, network, problem.loss(), solver, batch);
        for (int l = 1; l <= depth; l++) {
            grams.add(new InputGram(la, network.width(l - 1), network.width(l), network.bias(), batch));
        }
        penalty = problem.weightPenalty();
        penaltyValue = Kernel.sum(penalty.value(FIRST));
        penaltyProx = Kernel.map(penalty.prox(FIRST, Expr.parameter(0)));
        clock = new PhaseClock(la);
        meanSquaredImage = new double[depth + 1];
        meanSquaredDelta = new double[depth + 1];
    }

    @Override
    public Weights weights() {
        return weights;
    }

    @Override
    public void archive(StateArchive archive) {
        archive.weights(weights);
        for (int l = 1; l <= depth; l++) {
            grams.get(l - 1).archive(archive, l);
            meanSquaredImage[l] = archive.number("meanSquaredImage" + l, meanSquaredImage[l]);
            meanSquaredDelta[l] = archive.number("meanSquaredDelta" + l, meanSquaredDelta[l]);
        }
        epoch = archive.integer("epoch", epoch);
        updates = archive.integer("updates", updates);
    }

    StepReport step() {
        clock.start();
        before.set(weights);
        double regularizer = penaltyValue() / samples;
        batches.shuffle(epoch);
        double loss = 0;
        for (int from = 0; from < samples; from += batch) {
            int to = Math.min(from + batch, samples);
            batches.load(from, to);
            clock.stop("batches");
            loss += sweep.run(weights, batches.inputs(), batches.targets());
            clock.stop("targets");
            remember(to - from);
            updateWeights(to - from, Math.max(0, 1 - (epoch + (double) from / samples) / solver.epochs()));
            updates++;
        }
        epoch++;
        double squaredStep = 0;
        for (int l = 1; l <= depth; l++) {
            squaredStep += la.reduce(SQUARED_DISTANCE, weights.augmented(l), before.augmented(l));
        }
        clock.stop("report");
        return StepReport.objective(loss / samples + regularizer).term("loss", loss / samples)
                .term("regularizer", regularizer).squaredStep(squaredStep).seconds(clock.seconds()).build();
    }

    private void remember(int count) {
        double share = Math.max(1 - solver.memory(), 1 / (updates + 1.0));
        for (int l = 1; l <= depth; l++) {
            double size = (double) network.width(l) * count;
            meanSquaredImage[l] += share * (sweep.squaredImage(l) / size - meanSquaredImage[l]);
            meanSquaredDelta[l] += share * (sweep.squaredDelta(l) / size - meanSquaredDelta[l]);
        }
        if (updates % solver.gramEvery() == 0) {
            double seen = updates / solver.gramEvery() + 1.0;
            double keep = Math.min(Math.pow(solver.memory(), solver.gramEvery()), 1 - 1 / seen);
            for (int l = 1; l <= depth; l++) {
                grams.get(l - 1).accumulate(inputs(l, count), keep);
            }
            clock.stop("memory");
        }
        boolean early = updates < solver.refresh() && Long.bitCount(updates) == 1;
        if (updates % solver.refresh() == 0 || early) {
            grams.forEach(gram -> gram.refresh(solver.damping()));
            clock.stop("inverses");
        }
    }

    private void updateWeights(int count, double decay) {
        for (int l = 1; l <= depth; l++) {
            double length = decay * (l < depth ? solver.hiddenStep() : solver.lastStep());
            if (length == 0 || meanSquaredDelta[l] == 0) {
                continue;
            }
            double step = length * Math.sqrt(1 + meanSquaredImage[l] / meanSquaredDelta[l]);
            InputGram gram = grams.get(l - 1);
            gram.move(weights.weight(l), weights.bias(l), sweep.delta(l, count), inputs(l, count), step / count);
            if (!penalty.isZero()) {
                double weight = samples * solver.lossWeight() * gram.stiffness() / step;
                la.map(weights.weight(l), penaltyProx, new double[] {weight}, weights.weight(l));
            }
        }
        clock.stop("weights");
    }

    /** a_{l−1} of the batch. */
    private Matrix inputs(int l, int count) {
        return l == 1 ? batches.inputs() : sweep.activation(l - 1, count);
    }

    private double penaltyValue() {
        double value = 0;
        for (int l = 1; l <= depth && !penalty.isZero(); l++) {
            value += la.reduce(penaltyValue, weights.weight(l));
        }
        return value;
    }

    private void requireMemory() {
        long elements = 2 * network.parameterCount();
        for (int l = 1; l <= depth; l++) {
            long inputs = network.width(l - 1);
            elements += 3 * inputs * inputs + 6L * network.width(l) * batch;
        }
        la.requireMemory(elements, "online-altmin on batches of " + batch + " samples of a " + network.shape()
                + " network");
    }
}

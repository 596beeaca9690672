package org.altmin.solvers.online;

import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleSupplier;
import org.altmin.core.network.Network;
import org.altmin.core.network.Problem;
import org.altmin.core.network.Weights;
import org.altmin.core.operator.Regularizer;
import org.altmin.core.solver.SolverState;
import org.altmin.core.solver.StateArchive;
import org.altmin.core.solver.StepReport;
import org.altmin.core.step.Elementwise;
import org.altmin.core.step.MiniBatches;
import org.altmin.core.step.PhaseClock;
import org.altmin.core.step.SingularStep;
import org.altmin.core.step.WeightPenalty;
import org.altmin.linalg.Expr;
import org.altmin.linalg.Kernel;
import org.altmin.linalg.LinearAlgebra;
import org.altmin.linalg.NotPositiveDefiniteException;
import org.altmin.linalg.RandomStream;

/** The variables of {@link OnlineAltMin}: the weights, their average, and each layer's memory of its inputs. */
public final class OnlineState implements SolverState {

    private static final Expr FIRST = Expr.input(0);

    private final OnlineAltMin solver;
    private final Problem problem;
    private final LinearAlgebra la;
    private final Network network;
    private final int depth;
    private final int samples;
    private final int batch;
    private final Weights iterate;
    private final Weights average;
    private final Weights before;
    private final MiniBatches batches;
    private final TargetSweep sweep;
    private final InputAdversary adversary;
    private final List<InputGram> grams = new ArrayList<>();
    private final Regularizer penalty;
    private final WeightPenalty weightPenalty;
    private final Kernel penaltyProx;
    private final PhaseClock clock;
    private final RunningMeans means;
    private final double plannedUpdates;
    private DoubleSupplier spent = () -> 0;
    private long epoch;
    private long updates;
    private long averagedUpdates;

    OnlineState(OnlineAltMin solver, Problem problem) {
        this.solver = solver;
        this.problem = problem;
        la = problem.la();
        network = problem.network();
        depth = network.depth();
        samples = problem.samples();
        batch = Math.min(solver.batch(), samples);
        iterate = problem.copyInitial();
        average = problem.copyInitial();
        before = new Weights(la, network);
        batches = new MiniBatches(problem, batch);
        sweep = new TargetSweep(la, network, problem.loss(), solver, batch);
        adversary = new InputAdversary(la, network, sweep, solver.adversary(), solver.adversaryPart(), batch);
        for (int l = 1; l <= depth; l++) {
            grams.add(new InputGram(la, network.width(l - 1), network.width(l), network.bias(), batch, solver.rank(),
                    new RandomStream(problem.seed()).split("sketch").split("layer" + l)));
        }
        penalty = problem.weightPenalty();
        weightPenalty = new WeightPenalty(problem);
        penaltyProx = Kernel.map(penalty.prox(FIRST, Expr.parameter(0)));
        clock = new PhaseClock(la);
        means = new RunningMeans(depth);
        plannedUpdates = (double) solver.epochs() * ((samples + batch - 1) / batch);
    }

    @Override
    public Weights weights() {
        return average;
    }

    @Override
    public void archive(StateArchive archive) {
        archive.weights(average);
        for (int l = 1; l <= depth; l++) {
            grams.get(l - 1).archive(archive, l);
            archive.matrix("iterate" + l, iterate.augmented(l));
        }
        means.archive(archive);
        epoch = archive.integer("epoch", epoch);
        updates = archive.integer("updates", updates);
        averagedUpdates = updates;
    }

    @Override
    public void limit(DoubleSupplier spent) {
        this.spent = spent;
    }

    StepReport step() {
        clock.start();
        before.set(iterate);
        double regularizer = weightPenalty.value(iterate) / samples;
        batches.shuffle(epoch);
        double loss = 0;
        for (int from = 0; from < samples; from += batch) {
            int to = Math.min(from + batch, samples);
            batches.load(from, to);
            clock.stop("batches");
            adversary.move(iterate, batches.inputs(), batches.targets(), means, grams.get(0).deviation());
            loss += sweep.run(iterate, batches.inputs(), batches.targets(), means, isSampled() ? 1 - sampledKeep() : 0);
            clock.stop("targets");
            double progress = Math.max(updates / plannedUpdates, spent.getAsDouble());
            double all = Math.min(plannedUpdates, (updates + 1) / progress);
            double decay = Math.max(0, 1 - progress);
            for (int l = 1; l <= depth; l++) {
                remember(l, to - from);
                double distance = l < depth ? solver.hiddenStep() : solver.lastStep();
                updateWeights(l, to - from, decay * Math.min(1, distance / Math.sqrt(all)));
            }
            updates++;
            if (updates % solver.sampleEvery() == 0 || to == samples) {
                averageWeights(solver.averaging() * all);
            }
        }
        epoch++;
        double squaredStep = 0;
        for (int l = 1; l <= depth; l++) {
            squaredStep += la.reduce(Elementwise.SQUARED_DISTANCE, iterate.augmented(l), before.augmented(l));
        }
        clock.stop("report");
        return StepReport.objective(loss / samples + regularizer).term("loss", loss / samples)
                .term("regularizer", regularizer).squaredStep(squaredStep).seconds(clock.seconds()).build();
    }

    private void remember(int l, int count) {
        means.add(l, Math.max(1 - solver.memory(), 1 / (updates + 1.0)), sweep.variance(l), sweep.squaredDelta(l));
        InputGram gram = grams.get(l - 1);
        gram.load(l == 1 ? batches.inputs() : sweep.activation(l - 1, count));
        if (isSampled()) {
            gram.accumulate(sampledKeep());
            clock.stop("memory");
        }
        boolean early = updates < solver.refresh() && Long.bitCount(updates) == 1;
        if (updates % solver.refresh() == 0 || early) {
            try {
                gram.refresh(solver.damping());
            } catch (NotPositiveDefiniteException e) {
                throw SingularStep.ofWeights(l, "more damping than " + solver.damping(), e);
            }
            clock.stop("inverses");
        }
    }

    private boolean isSampled() {
        return updates % solver.sampleEvery() == 0;
    }

    /** What is kept of a running mean over the sampled batches when the next one enters. */
    private double sampledKeep() {
        double seen = updates / solver.sampleEvery() + 1.0;
        return Math.min(Math.pow(solver.memory(), solver.sampleEvery()), 1 - 1 / seen);
    }

    private void updateWeights(int l, int count, double length) {
        double step = length * means.lengthening(l);
        if (step == 0) {
            return;
        }
        InputGram gram = grams.get(l - 1);
        double keep = 1 - solver.shrinkage() * length;
        gram.move(iterate.weight(l), iterate.bias(l), sweep.delta(l, count), keep, step / count);
        if (!penalty.isZero()) {
            double weight = samples * solver.lossWeight() * gram.stiffness() / step;
            la.map(iterate.weight(l), penaltyProx, new double[] {weight}, iterate.weight(l));
        }
        clock.stop("weights");
    }

    /** Moves the mean towards the iterate, as all updates since the last time together would. */
    private void averageWeights(double averagedOver) {
        long gap = updates - averagedUpdates;
        double share = Math.max(1 - Math.exp(-gap / averagedOver), gap / (double) updates);
        for (int l = 1; l <= depth; l++) {
            la.map(average.augmented(l), Elementwise.TOWARDS, new double[] {share}, average.augmented(l),
                    iterate.augmented(l));
        }
        averagedUpdates = updates;
        clock.stop("average");
    }
}

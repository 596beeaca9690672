package org.altmin.solvers.gradient;

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
import org.altmin.core.step.WeightPenalty;
import org.altmin.linalg.Expr;
import org.altmin.linalg.Kernel;
import org.altmin.linalg.LinearAlgebra;
import org.altmin.linalg.Matrix;

/** The variables of {@link GradientSolver}: the weights and the rule's memory of earlier gradients. */
public final class GradientState implements SolverState {

    /** Batches are worked off in slices of at most this many samples, whose activations are all the workspace. */
    private static final int SLICE = 4096;

    private static final double[] NONE = {};
    private static final Expr FIRST = Expr.input(0);

    private final Problem problem;
    private final LinearAlgebra la;
    private final Network network;
    private final Rule rule;
    private final LearningRate rate;
    private final double firstRate;
    private final int samples;
    private final int batch;
    private final boolean shuffled;
    private final Weights weights;
    private final Weights before;
    private final List<Weights> memories = new ArrayList<>();
    private final BackPropagation backPropagation;
    private final MiniBatches batches;
    private final Kernel weightUpdate;
    private final Kernel biasUpdate;
    private final WeightPenalty weightPenalty;
    private final PhaseClock clock;
    private DoubleSupplier spent = () -> 0;
    private long epoch;
    private long updates;

    GradientState(Problem problem, Rule rule, LearningRate rate, int batch, int slice) {
        this.problem = problem;
        this.rule = rule;
        this.rate = rate;
        la = problem.la();
        network = problem.network();
        samples = problem.samples();
        this.batch = batch == 0 ? samples : Math.min(batch, samples);
        shuffled = this.batch < samples;
        firstRate = Double.isNaN(rate.start()) ? rule.paperRate(!shuffled, samples) : rate.start();
        int capacity = Math.min(slice, this.batch);
        weights = problem.copyInitial();
        before = new Weights(la, network);
        rule.memories().forEach(name -> memories.add(new Weights(la, network)));
        backPropagation = new BackPropagation(la, network, problem.loss(), capacity);
        batches = shuffled ? new MiniBatches(problem, capacity) : null;
        weightUpdate = updateKernel(problem.weightPenalty());
        biasUpdate = updateKernel(null);
        weightPenalty = new WeightPenalty(problem);
        clock = new PhaseClock(la);
    }

    /** How many samples are worked on at a time. */
    static int slice(int batch, int samples) {
        return Math.min(SLICE, batch == 0 ? samples : Math.min(batch, samples));
    }

    @Override
    public Weights weights() {
        return weights;
    }

    @Override
    public void archive(StateArchive archive) {
        archive.weights(weights);
        for (int k = 0; k < memories.size(); k++) {
            for (int l = 1; l <= network.depth(); l++) {
                archive.matrix(rule.memories().get(k) + l, memories.get(k).augmented(l));
            }
        }
        epoch = archive.integer("epoch", epoch);
        updates = archive.integer("updates", updates);
    }

    @Override
    public void limit(DoubleSupplier spent) {
        this.spent = spent;
    }

    StepReport step() {
        clock.start();
        before.set(weights);
        double regularizer = weightPenalty.value(weights) / samples;
        if (shuffled) {
            batches.shuffle(epoch);
        }
        double loss = 0;
        for (int from = 0; from < samples; from += batch) {
            int to = Math.min(from + batch, samples);
            loss += addGradients(from, to);
            update(rate.at(firstRate, epoch, (double) from / samples, spent.getAsDouble()), to - from);
        }
        epoch++;
        double squaredStep = 0;
        for (int l = 1; l <= network.depth(); l++) {
            squaredStep += la.reduce(Elementwise.SQUARED_DISTANCE, weights.augmented(l), before.augmented(l));
        }
        clock.stop("report");
        return StepReport.objective(loss / samples + regularizer).term("loss", loss / samples)
                .term("regularizer", regularizer).squaredStep(squaredStep).seconds(clock.seconds()).build();
    }

    /** @return the sum of the losses of the batch */
    private double addGradients(int batchFrom, int batchTo) {
        double loss = 0;
        int slice = backPropagation.capacity();
        for (int from = batchFrom; from < batchTo; from += slice) {
            int to = Math.min(from + slice, batchTo);
            if (shuffled) {
                batches.load(from, to);
                clock.stop("batches");
            }
            Matrix inputs = shuffled ? batches.inputs() : problem.inputs().columns(from, to);
            Matrix targets = shuffled ? batches.targets() : problem.targets().columns(from, to);
            loss += backPropagation.add(weights, inputs, targets, from == batchFrom);
            clock.stop("gradients");
        }
        return loss;
    }

    private void update(double learningRate, int count) {
        updates++;
        if (learningRate == 0) {
            return;
        }
        double[] own = rule.parameters(updates);
        double[] parameters = new double[Rule.OWN_PARAMETERS + own.length];
        parameters[0] = learningRate;
        parameters[1] = 1.0 / count;
        System.arraycopy(own, 0, parameters, Rule.OWN_PARAMETERS, own.length);
        for (int l = 1; l <= network.depth(); l++) {
            int width = network.width(l - 1);
            update(weightUpdate, parameters, l, 0, width);
            if (network.bias()) {
                update(biasUpdate, parameters, l, width, width + 1);
            }
        }
        clock.stop("updates");
    }

    /** Updates these columns of [W_l b_l] and of the memories. */
    private void update(Kernel kernel, double[] parameters, int l, int from, int to) {
        Matrix[] outputs = new Matrix[1 + memories.size()];
        Matrix[] inputs = new Matrix[2 + memories.size()];
        outputs[0] = weights.augmented(l).columns(from, to);
        inputs[0] = outputs[0];
        inputs[1] = backPropagation.gradient(l).columns(from, to);
        for (int k = 0; k < memories.size(); k++) {
            outputs[1 + k] = memories.get(k).augmented(l).columns(from, to);
            inputs[2 + k] = outputs[1 + k];
        }
        la.apply(kernel, outputs, NONE, parameters, inputs);
    }

    /** The new weight and memory from the weight, the summed gradient and the old memory. */
    private Kernel updateKernel(Regularizer omega) {
        Expr gradient = Expr.input(1).times(Expr.parameter(1));
        if (omega != null && omega.quadratic() > 0 && omega.isQuadratic()) {
            gradient = gradient.plus(FIRST.times(omega.quadratic() / samples));
        }
        List<Expr> memory = new ArrayList<>();
        for (int k = 0; k < rule.memories().size(); k++) {
            memory.add(Expr.input(2 + k));
        }
        Rule.Move move = rule.move(gradient, memory);
        Expr moved = FIRST.minus(move.scale().times(move.direction()));
        if (omega != null && !omega.isQuadratic()) {
            moved = omega.prox(moved, Expr.constant(samples).dividedBy(move.scale()));
        }
        Kernel.Builder kernel = Kernel.builder().output(moved);
        move.memory().forEach(kernel::output);
        return kernel.build();
    }
}

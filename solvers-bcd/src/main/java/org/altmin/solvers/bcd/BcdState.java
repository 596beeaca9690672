package org.altmin.solvers.bcd;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.altmin.core.network.Network;
import org.altmin.core.network.Problem;
import org.altmin.core.network.Weights;
import org.altmin.core.solver.SolverState;
import org.altmin.core.solver.StateArchive;
import org.altmin.core.solver.StepReport;
import org.altmin.core.step.MiniBatches;
import org.altmin.core.step.OrderedSamples;
import org.altmin.core.step.PhaseClock;
import org.altmin.core.step.Skyline;
import org.altmin.core.step.WeightPenalty;
import org.altmin.core.step.Workspace;
import org.altmin.linalg.AltminException;
import org.altmin.linalg.LinearAlgebra;
import org.altmin.linalg.Matrix;
import org.altmin.linalg.RandomStream;

/**
 * The variables of {@link Bcd}: W_i and b_i, and V_i and U_i of all samples or, where they start afresh, of a batch.
 */
public final class BcdState implements SolverState {

    private final Bcd solver;
    private final Problem problem;
    private final LinearAlgebra la;
    private final Network network;
    private final int samples;
    private final int batch;
    private final boolean whole;
    private final boolean kept;
    private final Weights weights;
    private final boolean reordered;
    private final OrderedSamples ordered;
    private final Workspace workspace;
    private final PhaseClock clock;
    private final List<Matrix> states;
    private final List<Matrix> preActivations;
    private final List<Matrix> images;
    private final MiniBatches miniBatches;
    private final Map<Integer, Sweep> sweeps = new HashMap<>();
    private final WeightPenalty weightPenalty;
    private double growth = 1;
    private long steps;

    /** @param skyline of the inputs, if all samples are swept together and it is worth it */
    BcdState(Bcd solver, Problem problem, Optional<Skyline> skyline) {
        this.solver = solver;
        this.problem = problem;
        la = problem.la();
        network = problem.network();
        samples = problem.samples();
        batch = solver.batch() == 0 ? samples : Math.min(solver.batch(), samples);
        whole = batch == samples;
        kept = solver.states() == BatchStates.KEPT;
        weights = problem.copyInitial();
        reordered = skyline.isPresent();
        ordered = OrderedSamples.of(problem, skyline);
        workspace = new Workspace(la);
        clock = new PhaseClock(la);
        int stored = kept ? samples : batch;
        states = Block.allocate(la, network, stored);
        preActivations = solver.formulation() == Formulation.TWO_SPLITTING ? List.of()
                : Block.allocate(la, network, stored);
        images = Block.allocate(la, network, batch);
        miniBatches = kept || whole ? null : new MiniBatches(problem, batch);
        addSweep(batch);
        if (samples % batch > 0) {
            addSweep(samples % batch);
        }
        weightPenalty = new WeightPenalty(problem);
        for (int from = 0; kept && from < samples; from += batch) {
            Block block = keptBlock(from);
            sweeps.get(block.samples()).start(block);
        }
    }

    @Override
    public Weights weights() {
        return weights;
    }

    @Override
    public void archive(StateArchive archive) {
        archive.weights(weights);
        String mark = ordered.mark();
        for (int l = 1; kept && l <= network.depth(); l++) {
            archive.matrix("V" + l + mark, states.get(l - 1));
            if (!preActivations.isEmpty()) {
                archive.matrix("U" + l + mark, preActivations.get(l - 1));
            }
            if (whole) {
                archive.matrix("image" + l + mark, images.get(l - 1));
            }
        }
        growth = archive.number("growth", growth);
        steps = archive.integer("steps", steps);
    }

    StepReport step() {
        if (Double.isInfinite(growth)) {
            throw new AltminException("The proximal terms have grown without bound within " + steps + " steps; use a "
                    + "smaller alpha-growth than " + solver.alphaGrowth() + ".");
        }
        clock.start();
        Totals totals = new Totals();
        if (whole) {
            Block block = keptBlock(0);
            if (!kept) {
                sweeps.get(samples).start(block);
                clock.stop("batches");
            }
            sweep(block, totals);
        } else if (kept) {
            sweepKeptBatches(totals);
        } else {
            sweepFreshBatches(totals);
        }
        steps++;
        growth *= solver.alphaGrowth();
        return report(totals);
    }

    private void sweepKeptBatches(Totals totals) {
        int[] order = new RandomStream(problem.seed()).split("batches").split("epoch" + steps)
                .permutation((samples + batch - 1) / batch);
        for (int index : order) {
            Block block = keptBlock(index * batch);
            sweeps.get(block.samples()).refresh(block);
            clock.stop("batches");
            sweep(block, totals);
        }
    }

    private void sweepFreshBatches(Totals totals) {
        miniBatches.shuffle(steps);
        for (int from = 0; from < samples; from += batch) {
            int to = Math.min(from + batch, samples);
            miniBatches.load(from, to);
            Block block = new Block(miniBatches.inputs(), miniBatches.targets(), Block.columns(states, 0, to - from),
                    Block.columns(preActivations, 0, to - from), Block.columns(images, 0, to - from));
            sweeps.get(block.samples()).start(block);
            clock.stop("batches");
            sweep(block, totals);
        }
    }

    private void sweep(Block block, Totals totals) {
        for (int i = 1; i <= solver.sweeps(); i++) {
            totals.add(sweeps.get(block.samples()).run(block, growth), i == solver.sweeps());
        }
    }

    private Block keptBlock(int from) {
        int to = Math.min(from + batch, samples);
        Matrix inputs = reordered ? null : problem.inputs().columns(from, to);
        return new Block(inputs, ordered.targets().columns(from, to),
                Block.columns(states, from, to), Block.columns(preActivations, from, to),
                Block.columns(images, 0, to - from));
    }

    private StepReport report(Totals totals) {
        double penalty = solver.gamma() / 2 * (totals.squaredMisfit + totals.squaredResidual);
        double regularizer = weightPenalty.value(weights);
        clock.stop("report");
        return StepReport.objective(totals.loss + penalty + regularizer + totals.statePenalty)
                .term("loss", totals.loss).term("penalty", penalty).term("regularizer", regularizer)
                .term("statePenalty", totals.statePenalty)
                .primalResidual(Math.sqrt(totals.squaredMisfit + totals.squaredResidual))
                .squaredStep(totals.squaredStep).innerCount("doublings", totals.doublings)
                .seconds(clock.seconds()).build();
    }

    private void addSweep(int count) {
        Sweep sweep = solver.formulation() == Formulation.TWO_SPLITTING
                ? new TwoSplitting(workspace, problem, weights, solver, count, clock)
                : new ThreeSplitting(workspace, problem, weights, solver, count, clock,
                        whole ? Optional.of(ordered.inputs()) : Optional.empty());
        sweeps.put(count, sweep);
    }
}

package org.altmin.core.run;

import java.util.Map;
import java.util.function.Function;
import org.altmin.core.model.Model;
import org.altmin.core.model.ModelFiles;
import org.altmin.core.network.Weights;
import org.altmin.core.solver.SolverState;
import org.altmin.core.train.IterationRecord;
import org.altmin.core.train.TrainingListener;

/**
 * Writes a training into its run's folder: a line of metrics for every step, the model of the best step so far into
 * {@code checkpoints/best}, and checkpoints into {@code checkpoints/last}.
 */
public final class RunRecorder implements TrainingListener {

    private final RunFolder run;
    private final Scores.Measure measure;
    private final Map<String, String> identity;
    private final Function<Weights, Model> model;

    /**
     * @param identity whose state checkpoints have; see {@link Checkpoint#identity}
     * @param model completes weights to a model
     */
    public RunRecorder(RunFolder run, Scores.Measure measure, Map<String, String> identity,
            Function<Weights, Model> model) {
        this.run = run;
        this.measure = measure;
        this.identity = identity;
        this.model = model;
    }

    @Override
    public void stepped(IterationRecord step) {
        run.appendMetrics(Metrics.of(step, measure));
    }

    @Override
    public void best(IterationRecord step, Weights weights) {
        ModelFiles.write(run.bestCheckpoint(), model.apply(weights), true);
    }

    @Override
    public void checkpoint(int iteration, double seconds, SolverState state) {
        Checkpoint.save(run.lastCheckpoint(), identity, iteration, seconds, state::archive);
    }
}

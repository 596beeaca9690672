package org.altmin.core.train;

import java.util.ArrayList;
import java.util.List;
import org.altmin.core.network.Problem;
import org.altmin.core.solver.Solver;
import org.altmin.core.solver.SolverState;
import org.altmin.core.solver.StateArchive;
import org.altmin.core.solver.StepReport;
import org.altmin.core.train.TrainingResult.StopReason;

/**
 * Runs a solver on a problem: steps, evaluates, tells the listeners, and stops. {@link #requestStop()} may be called
 * from another thread; the step under way is finished first.
 */
public final class Trainer {

    private final Problem problem;
    private final LoadedSamples train;
    private final LoadedSamples test;
    private final TrainingPlan plan;
    private final List<TrainingListener> listeners;
    private volatile boolean stopRequested;

    /**
     * @param train the samples of the problem, for evaluation
     * @param test other samples, or null for none
     */
    public Trainer(Problem problem, LoadedSamples train, LoadedSamples test, TrainingPlan plan,
            List<TrainingListener> listeners) {
        this.problem = problem;
        this.train = train;
        this.test = test;
        this.plan = plan;
        this.listeners = List.copyOf(listeners);
    }

    /** Ends the run after the step under way. */
    public void requestStop() {
        stopRequested = true;
    }

    /** Runs from the problem's initial weights. */
    public <S extends SolverState> TrainingResult run(Solver<S> solver) {
        return run(solver, solver.initialise(problem), 0, 0);
    }

    /**
     * Continues a run.
     *
     * @param checkpoint what {@link TrainingListener#checkpoint} stored, to be restored from
     * @param iteration at which it was stored
     * @param seconds of training until then
     */
    public <S extends SolverState> TrainingResult resume(Solver<S> solver, StateArchive checkpoint, int iteration,
            double seconds) {
        S state = solver.initialise(problem);
        state.archive(checkpoint);
        return run(solver, state, iteration, seconds);
    }

    private <S extends SolverState> TrainingResult run(Solver<S> solver, S state, int done, double secondsBefore) {
        int largest = Math.max(train.size(), test == null ? 0 : test.size());
        Evaluator evaluator = new Evaluator(problem.la(), problem.network(), problem.loss(), largest);
        List<IterationRecord> steps = new ArrayList<>();
        double seconds = secondsBefore;
        double bestScore = Double.NEGATIVE_INFINITY;
        StopReason reason = done >= plan.iterations() ? StopReason.ITERATIONS : null;
        for (int iteration = done + 1; reason == null; iteration++) {
            long start = System.nanoTime();
            StepReport report = solver.step(state);
            problem.la().synchronize();
            double stepSeconds = (System.nanoTime() - start) * 1e-9;
            seconds += stepSeconds;
            reason = reasonToStop(iteration, seconds, report);
            boolean evaluate = reason != null || plan.evaluateEvery() > 0 && iteration % plan.evaluateEvery() == 0;
            Evaluation onTrain = evaluate ? evaluator.evaluate(state.weights(), train) : Evaluation.NONE;
            Evaluation onTest = evaluate && test != null ? evaluator.evaluate(state.weights(), test) : Evaluation.NONE;
            if (reason == null && onTest.accuracy() >= plan.targetAccuracy()) {
                reason = StopReason.TARGET;
            }
            IterationRecord step = new IterationRecord(iteration, stepSeconds, seconds, report, onTrain, onTest);
            steps.add(step);
            listeners.forEach(listener -> listener.stepped(step));
            double score = score(test == null ? onTrain : onTest);
            if (score > bestScore) {
                bestScore = score;
                listeners.forEach(listener -> listener.best(step, state.weights()));
            }
            boolean due = plan.checkpointEvery() > 0 && iteration % plan.checkpointEvery() == 0;
            if (due || reason == StopReason.REQUESTED) {
                for (TrainingListener listener : listeners) {
                    listener.checkpoint(iteration, seconds, state);
                }
            }
        }
        return new TrainingResult(reason, steps);
    }

    private StopReason reasonToStop(int iteration, double seconds, StepReport report) {
        if (!Double.isFinite(report.objective())) {
            return StopReason.DIVERGED;
        } else if (iteration >= plan.iterations()) {
            return StopReason.ITERATIONS;
        } else if (stopRequested) {
            return StopReason.REQUESTED;
        }
        return seconds >= plan.seconds() ? StopReason.SECONDS : null;
    }

    /** Larger is better; NaN is never better. */
    private static double score(Evaluation evaluation) {
        return evaluation.isAccuracy() ? evaluation.accuracy() : -evaluation.error();
    }
}

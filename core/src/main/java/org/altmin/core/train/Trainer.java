package org.altmin.core.train;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.altmin.core.network.Problem;
import org.altmin.core.solver.Solver;
import org.altmin.core.solver.SolverState;
import org.altmin.core.solver.StateArchive;
import org.altmin.core.solver.StepReport;
import org.altmin.core.train.TrainingResult.StopReason;

/**
 * Runs a solver on a problem: steps, evaluates, tells the listeners, and stops. {@link #requestStop()} may be called
 * from another thread; the step under way is finished first. A trainer is good for one run.
 */
public final class Trainer {

    private final Problem problem;
    private final LoadedSamples train;
    private final LoadedSamples test;
    private final TrainingPlan plan;
    private final List<TrainingListener> listeners;
    private final Evaluator evaluator;
    private long iteration;
    private double seconds;
    private long stepStart;
    private double bestScore = Double.NEGATIVE_INFINITY;
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
        // Allocated before the solver asks whether what is free suffices for its state.
        int largest = Math.max(train.size(), test == null ? 0 : test.size());
        evaluator = new Evaluator(problem.la(), problem.network(), problem.loss(), largest);
    }

    /** Ends the run after the step under way. */
    public void requestStop() {
        stopRequested = true;
    }

    /** Steps done so far, those before a resumption included. */
    public long iteration() {
        return iteration;
    }

    /** Runs from the problem's initial weights. */
    public <S extends SolverState> TrainingResult run(Solver<S> solver) {
        return proceed(solver, solver.initialise(problem));
    }

    /**
     * Continues a run bit-identically.
     *
     * @param checkpoint gives the archive that {@link TrainingListener#checkpoint} filled, to be restored from
     */
    public <S extends SolverState> TrainingResult resume(Solver<S> solver,
            Consumer<Consumer<StateArchive>> checkpoint) {
        S state = solver.initialise(problem);
        checkpoint.accept(archive -> archive(state, archive));
        return proceed(solver, state);
    }

    private <S extends SolverState> TrainingResult proceed(Solver<S> solver, S state) {
        List<IterationRecord> steps = new ArrayList<>();
        if (Double.isFinite(plan.seconds())) {
            state.limit(() -> (seconds + secondsOfStep()) / plan.seconds());
        }
        StopReason reason = iteration >= plan.iterations() ? StopReason.ITERATIONS : null;
        while (reason == null) {
            iteration++;
            stepStart = System.nanoTime();
            StepReport report = solver.step(state);
            problem.la().synchronize();
            double stepSeconds = secondsOfStep();
            seconds += stepSeconds;
            reason = reasonToStop(report);
            boolean evaluate = reason != null || plan.evaluateEvery() > 0 && iteration % plan.evaluateEvery() == 0;
            Evaluation onTrain = evaluate ? evaluator.evaluate(state.weights(), train) : Evaluation.NONE;
            Evaluation onTest = evaluate && test != null ? evaluator.evaluate(state.weights(), test) : Evaluation.NONE;
            if (reason == null && onTest.accuracy() >= plan.targetAccuracy()) {
                reason = StopReason.TARGET;
            }
            IterationRecord step = new IterationRecord((int) iteration, stepSeconds, seconds, report, onTrain, onTest);
            steps.add(step);
            listeners.forEach(listener -> listener.stepped(step));
            double score = score(test == null ? onTrain : onTest);
            if (score > bestScore) {
                bestScore = score;
                listeners.forEach(listener -> listener.best(step, state.weights()));
            }
            boolean due = plan.checkpointEvery() > 0 && iteration % plan.checkpointEvery() == 0;
            if (due || reason == StopReason.REQUESTED) {
                listeners.forEach(listener -> listener.checkpoint(step, archive -> archive(state, archive)));
            }
        }
        return new TrainingResult(reason, state.weights(), steps);
    }

    private double secondsOfStep() {
        return (System.nanoTime() - stepStart) * 1e-9;
    }

    private void archive(SolverState state, StateArchive archive) {
        iteration = archive.integer("run.iteration", iteration);
        seconds = archive.number("run.seconds", seconds);
        bestScore = archive.number("run.bestScore", bestScore);
        state.archive(archive);
    }

    private StopReason reasonToStop(StepReport report) {
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

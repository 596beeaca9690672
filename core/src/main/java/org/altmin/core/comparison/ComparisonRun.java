package org.altmin.core.comparison;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.altmin.core.data.Targets;
import org.altmin.core.experiment.Experiment;
import org.altmin.core.experiment.ExperimentSettings;
import org.altmin.core.experiment.RecordedRun;
import org.altmin.core.internal.Plural;
import org.altmin.core.run.PeakMemory;
import org.altmin.core.run.RunFolder;
import org.altmin.core.run.SavedRun;
import org.altmin.core.run.Scores;
import org.altmin.core.solver.Solver;
import org.altmin.core.solver.SolverState;
import org.altmin.core.train.TrainingResult;
import org.altmin.linalg.AltminException;

/**
 * Runs a {@link Comparison}: seed by seed every solver, each run in a folder of its own, and after each run the table
 * so far. A solver that refuses the problem does not stop the others.
 *
 * <p>With a bound on the seconds, some steps of every solver that count for nothing come first, which warm up the
 * virtual machine.
 */
public final class ComparisonRun {

    private static final int FEWEST_TRIED_STEPS = 3;
    private static final double SHARE_FOR_TRIED_STEPS = 0.3;
    private static final double MOST_SECONDS_FOR_TRIED_STEPS = 10;

    private final Comparison comparison;
    private final ComparisonFolder folder;
    private final String command;
    private final ComparisonListener listener;
    private final Set<String> warmedUp = new HashSet<>();
    private final List<ComparedRun> runs = new ArrayList<>();
    private final List<Refusal> refusals = new ArrayList<>();
    private Scores.Kind kind = Scores.Kind.ACCURACY;
    private boolean memoryByRun = true;
    private volatile boolean stopRequested;
    private volatile RecordedRun current;

    /** @param command that makes the comparison, for the record */
    public ComparisonRun(Comparison comparison, ComparisonFolder folder, String command, ComparisonListener listener) {
        this.comparison = comparison;
        this.folder = folder;
        this.command = command;
        this.listener = listener;
    }

    /** Ends the comparison after the step under way; what there is is written. */
    public void requestStop() {
        stopRequested = true;
        RecordedRun running = current;
        if (running != null) {
            running.requestStop();
        }
    }

    /** Whether a stop was requested. */
    public boolean stopped() {
        return stopRequested;
    }

    /** Runs all, unless stopped, and returns the last table written. */
    public ComparisonTable run() {
        ComparisonTable table = table();
        for (long seed : comparison.seeds()) {
            for (String solver : comparison.solvers()) {
                if (!stopRequested) {
                    runOrRefuse(solver, seed);
                    table = table();
                    folder.write(table, command);
                }
            }
        }
        return table;
    }

    private void runOrRefuse(String solver, long seed) {
        try {
            if (Double.isFinite(comparison.seconds()) && warmedUp.add(solver)) {
                warmUp(solver, seed);
            }
            ComparedRun run = run(comparison.settings(solver, seed));
            runs.add(run);
            listener.ended(run);
        } catch (AltminException e) {
            Refusal refusal = new Refusal(solver, seed, e.getMessage());
            refusals.add(refusal);
            listener.refused(refusal);
        }
    }

    private ComparedRun run(ExperimentSettings settings) {
        memoryByRun &= PeakMemory.restart();
        try (Experiment experiment = Experiment.open(settings);
                RunFolder into = RunFolder.create(folder.path(), settings.solver().name())) {
            kind = experiment.dataset().train().targets() instanceof Targets.Labels ? Scores.Kind.ACCURACY
                    : Scores.Kind.ERROR;
            try {
                RecordedRun run = RecordedRun.begin(experiment, into, listener.started(experiment, into));
                current = run;
                if (stopRequested) {
                    run.requestStop();
                }
                into.log("A run of: " + command);
                TrainingResult result = run.run();
                int iterations = result.last().iteration();
                into.log("Ended after " + iterations + " " + Plural.of("iteration", iterations) + ": "
                        + result.reason().label() + ".");
            } catch (AltminException e) {
                if (into.readMetrics().isEmpty()) {
                    into.discard();
                }
                throw e;
            } finally {
                current = null;
            }
            return ComparedRun.of(SavedRun.read(into.path()));
        }
    }

    private void warmUp(String solver, long seed) {
        try (Experiment experiment = Experiment.open(comparison.settings(solver, seed))) {
            tryOut(experiment, experiment.solver(),
                    Math.min(MOST_SECONDS_FOR_TRIED_STEPS, SHARE_FOR_TRIED_STEPS * comparison.seconds()));
        }
    }

    private <S extends SolverState> void tryOut(Experiment experiment, Solver<S> solver, double seconds) {
        S state = solver.initialise(experiment.problem());
        long start = System.nanoTime();
        for (int step = 0; !stopRequested && (step < FEWEST_TRIED_STEPS
                || (System.nanoTime() - start) * 1e-9 < seconds); step++) {
            solver.step(state);
            experiment.la().synchronize();
        }
    }

    private ComparisonTable table() {
        List<ComparedSolver> rows = new ArrayList<>();
        for (String solver : comparison.solvers()) {
            List<ComparedRun> its = runs.stream().filter(run -> run.solver().equals(solver)).toList();
            List<Refusal> refused = refusals.stream().filter(refusal -> refusal.solver().equals(solver)).toList();
            if (!its.isEmpty() || !refused.isEmpty()) {
                rows.add(new ComparedSolver(solver, its, refused));
            }
        }
        List<String> remarks = new ArrayList<>();
        if (!memoryByRun) {
            remarks.add("This system does not tell the peak memory run by run: it is that of the process so far.");
        }
        int done = runs.size() + refusals.size();
        int asked = comparison.solvers().size() * comparison.seeds().size();
        if (stopRequested && done < asked) {
            remarks.add("The comparison was stopped after " + done + " of " + asked + " runs.");
        }
        return new ComparisonTable(comparison.shared().get("dataset"), kind, rows, remarks);
    }
}

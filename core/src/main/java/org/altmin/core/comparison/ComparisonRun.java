package org.altmin.core.comparison;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.altmin.core.data.Targets;
import org.altmin.core.experiment.Experiment;
import org.altmin.core.experiment.ExperimentSettings;
import org.altmin.core.experiment.RecordedRun;
import org.altmin.core.run.PeakMemory;
import org.altmin.core.run.RunFolder;
import org.altmin.core.run.SavedRun;
import org.altmin.core.run.Scores;
import org.altmin.core.settings.Setting;
import org.altmin.core.solver.Solver;
import org.altmin.core.solver.SolverFactory;
import org.altmin.core.solver.SolverState;
import org.altmin.core.train.TrainingResult;
import org.altmin.linalg.AltminException;

/**
 * Runs a {@link Comparison}: seed by seed every solver, each run in a folder of its own, and after each run the table
 * so far. A solver that refuses the problem does not stop the others.
 *
 * <p>With a bound on the seconds, some steps of every solver that count for nothing come first: they warm up the
 * virtual machine, and where a solver's schedule needs the number of its epochs, and none is given, they tell how many
 * fit.
 */
public final class ComparisonRun {

    private static final String ITERATIONS = "iterations";
    private static final int FEWEST_TRIED_STEPS = 3;
    private static final double SHARE_FOR_TRIED_STEPS = 0.3;
    private static final double MOST_SECONDS_FOR_TRIED_STEPS = 10;
    /** A planned run that leaves more than the rest of its seconds unused is told of. */
    private static final double WELL_USED = 0.8;

    private final Comparison comparison;
    private final ComparisonFolder folder;
    private final String command;
    private final ComparisonListener listener;
    private final Map<String, Map<String, String>> planned = new LinkedHashMap<>();
    private final List<ComparedRun> runs = new ArrayList<>();
    private final List<Refusal> refusals = new ArrayList<>();
    private final List<String> remarks = new ArrayList<>();
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
            if (Double.isFinite(comparison.seconds()) && !planned.containsKey(solver)) {
                planned.put(solver, plan(solver, seed));
            }
            ComparedRun run = run(comparison.settings(solver, seed, planned.getOrDefault(solver, Map.of())));
            runs.add(run);
            tellOfUnusedSeconds(run);
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
                into.log("Ended after " + result.last().iteration() + " iterations: " + result.reason().label() + ".");
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

    /** Settings by which the solver fits its schedule into the seconds; empty if it has none or was told. */
    private Map<String, String> plan(String solver, long seed) {
        double budget = comparison.seconds();
        try (Experiment experiment = Experiment.open(comparison.settings(solver, seed))) {
            double fastest = fastestStep(experiment, experiment.solver(),
                    Math.min(MOST_SECONDS_FOR_TRIED_STEPS, SHARE_FOR_TRIED_STEPS * budget));
            if (comparison.givesIterations(solver)) {
                return Map.of();
            } else if (!hasSchedule(experiment.settings().solver())) {
                return Map.of(ITERATIONS, Integer.toString(Integer.MAX_VALUE));
            }
            int epochs = (int) Math.max(1, Math.min(Integer.MAX_VALUE, budget / fastest));
            remarks.add(solver + " plans its schedule for " + epochs + (epochs == 1 ? " epoch" : " epochs")
                    + ", as many as fit into " + budget + " s by the steps tried before.");
            return Map.of(ITERATIONS, Integer.toString(epochs));
        }
    }

    private <S extends SolverState> double fastestStep(Experiment experiment, Solver<S> solver, double most) {
        S state = solver.initialise(experiment.problem());
        double fastest = Double.POSITIVE_INFINITY;
        double spent = 0;
        for (int step = 0; !stopRequested && (step < FEWEST_TRIED_STEPS || spent < most); step++) {
            long start = System.nanoTime();
            solver.step(state);
            experiment.la().synchronize();
            double seconds = (System.nanoTime() - start) * 1e-9;
            spent += seconds;
            fastest = Math.min(fastest, seconds);
        }
        return fastest;
    }

    /** The steps tried before may have been slower than those of the run. */
    private void tellOfUnusedSeconds(ComparedRun run) {
        double budget = comparison.seconds();
        boolean isPlanned = planned.getOrDefault(run.solver(), Map.of()).containsKey(ITERATIONS);
        boolean isDone = run.ended().equals(TrainingResult.StopReason.ITERATIONS.label());
        if (isPlanned && isDone && run.seconds() < WELL_USED * budget) {
            long fitting = (long) (run.iterations() * budget / run.seconds());
            remarks.add(run.solver() + " with seed " + run.seed() + " was faster than planned and took only "
                    + String.format(Locale.ROOT, "%.2g", run.seconds()) + " of its " + budget + " s; " + run.solver()
                    + ".iterations=" + fitting + " would have used them.");
        }
    }

    private static boolean hasSchedule(SolverFactory solver) {
        return solver.settings().stream().map(Setting::name).anyMatch(SolverFactory.EPOCHS::equals);
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
        List<String> all = new ArrayList<>(remarks);
        if (!memoryByRun) {
            all.add("This system does not tell the peak memory run by run: it is that of the process so far.");
        }
        int done = runs.size() + refusals.size();
        int asked = comparison.solvers().size() * comparison.seeds().size();
        if (stopRequested && done < asked) {
            all.add("The comparison was stopped after " + done + " of " + asked + " runs.");
        }
        return new ComparisonTable(comparison.shared().get("dataset"), kind, rows, all);
    }
}

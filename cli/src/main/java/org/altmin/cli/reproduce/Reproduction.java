package org.altmin.cli.reproduce;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.altmin.cli.reproduce.Figure.Run;
import org.altmin.core.experiment.Experiment;
import org.altmin.core.network.Network;
import org.altmin.core.run.Environment;
import org.altmin.core.train.Trainer;
import org.altmin.core.train.TrainingResult;
import org.altmin.core.train.TrainingResult.StopReason;
import org.altmin.linalg.AltminException;

/**
 * Runs the cells of a plan, one after the other, and writes after each. A cell that fails is a result with its reason.
 * A reproduction is good for one run; {@link #requestStop()} may be called from another thread.
 */
public final class Reproduction {

    private final Plan plan;
    private final ResultFolder folder;
    private final Progress progress;
    private final Map<String, Outcome> outcomes = new LinkedHashMap<>();
    private Places places = new Places();
    private volatile boolean stopped;
    private volatile Trainer current;

    /** Is told of the work as it goes. */
    public interface Progress {

        /** @param position from 1 */
        void begun(Cell cell, int position, int count);

        /** @param line what came out, in short */
        void ended(Cell cell, String line);
    }

    public Reproduction(Plan plan, ResultFolder folder, Progress progress) {
        this.plan = plan;
        this.folder = folder;
        this.progress = progress;
    }

    /** Keeps what the folder holds of these cells already, but for those that failed. */
    public void resume() {
        List<Outcome> before = folder.outcomes();
        for (Cell cell : plan.cells()) {
            before.stream().filter(outcome -> outcome.isOf(cell) && !outcome.isFailed())
                    .forEach(outcome -> outcomes.put(cell.name(), outcome));
        }
        if (!outcomes.isEmpty()) {
            places = folder.places();
        }
    }

    /** Ends the work after the step under way; the cell under way is not kept. */
    public void requestStop() {
        stopped = true;
        Trainer running = current;
        if (running != null) {
            running.requestStop();
        }
    }

    /** Runs all cells; returns whether it came to the end. */
    public boolean run() {
        folder.write(plan, places, outcomes.values());
        int position = 0;
        for (Cell cell : plan.cells()) {
            position++;
            if (outcomes.containsKey(cell.name())) {
                continue;
            }
            if (stopped) {
                return false;
            }
            progress.begun(cell, position, plan.cells().size());
            Outcome outcome = outcome(cell);
            if (stopped) {
                return false;
            }
            outcomes.put(cell.name(), outcome);
            folder.write(plan, places, outcomes.values());
            progress.ended(cell, line(outcome));
        }
        return true;
    }

    /** The table as far as it is known. */
    public String markdown() {
        return new TableWriter(plan, places, outcomes.values()).markdown();
    }

    /** How many cells failed. */
    public long failures() {
        return outcomes.values().stream().filter(Outcome::isFailed).count();
    }

    private Outcome outcome(Cell cell) {
        List<Run> runs = new ArrayList<>();
        try {
            for (long seed = 1; seed <= cell.trials() && !stopped; seed++) {
                runs.add(run(cell, seed));
            }
        } catch (AltminException e) {
            return Outcome.failed(cell, e.getMessage());
        } catch (RuntimeException | VirtualMachineError e) {
            return Outcome.failed(cell, e.toString());
        }
        folder.writeCurves(cell, runs.stream().map(Run::result).toList());
        Map<String, Value> figures = new LinkedHashMap<>();
        if (!runs.isEmpty()) {
            plan.table().figures().forEach(name -> figures.put(name, Figure.of(name).over(runs)));
        }
        boolean diverged = runs.stream().anyMatch(run -> run.result().reason() == StopReason.DIVERGED);
        return new Outcome(cell.name(), cell.command(), cell.trials(), figures,
                diverged ? "diverged: " + StopReason.DIVERGED.label() : "");
    }

    private Run run(Cell cell, long seed) {
        try (Experiment experiment = Experiment.open(cell.experiment(seed))) {
            places.add(Environment.current(experiment.la(), seed));
            Trainer trainer = experiment.trainer(List.of());
            current = trainer;
            if (stopped) {
                trainer.requestStop();
            }
            TrainingResult result = trainer.run(experiment.solver());
            return new Run(network(experiment), result);
        } finally {
            current = null;
        }
    }

    private static String network(Experiment experiment) {
        Network network = experiment.problem().network();
        return network.depth() == 1 ? network.shape()
                : network.shape() + " " + network.activation(1).specification();
    }

    private static String line(Outcome outcome) {
        return outcome.isFailed() ? "failed: " + outcome.failure()
                : String.join("  ", outcome.figures().entrySet().stream()
                        .map(figure -> Figure.of(figure.getKey()).heading() + " " + figure.getValue().text()).toList());
    }
}

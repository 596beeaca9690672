package org.altmin.core.comparison;

import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import org.altmin.core.experiment.Spread;

/**
 * The runs of one solver with one configuration, over seeds.
 *
 * @param label the solver's name, with settings where that alone is not enough
 * @param runs in the order of the comparison
 * @param refusals of further seeds
 */
public record ComparedSolver(String label, List<ComparedRun> runs, List<Refusal> refusals) {

    public ComparedSolver {
        runs = List.copyOf(runs);
        refusals = List.copyOf(refusals);
    }

    /** Whether no run took place. */
    public boolean refused() {
        return runs.isEmpty();
    }

    public Spread train() {
        return spread(run -> run.scores().train());
    }

    public Spread test() {
        return spread(run -> run.scores().test());
    }

    public Spread iterations() {
        return spread(ComparedRun::iterations);
    }

    public Spread seconds() {
        return spread(ComparedRun::seconds);
    }

    /** The best test score of any iteration of any run; NaN if there is none. */
    public double best() {
        double best = Double.NaN;
        for (ComparedRun run : runs) {
            best = ComparedRun.better(run.scores().kind(), best, run.best());
        }
        return best;
    }

    /** The median over the runs of their medians. */
    public double secondsPerIteration() {
        double[] sorted = runs.stream().mapToDouble(ComparedRun::secondsPerIteration).sorted().toArray();
        int middle = sorted.length / 2;
        if (sorted.length == 0) {
            return Double.NaN;
        }
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    /** The largest of the runs. */
    public double peakMemoryBytes() {
        return spread(ComparedRun::peakMemoryBytes).highest();
    }

    /** What was observed of the runs' convergence; of several that differ, what was of the first. */
    public String certificate() {
        List<String> different = runs.stream().map(ComparedRun::certificate).distinct().toList();
        return different.size() == 1 ? different.get(0) : different.isEmpty() ? ""
                : "seed " + runs.get(0).seed() + ": " + different.get(0);
    }

    /** Of the first run. */
    public String command() {
        return refused() ? "" : runs.get(0).command();
    }

    /** Why seeds were refused, each reason once. */
    public String reason() {
        return refusals.stream().map(Refusal::reason).distinct().collect(Collectors.joining(" "));
    }

    private Spread spread(ToDoubleFunction<ComparedRun> figure) {
        return Spread.of(runs.stream().mapToDouble(figure).toArray());
    }
}

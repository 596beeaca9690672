package org.altmin.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import org.altmin.core.comparison.ComparedRun;
import org.altmin.core.comparison.ComparisonListener;
import org.altmin.core.comparison.Refusal;
import org.altmin.core.experiment.Experiment;
import org.altmin.core.internal.Plural;
import org.altmin.core.run.RunFolder;
import org.altmin.core.run.Scores;
import org.altmin.core.train.Evaluation;
import org.altmin.core.train.IterationRecord;
import org.altmin.core.train.TrainingListener;

/** Shows a comparison as it goes: a line a run, and on a terminal the step under way. */
final class ComparisonProgress implements ComparisonListener {

    private final PrintWriter out;
    private final boolean terminal;
    private final int runs;
    private int run;

    /** @param runs how many there will be */
    ComparisonProgress(PrintWriter out, boolean terminal, int runs) {
        this.out = out;
        this.terminal = terminal;
        this.runs = runs;
    }

    @Override
    public List<TrainingListener> started(Experiment experiment, RunFolder folder) {
        if (run == 0) {
            out.println("Network " + experiment.problem().network().shape() + ", " + experiment.train().size()
                    + " training and " + experiment.test().size() + " test samples, "
                    + experiment.la().description() + ".");
        }
        String solver = experiment.settings().solver().name();
        return !terminal ? List.of() : List.of(new TrainingListener() {
            @Override
            public void stepped(IterationRecord step) {
                out.print(Terminal.clearLine() + line(solver, experiment.problem().seed(), step.iteration(),
                        step.seconds(), score(step.train()), score(step.test())));
                out.flush();
            }
        });
    }

    @Override
    public void ended(ComparedRun ended) {
        Scores scores = ended.scores();
        say(line(ended.solver(), ended.seed(), ended.iterations(), ended.seconds(),
                score(scores.kind(), scores.train()), score(scores.kind(), scores.test())));
    }

    @Override
    public void refused(Refusal refusal) {
        say(String.format(Locale.ROOT, "%s %-14s seed %-4d did not run: %s", count(), refusal.solver(), refusal.seed(),
                refusal.reason()));
    }

    private void say(String line) {
        out.println((terminal ? Terminal.clearLine() : "") + line);
        out.flush();
        run++;
    }

    private String line(String solver, long seed, long iteration, double seconds, String train, String test) {
        return String.format(Locale.ROOT, "%s %-14s seed %-4d %6d %-10s %8.1f s   train %s   test %s", count(),
                solver, seed, iteration, Plural.of("iteration", iteration), seconds, train, test);
    }

    private String count() {
        return String.format(Locale.ROOT, "%" + String.valueOf(runs).length() + "d/%d", run + 1, runs);
    }

    private static String score(Evaluation evaluation) {
        return evaluation.isAccuracy() ? score(Scores.Kind.ACCURACY, evaluation.accuracy())
                : score(Scores.Kind.ERROR, evaluation.error());
    }

    private static String score(Scores.Kind kind, double value) {
        return Double.isNaN(value) ? "-" : String.format(Locale.ROOT,
                kind == Scores.Kind.ACCURACY ? "%.4f" : "%.3e", value);
    }
}

package org.altmin.core.comparison;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Stream;
import org.altmin.core.experiment.TrainCommandLine;
import org.altmin.core.run.SavedRun;
import org.altmin.core.run.Scores;
import org.altmin.core.train.TrainingResult.StopReason;
import org.altmin.linalg.AltminException;

/**
 * What one run came to.
 *
 * @param config its effective configuration
 * @param scores of the final network
 * @param best the highest test accuracy, or the lowest test error, over the iterations
 * @param secondsPerIteration the median, evaluation excluded; NaN if not known
 * @param seconds of training, evaluation excluded
 * @param peakMemoryBytes NaN if not known
 * @param ended why it ended
 * @param certificate what was observed of its convergence, in a few words
 */
public record ComparedRun(Path folder, String solver, long seed, Map<String, String> config, Scores scores, double best,
        long iterations, double secondsPerIteration, double seconds, double peakMemoryBytes, String ended,
        String certificate) {

    private static final String UNKNOWN = "unknown";

    /** @throws AltminException if the run has no iteration */
    public static ComparedRun of(SavedRun run) {
        if (run.metrics().isEmpty()) {
            throw new AltminException("The run '" + run.folder() + "' has no iteration to compare.");
        }
        Scores.Kind kind = run.kind();
        double[] test = run.series(kind.testField());
        double[] seconds = run.series("seconds");
        double[] iterations = run.series("iteration");
        int last = seconds.length - 1;
        boolean ended = !run.summary().isEmpty();
        Scores scores = ended
                ? new Scores(kind, run.summaryNumber(kind.trainField()), run.summaryNumber(kind.testField()))
                : new Scores(kind, run.series(kind.trainField())[last], test[last]);
        return new ComparedRun(run.folder(), run.setting("solver"), seed(run), run.config(), scores, best(kind, test),
                Math.round(iterations[last]), run.summaryNumber("secondsPerIteration"), seconds[last],
                run.summaryNumber("peakMemoryBytes"), text(run, "ended", "did not end"),
                text(run, "certificate", UNKNOWN));
    }

    /** Whether it did not come to its planned end. */
    public boolean endedEarly() {
        return Stream.of(StopReason.ITERATIONS, StopReason.SECONDS, StopReason.TARGET).map(StopReason::label)
                .noneMatch(ended::equals);
    }

    /** The command that makes this run again; by its config.json where solver or dataset is not installed here. */
    public String command() {
        try {
            return TrainCommandLine.of(config);
        } catch (AltminException e) {
            return "altmin train --config " + TrainCommandLine.quote(folder.resolve("config.json").toString());
        }
    }

    /** The better one of two scores of a kind; NaN is worse than any. */
    static double better(Scores.Kind kind, double first, double second) {
        if (Double.isNaN(first) || Double.isNaN(second)) {
            return Double.isNaN(first) ? second : first;
        }
        return kind == Scores.Kind.ACCURACY ? Math.max(first, second) : Math.min(first, second);
    }

    private static double best(Scores.Kind kind, double[] scores) {
        return Arrays.stream(scores).reduce(Double.NaN, (first, second) -> better(kind, first, second));
    }

    private static String text(SavedRun run, String field, String otherwise) {
        return run.summary().get(field) instanceof String text ? text : otherwise;
    }

    private static long seed(SavedRun run) {
        try {
            return Long.parseLong(run.setting("seed"));
        } catch (NumberFormatException e) {
            throw new AltminException("The run '" + run.folder() + "' has no seed in its config.json.", e);
        }
    }
}

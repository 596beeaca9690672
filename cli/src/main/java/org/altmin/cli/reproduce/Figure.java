package org.altmin.cli.reproduce;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;
import org.altmin.core.convergence.Certificate;
import org.altmin.core.convergence.ConvergenceRecord;
import org.altmin.core.experiment.Spread;
import org.altmin.core.train.Evaluation;
import org.altmin.core.train.IterationRecord;
import org.altmin.core.train.TrainingResult;
import org.altmin.linalg.AltminException;

/**
 * Something to report of a run, named as in a table's resource: {@code network}, {@code ended}, {@code certificate},
 * {@code seconds}, {@code seconds-per-iteration} (the median), {@code iterations}, {@code train} and {@code test}
 * (accuracy, or mean squared error, of the final network; {@code test@50} after iteration 50), {@code best-train} and
 * {@code best-test} (over the run), {@code train-loss}, {@code objective-rises} and {@code residual-rises} (how many
 * steps increased it).
 */
record Figure(String name, String base, int iteration) {

    private static final List<String> NAMES = List.of("network", "ended", "certificate", "seconds",
            "seconds-per-iteration", "iterations", "train", "test", "best-train", "best-test", "train-loss",
            "objective-rises", "residual-rises");

    /** One run: its end, and the network it was of. */
    record Run(String network, TrainingResult result) {
    }

    /** @throws AltminException if there is no such figure */
    static Figure of(String name) {
        int at = name.indexOf('@');
        String base = at < 0 ? name : name.substring(0, at);
        if (!NAMES.contains(base)) {
            throw new AltminException("There is no figure '" + name + "'; there are " + String.join(", ", NAMES) + ".");
        }
        return new Figure(name, base, at < 0 ? 0 : Integer.parseInt(name.substring(at + 1)));
    }

    /** The heading of its column. */
    String heading() {
        String text = base.replace("seconds-per-iteration", "s/iteration").replace('-', ' ');
        return iteration == 0 ? text : text + " after " + iteration;
    }

    /** Over the runs of a cell: the mean, and the text for the table. */
    Value over(List<Run> runs) {
        switch (base) {
            case "network":
                return Value.of(runs.get(0).network());
            case "ended":
                return Value.of(runs.get(0).result().reason().label());
            case "certificate":
                return Value.of(certificate(runs.get(0).result()));
            default:
                Spread spread = Spread.of(runs.stream().mapToDouble(run -> number(run.result())).toArray());
                String format = format(runs.get(0).result());
                return new Value(spread.mean(), spread.deviation(), text(spread, format));
        }
    }

    private String text(Spread spread, String format) {
        if (Double.isNaN(spread.mean())) {
            return "–";
        }
        String mean = String.format(Locale.ROOT, format, spread.mean());
        return Double.isNaN(spread.deviation()) || spread.deviation() == 0 ? mean
                : mean + " (" + String.format(Locale.ROOT, format, spread.deviation()) + ")";
    }

    private String format(TrainingResult result) {
        return switch (base) {
            case "seconds" -> "%.1f";
            case "seconds-per-iteration" -> "%.4f";
            case "iterations", "objective-rises", "residual-rises" -> "%.0f";
            case "train-loss" -> "%.2e";
            default -> result.last().train().isAccuracy() ? "%.4f" : "%.2e";
        };
    }

    private double number(TrainingResult result) {
        IterationRecord last = result.last();
        return switch (base) {
            case "seconds" -> last.seconds();
            case "seconds-per-iteration" -> result.secondsPerIteration();
            case "iterations" -> last.iteration();
            case "train" -> score(at(result, last).train());
            case "test" -> score(at(result, last).test());
            case "best-train" -> best(result, IterationRecord::train);
            case "best-test" -> best(result, IterationRecord::test);
            case "train-loss" -> last.train().loss();
            case "objective-rises" -> rises(result, step -> step.report().objective());
            case "residual-rises" -> rises(result, step -> step.report().primalResidual());
            default -> throw new IllegalStateException(base);
        };
    }

    /** The first evaluated step at or after the iteration; one that shows nothing where the run ended before it. */
    private IterationRecord at(TrainingResult result, IterationRecord last) {
        if (iteration == 0) {
            return last;
        }
        return result.steps().stream().filter(step -> step.iteration() >= iteration && step.train() != Evaluation.NONE)
                .findFirst().orElse(new IterationRecord(iteration, 0, 0, last.report(), Evaluation.NONE,
                        Evaluation.NONE));
    }

    static double score(Evaluation evaluation) {
        return evaluation.isAccuracy() ? evaluation.accuracy() : evaluation.error();
    }

    private static double best(TrainingResult result, Function<IterationRecord, Evaluation> part) {
        double[] scores = result.steps().stream().map(part).mapToDouble(Figure::score)
                .filter(score -> !Double.isNaN(score)).toArray();
        boolean accuracy = part.apply(result.last()).isAccuracy();
        DoubleStream stream = Arrays.stream(scores);
        return (accuracy ? stream.max() : stream.min()).orElse(Double.NaN);
    }

    private static double rises(TrainingResult result, ToDoubleFunction<IterationRecord> quantity) {
        double[] values = result.steps().stream().mapToDouble(quantity).toArray();
        int rises = 0;
        for (int k = 1; k < values.length; k++) {
            rises += values[k] > values[k - 1] ? 1 : 0;
        }
        return values.length == 0 || Double.isNaN(values[0]) ? Double.NaN : rises;
    }

    private static String certificate(TrainingResult result) {
        ConvergenceRecord record = new ConvergenceRecord();
        result.steps().forEach(step -> record.add(step.iteration(), step.report()));
        return Certificate.brief(record);
    }
}

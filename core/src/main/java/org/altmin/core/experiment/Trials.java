package org.altmin.core.experiment;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.ToDoubleFunction;
import org.altmin.core.train.IterationRecord;
import org.altmin.core.train.TrainingResult;
import org.altmin.core.train.TrainingResult.StopReason;
import org.altmin.linalg.AltminException;

/**
 * One configuration run with several seeds: what the papers' tables of means over trials are made of. The seed draws
 * both the data, where they are generated, and the initial weights.
 *
 * @param trials in the order of their seeds
 */
public record Trials(List<Trial> trials) {

    /**
     * One run.
     *
     * @param trainError the lowest mean squared error over the run on the training samples; NaN for classes
     * @param testError the lowest on the test samples; NaN for classes
     * @param testAccuracy the highest on the test samples; NaN for real values
     * @param lastTestError after the last step
     * @param iterations steps done
     * @param seconds of training, evaluation excluded
     * @param reason why it ended
     */
    public record Trial(long seed, double trainError, double testError, double testAccuracy, double lastTestError,
            int iterations, double seconds, StopReason reason) {
    }

    public Trials {
        trials = List.copyOf(trials);
    }

    /**
     * Runs the seeds 1 to {@code count}, one after the other.
     *
     * @param settings of every run; {@code seed} must not be among them
     * @param listener is told of each trial when it has ended
     */
    public static Trials run(Map<String, String> settings, int count, Consumer<Trial> listener) {
        if (settings.containsKey("seed")) {
            throw new AltminException("Trials choose their seeds themselves, from 1 on; leave out seed="
                    + settings.get("seed") + ".");
        }
        if (count < 1) {
            throw new AltminException("There must be at least one trial, not " + count + ".");
        }
        List<Trial> trials = new ArrayList<>();
        for (long seed = 1; seed <= count; seed++) {
            Map<String, String> seeded = new LinkedHashMap<>(settings);
            seeded.put("seed", Long.toString(seed));
            try (Experiment experiment = Experiment.open(ExperimentSettings.of(seeded))) {
                Trial trial = trial(seed, experiment.trainer(List.of()).run(experiment.solver()));
                trials.add(trial);
                listener.accept(trial);
            }
        }
        return new Trials(trials);
    }

    /** Of one figure, such as {@code Trial::testError}. */
    public Spread spread(ToDoubleFunction<Trial> figure) {
        return Spread.of(trials.stream().mapToDouble(figure).toArray());
    }

    private static Trial trial(long seed, TrainingResult result) {
        List<IterationRecord> steps = result.steps();
        return new Trial(seed, lowest(steps, step -> step.train().error()), lowest(steps, step -> step.test().error()),
                -lowest(steps, step -> -step.test().accuracy()), result.last().test().error(), steps.size(),
                result.last().seconds(), result.reason());
    }

    /** The lowest over the steps that were evaluated; NaN if none has the figure. */
    private static double lowest(List<IterationRecord> steps, ToDoubleFunction<IterationRecord> figure) {
        return steps.stream().mapToDouble(figure).filter(value -> !Double.isNaN(value)).min().orElse(Double.NaN);
    }
}

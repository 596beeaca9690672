package org.altmin.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.altmin.core.experiment.Experiment;
import org.altmin.core.experiment.ExperimentSettings;
import org.altmin.core.experiment.RecordedRun;
import org.altmin.core.internal.Plural;
import org.altmin.core.network.Network;
import org.altmin.core.network.Problem;
import org.altmin.core.report.RunReport;
import org.altmin.core.run.AltminVersion;
import org.altmin.core.run.RunFolder;
import org.altmin.core.train.Evaluation;
import org.altmin.core.train.IterationRecord;
import org.altmin.core.train.TrainingListener;
import org.altmin.core.train.TrainingResult;
import org.altmin.core.train.TrainingResult.StopReason;
import org.altmin.linalg.AltminException;
import picocli.CommandLine.Option;

/** What {@code train} and {@code resume} share: the run with its progress, Ctrl-C, and the closing words. */
final class TrainingSession {

    private static final int DIVERGED = 3;

    @Option(names = {"-q", "--quiet"}, description = "Prints the run folder's path only.")
    private boolean quiet;

    int train(ExperimentSettings settings, Supplier<RunFolder> folders, boolean resume, PrintWriter out) {
        try (Experiment experiment = Experiment.open(settings); RunFolder folder = folders.get()) {
            Reporter reporter = new Reporter(out, folder, !resume);
            introduce(experiment, reporter);
            if (resume) {
                folder.metricsNotice().ifPresent(reporter::say);
            }
            List<TrainingListener> listeners = new ArrayList<>(List.of(reporter));
            Progress progress = quiet ? null : new Progress(out, Terminal.isOne(), experiment.plan(),
                    settings.solver().stepName());
            if (progress != null) {
                listeners.add(progress);
            }
            RecordedRun run = resume ? RecordedRun.resume(experiment, folder, listeners)
                    : RecordedRun.begin(experiment, folder, listeners);
            return Interruption.during(run::requestStop, () -> {
                TrainingResult result = resume ? run.run() : runOrDiscard(run, folder);
                if (progress != null) {
                    progress.end();
                }
                conclude(experiment, result, folder, reporter);
                reporter.record();
                RunReport.write(folder.path());
                out.println(folder.path());
                out.flush();
                return exitCode(result);
            });
        }
    }

    /** A run that is refused before its first iteration leaves no folder. */
    private static TrainingResult runOrDiscard(RecordedRun run, RunFolder folder) {
        try {
            return run.run();
        } catch (AltminException e) {
            if (folder.readMetrics().isEmpty()) {
                folder.discard();
            }
            throw e;
        }
    }

    private void introduce(Experiment experiment, Reporter reporter) {
        ExperimentSettings settings = experiment.settings();
        Problem problem = experiment.problem();
        Network network = problem.network();
        String activation = network.depth() > 1 ? network.activation(1).specification() : "linear";
        reporter.say("altmin " + AltminVersion.current() + ": " + settings.solver().name() + " on "
                + experiment.dataset().name() + ", " + network.shape() + " " + activation + ", "
                + problem.loss().specification() + ", " + network.parameterCount() + " parameters");
        reporter.say(experiment.train().size() + " training and " + experiment.test().size() + " test samples, seed "
                + problem.seed());
        reporter.say(experiment.backend().reason() + ": " + experiment.la().description());
        reporter.say("settings: " + settings.solverSettings().asMap().entrySet().stream()
                .map(Map.Entry::toString).collect(Collectors.joining(" ")) + " init=" + settings.general().text("init")
                + " init-scale=" + experiment.initialScale()
                + " iterations=" + settings.general().text("iterations"));
    }

    private void conclude(Experiment experiment, TrainingResult result, RunFolder folder, Reporter reporter) {
        if (result.steps().isEmpty()) {
            reporter.say("Nothing to do: all iterations are done; add iterations=N with a larger N.");
            return;
        }
        IterationRecord last = result.last();
        reporter.say(String.format(Locale.ROOT, "Ended after %d %s and %.1f s of training: %s.", last.iteration(),
                Plural.of(experiment.settings().solver().stepName(), last.iteration()), last.seconds(),
                result.reason().label()));
        reporter.say(result(last));
        if (result.reason() == StopReason.REQUESTED) {
            reporter.say("Go on with: " + Hint.command("resume " + Hint.path(folder.path())));
        } else if (result.reason() == StopReason.DIVERGED) {
            reporter.say("Try a larger penalty, more damping or precision=float64.");
        } else {
            reporter.say("Next: " + Hint.command("evaluate " + Hint.path(folder.path())));
            reporter.say("      " + Hint.command("predict " + Hint.path(folder.path()) + " FILE..."));
            reporter.say("      " + Hint.command("list solvers"));
        }
    }

    private static String result(IterationRecord last) {
        Evaluation train = last.train();
        Evaluation test = last.test();
        return train.isAccuracy()
                ? String.format(Locale.ROOT, "Accuracy: training %.4f, test %.4f.", train.accuracy(), test.accuracy())
                : String.format(Locale.ROOT, "Mean squared error: training %.3e, test %.3e.", train.error(),
                        test.error());
    }

    private static int exitCode(TrainingResult result) {
        return switch (result.reason()) {
            case REQUESTED -> Interruption.EXIT_CODE;
            case DIVERGED -> DIVERGED;
            default -> 0;
        };
    }

    /** Lines for the screen, unless quiet, and for train.log; a resumption that is refused leaves none there. */
    private final class Reporter implements TrainingListener {

        private final PrintWriter out;
        private final RunFolder folder;
        private final List<String> unrecorded = new ArrayList<>();
        private boolean recording;

        /** @param recording whether lines go to train.log at once, or once the run has gone on */
        Reporter(PrintWriter out, RunFolder folder, boolean recording) {
            this.out = out;
            this.folder = folder;
            this.recording = recording;
        }

        void say(String line) {
            if (recording) {
                folder.log(line);
            } else {
                unrecorded.add(line);
            }
            if (!quiet) {
                out.println(line);
            }
        }

        @Override
        public void stepped(IterationRecord step) {
            record();
        }

        void record() {
            unrecorded.forEach(folder::log);
            unrecorded.clear();
            recording = true;
        }
    }
}

package org.altmin.core.experiment;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.altmin.core.convergence.Certificate;
import org.altmin.core.convergence.ConvergenceRecord;
import org.altmin.core.data.Targets;
import org.altmin.core.model.ModelFiles;
import org.altmin.core.network.Weights;
import org.altmin.core.run.Checkpoint;
import org.altmin.core.run.Environment;
import org.altmin.core.run.Metrics;
import org.altmin.core.run.PeakMemory;
import org.altmin.core.run.Resumption;
import org.altmin.core.run.RunFolder;
import org.altmin.core.run.Scores;
import org.altmin.core.run.Summary;
import org.altmin.core.solver.StateArchive;
import org.altmin.core.solver.StepReport;
import org.altmin.core.train.Evaluation;
import org.altmin.core.train.IterationRecord;
import org.altmin.core.train.Trainer;
import org.altmin.core.train.TrainingListener;
import org.altmin.core.train.TrainingResult;

/**
 * An experiment whose run folder records everything: configuration, environment, metrics line by line, the best
 * network, checkpoints, and at the end the model and the summary.
 */
public final class RecordedRun {

    /** Settings that only the beginning of a run depends on. */
    private static final List<String> BEGINNING = List.of("name", "runs", "init", "init-scale", "init-bias");

    private final Experiment experiment;
    private final RunFolder folder;
    private final Trainer trainer;
    private final boolean resumed;
    private final ConvergenceRecord convergence = new ConvergenceRecord();
    private final BestModel bestModel;
    private Map<String, String> identity;
    private boolean goesOn;

    private RecordedRun(Experiment experiment, RunFolder folder, List<TrainingListener> listeners, boolean resumed) {
        this.experiment = experiment;
        this.folder = folder;
        this.resumed = resumed;
        goesOn = !resumed;
        bestModel = new BestModel(new Weights(experiment.la(), experiment.problem().network()),
                weights -> ModelFiles.write(folder.bestCheckpoint(), experiment.model(weights), true),
                System::nanoTime);
        List<TrainingListener> all = new ArrayList<>();
        all.add(new Recorder());
        all.addAll(listeners);
        trainer = experiment.trainer(all);
    }

    /** A run from the beginning. */
    public static RecordedRun begin(Experiment experiment, RunFolder folder, List<TrainingListener> listeners) {
        folder.writeConfig(experiment.settings().effective());
        folder.writeEnvironment(Environment.current(experiment.la(), experiment.problem().seed()));
        return new RecordedRun(experiment, folder, listeners, false);
    }

    /**
     * A run that goes on from its last checkpoint. Its configuration becomes the experiment's when the first step is
     * done; until then nothing in the folder changes.
     */
    public static RecordedRun resume(Experiment experiment, RunFolder folder, List<TrainingListener> listeners) {
        return new RecordedRun(experiment, folder, listeners, true);
    }

    /** The run folder of an experiment's settings: named as they say, or after solver and dataset. */
    public static RunFolder newFolder(ExperimentSettings settings) {
        String name = settings.general().text("name");
        return RunFolder.create(Path.of(settings.general().text("runs")),
                name.isEmpty() ? settings.solver().name() + "-" + settings.dataset().name() : name);
    }

    /** Ends the run after the step under way; it can be resumed. */
    public void requestStop() {
        trainer.requestStop();
    }

    /** Trains, and writes model and summary. */
    public TrainingResult run() {
        TrainingResult result = train();
        if (!result.steps().isEmpty()) {
            ModelFiles.write(folder.model(), experiment.model(result.weights()), resumed);
            folder.writeSummary(summary(result));
            folder.writeCertificate(Certificate.of(convergence));
        }
        return result;
    }

    private TrainingResult train() {
        try (bestModel) {
            return resumed ? trainer.resume(experiment.solver(), this::restore) : trainer.run(experiment.solver());
        }
    }

    private void restore(Consumer<StateArchive> content) {
        Checkpoint.restore(folder.lastCheckpoint(), identity(), content);
        for (Map<String, Object> line : folder.readMetrics()) {
            if (line.get("iteration") instanceof Long iteration && iteration <= trainer.iteration()) {
                convergence.add(iteration, report(line));
            }
        }
    }

    /** Makes the folder that of a run which goes on after this iteration with the experiment's settings. */
    private void goOnAfter(long iteration) {
        Map<String, String> before = folder.readConfig();
        Map<String, String> now = experiment.settings().effective();
        BEGINNING.forEach(key -> now.computeIfPresent(key, (name, value) -> before.getOrDefault(name, value)));
        folder.dropMetricsAfter(iteration);
        folder.appendResumption(new Resumption(iteration, before, now,
                Environment.current(experiment.la(), experiment.problem().seed())));
        folder.writeConfig(now);
    }

    /** Of an earlier iteration, what the convergence record needs. */
    private static StepReport report(Map<String, Object> line) {
        return StepReport.objective(number(line, "objective")).primalResidual(number(line, "primalResidual"))
                .squaredStep(number(line, "squaredStep")).phase(String.valueOf(line.get("phase"))).build();
    }

    private static double number(Map<String, Object> line, String field) {
        return line.get(field) instanceof Number number ? number.doubleValue() : Double.NaN;
    }

    private Map<String, String> identity() {
        if (identity == null) {
            identity = Checkpoint.identity(experiment.settings().solver().name(),
                    experiment.settings().solverSettings().asMap(), experiment.dataset().name(), experiment.problem());
        }
        return identity;
    }

    private Summary summary(TrainingResult result) {
        IterationRecord last = result.last();
        PeakMemory peak = PeakMemory.measure();
        Map<String, Object> more = new LinkedHashMap<>();
        more.put("ended", result.reason().label());
        more.put("dataset", experiment.dataset().name());
        more.put("origin", experiment.dataset().origin());
        more.put("network", experiment.problem().network().shape());
        more.put("trainingSamples", experiment.train().size());
        more.put("testSamples", experiment.test().size());
        more.put("testChecksum", experiment.testSamples().checksum());
        more.put("trainLoss", last.train().loss());
        more.put("testLoss", last.test().loss());
        more.put("backendPeakBytes", experiment.la().peakBytes());
        more.put("memoryMeasured", peak.source().label());
        more.put("certificate", Certificate.brief(convergence));
        return new Summary(experiment.settings().solver().name(), experiment.la().name(),
                experiment.la().precision(), last.iteration(), last.seconds(), result.secondsPerIteration(),
                scores(last), last.report().objective(), peak.bytes(), experiment.problem().seed(), more);
    }

    private Scores scores(IterationRecord step) {
        boolean classes = experiment.dataset().train().targets() instanceof Targets.Labels;
        return classes ? new Scores(Scores.Kind.ACCURACY, step.train().accuracy(), step.test().accuracy())
                : new Scores(Scores.Kind.ERROR, step.train().error(), step.test().error());
    }

    private final class Recorder implements TrainingListener {

        @Override
        public void stepped(IterationRecord step) {
            if (!goesOn) {
                goesOn = true;
                goOnAfter(step.iteration() - 1);
            }
            StepReport report = step.report();
            convergence.add(step.iteration(), report);
            Map<String, Object> more = new LinkedHashMap<>();
            more.put("stepSeconds", step.stepSeconds());
            more.put("dualResidual", report.dualResidual());
            more.put("squaredStep", report.squaredStep());
            if (step.train() != Evaluation.NONE) {
                more.put("trainLoss", step.train().loss());
                more.put("testLoss", step.test().loss());
            }
            more.put("terms", report.terms());
            more.put("innerCounts", report.innerCounts());
            more.put("phase", report.phase());
            more.put("phaseSeconds", report.seconds());
            folder.appendMetrics(new Metrics(step.iteration(), step.seconds(), report.objective(),
                    report.primalResidual(), scores(step), more));
            bestModel.writeIfDue();
        }

        @Override
        public void best(IterationRecord step, Weights weights) {
            bestModel.improve(weights);
        }

        @Override
        public void checkpoint(IterationRecord step, Consumer<StateArchive> content) {
            // The checkpoint holds the best score, so that the model of this score must be there when it is resumed.
            bestModel.write();
            Checkpoint.save(folder.lastCheckpoint(), identity(), content);
        }
    }
}

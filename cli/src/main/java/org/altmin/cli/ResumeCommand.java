package org.altmin.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.altmin.core.experiment.ExperimentSettings;
import org.altmin.core.run.Checkpoint;
import org.altmin.core.run.RunFolder;
import org.altmin.linalg.AltminException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code altmin resume}. */
@Command(name = "resume", mixinStandardHelpOptions = true,
        description = "Goes on with a run from its last checkpoint, bit-identically on the same backend.")
final class ResumeCommand implements Callable<Integer> {

    @Parameters(index = "0", paramLabel = "RUN", description = "The run's folder.")
    private Path folder;

    @Parameters(index = "1..*", paramLabel = ConfigArguments.LABEL,
            description = "Changed settings, such as iterations=200, which config.json then has; what the state "
                + "depends on cannot change.")
    private List<String> settings = List.of();

    @Mixin
    private TrainingSession session;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        try (RunFolder run = RunFolder.resume(folder)) {
            if (!Checkpoint.exists(run.lastCheckpoint())) {
                throw new AltminException("The run '" + folder + "' has no checkpoint to go on from; a run that is "
                        + "interrupted leaves one, and checkpoint-every=N leaves one every N iterations.");
            }
            ExperimentSettings experiment = ExperimentSettings.resumed(run.readConfig(),
                    ConfigArguments.read(null, settings));
            return session.train(experiment, () -> run, true, spec.commandLine().getOut());
        }
    }
}

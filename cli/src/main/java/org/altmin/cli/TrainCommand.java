package org.altmin.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.altmin.core.experiment.ExperimentSettings;
import org.altmin.core.experiment.RecordedRun;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code altmin train}. */
@Command(name = "train", mixinStandardHelpOptions = true,
        description = "Trains a network and leaves a run folder; its path is the last line printed.",
        footer = {"", "altmin train dataset=mnist data-dir=DIR hidden=100,100 iterations=10",
            "altmin train dataset=csv file=table.csv label=price",
            "altmin train solver=dladmm updates=exact seed=2",
            "altmin train --config run.yaml seed=2", "",
            "'altmin list settings' shows the keys of every run, 'altmin list solvers adam' and",
            "'altmin list datasets csv' those of one solver or dataset."})
final class TrainCommand implements Callable<Integer> {

    @Option(names = {"-c", "--config"}, paramLabel = "FILE", description = "A YAML or JSON file of keys and values.")
    private Path config;

    @Parameters(paramLabel = ConfigArguments.LABEL, description = "Settings; they win over those of the file.")
    private List<String> settings = List.of();

    @Mixin
    private TrainingSession session;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        Map<String, String> given = ConfigArguments.read(config, settings);
        ExperimentSettings experiment = ExperimentSettings.of(given);
        return session.train(experiment, () -> RecordedRun.newFolder(experiment), false,
                spec.commandLine().getOut());
    }
}

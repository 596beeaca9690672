package org.altmin.cli;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.altmin.core.report.RunReport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code altmin report}. */
@Command(name = "report", mixinStandardHelpOptions = true,
        description = "Writes report.html into a run's folder: one page with plots that loads nothing; training does "
            + "so at its end.")
final class ReportCommand implements Callable<Integer> {

    @Parameters(index = "0", paramLabel = "RUN", description = "The run's folder.")
    private Path folder;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        spec.commandLine().getOut().println(RunReport.write(folder));
        return 0;
    }
}

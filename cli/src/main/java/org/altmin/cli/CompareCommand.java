package org.altmin.cli;

import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.altmin.core.comparison.ComparedSolver;
import org.altmin.core.comparison.Comparison;
import org.altmin.core.comparison.ComparisonFolder;
import org.altmin.core.comparison.ComparisonListener;
import org.altmin.core.comparison.ComparisonRun;
import org.altmin.core.comparison.ComparisonTable;
import org.altmin.core.comparison.RunComparison;
import org.altmin.core.experiment.TrainCommandLine;
import org.altmin.core.report.ComparisonReport;
import org.altmin.core.report.RunReport;
import org.altmin.core.settings.Setting;
import org.altmin.core.settings.Settings;
import org.altmin.linalg.AltminException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code altmin compare}. */
@Command(name = "compare", mixinStandardHelpOptions = true,
        description = "Trains several solvers on one task, or compares runs that took place; leaves a folder with the "
            + "table and the plots, whose path is the last line printed.",
        footer = {"", "altmin compare solvers=dladmm,adam hidden=100 seconds=10 seeds=1,2,3",
            "altmin compare solvers=dladmm,adam iterations=20 adam.rate=0.01",
            "altmin compare runs/dladmm-glyphs-001 runs/adam-glyphs-001", "",
            "SOLVER.KEY=VALUE is for one solver; 'altmin list solvers' and",
            "'altmin list settings' show the keys."})
final class CompareCommand implements Callable<Integer> {

    private static final List<Setting> OF_RUNS = List.of(
            new Setting("name", "", "name of the comparison's folder"),
            new Setting("runs", "runs", "folder of the comparison's folder"));

    @Parameters(paramLabel = ConfigArguments.LABEL + "|RUN",
            description = "solvers=A,B,..., seeds=1,2,... or trials=N, seconds or iterations, settings of every run "
                + "and of single solvers; or the folders of runs.")
    private List<String> arguments = List.of();

    @Option(names = {"-c", "--config"}, paramLabel = "FILE", description = "A YAML or JSON file of keys and values.")
    private Path config;

    @Option(names = {"-q", "--quiet"}, description = "Prints the comparison folder's path only.")
    private boolean quiet;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        List<Path> folders = new ArrayList<>();
        List<String> settings = new ArrayList<>();
        for (String argument : arguments) {
            if (argument.indexOf('=') < 1 || Files.isDirectory(Path.of(argument))) {
                folders.add(Path.of(argument));
            } else {
                settings.add(argument);
            }
        }
        Map<String, String> given = ConfigArguments.read(config, settings);
        return folders.isEmpty() ? train(given) : compare(folders, given);
    }

    private int train(Map<String, String> given) {
        PrintWriter out = spec.commandLine().getOut();
        Comparison comparison = Comparison.of(given);
        ComparisonFolder folder = ComparisonFolder.create(Path.of(comparison.parent()), comparison.name());
        int runs = comparison.solvers().size() * comparison.seeds().size();
        ComparisonListener progress = quiet ? new ComparisonListener() { }
                : new ComparisonProgress(out, Terminal.isOne(), runs);
        Map<String, String> repeatable = new LinkedHashMap<>(given);
        repeatable.remove("runs");
        String command = TrainCommandLine.line("compare", repeatable);
        ComparisonRun run = new ComparisonRun(comparison, folder, command, progress);
        return Interruption.during(run::requestStop, () -> {
            ComparisonTable table = run.run();
            table.rows().forEach(row -> row.runs().forEach(one -> RunReport.write(one.folder())));
            conclude(table, folder, command, out);
            if (run.stopped()) {
                return Interruption.EXIT_CODE;
            }
            if (table.rows().stream().allMatch(ComparedSolver::refused)) {
                throw new AltminException("None of the solvers ran; the table says why: " + folder.path() + ".");
            }
            return 0;
        });
    }

    private int compare(List<Path> folders, Map<String, String> given) {
        if (given.containsKey("solvers")) {
            throw new AltminException("Give either solvers=A,B,... to train or the folders of runs, not both.");
        }
        Settings settings = Settings.of("comparison of runs", OF_RUNS, given);
        ComparisonTable table = RunComparison.of(RunComparison.read(folders));
        String name = settings.text("name").isEmpty() ? "compare-" + table.dataset() : settings.text("name");
        ComparisonFolder folder = ComparisonFolder.create(Path.of(settings.text("runs")), name);
        StringBuilder command = new StringBuilder("altmin compare");
        folders.forEach(path -> command.append(' ').append(TrainCommandLine.quote(path.toString())));
        folder.write(table, command.toString());
        conclude(table, folder, command.toString(), spec.commandLine().getOut());
        return 0;
    }

    private void conclude(ComparisonTable table, ComparisonFolder folder, String command, PrintWriter out) {
        ComparisonReport.write(folder.path(), table, command);
        if (!quiet) {
            out.println();
            out.print(table.text());
            out.println();
            table.notes().forEach(out::println);
        }
        out.println(folder.path());
        out.flush();
    }
}

package org.altmin.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.altmin.cli.reproduce.Cell;
import org.altmin.cli.reproduce.PaperTable;
import org.altmin.cli.reproduce.PaperTables;
import org.altmin.cli.reproduce.Plan;
import org.altmin.cli.reproduce.Reproduction;
import org.altmin.cli.reproduce.ResultFolder;
import org.altmin.core.experiment.TrainCommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code altmin reproduce}. */
@Command(name = "reproduce", mixinStandardHelpOptions = true,
        description = "Runs a table or figure of the papers and writes the paper's values beside altmin's; without a "
            + "table it lists them.",
        footer = {"", "altmin reproduce sigmoid-square",
            "altmin reproduce dladmm-seconds-by-neurons size=full data-dir=DIR",
            "altmin reproduce results data-dir=DIR only=dladmm,adam datasets=mnist",
            "altmin reproduce results resume=runs/reproduce-results-001", "",
            "Besides size, trials, only (rows), columns, datasets and resume, the settings of altmin train go to every "
                + "run that has them."})
final class ReproduceCommand implements Callable<Integer> {

    private static final int SOME_FAILED = 3;
    private static final String RESUME = "resume";

    @Parameters(index = "0", arity = "0..1", paramLabel = "TABLE", description = "Which; see the list.")
    private String table;

    @Parameters(index = "1..*", paramLabel = ConfigArguments.LABEL,
            description = "size=quick or full, data-dir=DIR, settings.")
    private List<String> settings = List.of();

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        if (table == null) {
            PaperTables.all().forEach(each -> print(each, out));
            return 0;
        }
        PaperTable chosen = PaperTables.get(table);
        Map<String, String> given = ConfigArguments.read(null, settings);
        String resumed = given.remove(RESUME);
        Map<String, String> arguments = new LinkedHashMap<>();
        if (resumed != null) {
            arguments.putAll(ResultFolder.resume(Path.of(resumed), table).arguments());
        }
        arguments.putAll(given);
        Plan plan = Plan.of(chosen, arguments);
        plan.checkSettings();
        plan.checkData();
        ResultFolder folder = resumed != null ? ResultFolder.resume(Path.of(resumed), table)
                : ResultFolder.create(Path.of(arguments.getOrDefault("runs", "runs")), table);
        Reproduction reproduction = new Reproduction(plan, folder, new Lines(out));
        if (resumed != null) {
            reproduction.resume();
        }
        return Interruption.during(reproduction::requestStop, () -> run(reproduction, folder, out));
    }

    private int run(Reproduction reproduction, ResultFolder folder, PrintWriter out) {
        boolean complete = reproduction.run();
        out.println();
        out.print(reproduction.markdown());
        if (!complete) {
            out.println("Stopped; go on with: " + Hint.command("reproduce " + table + " "
                    + TrainCommandLine.quote(RESUME + "=" + folder.path())));
        }
        out.println(folder.path());
        out.flush();
        return !complete ? Interruption.EXIT_CODE : reproduction.failures() > 0 ? SOME_FAILED : 0;
    }

    private static void print(PaperTable each, PrintWriter out) {
        out.println(each.name());
        out.println("    " + each.title());
        out.println("    from " + each.source());
        out.println("    quick: " + each.quick().time() + ", full: " + each.full().time()
                + (each.data().isEmpty() ? "; needs no files" : "; needs " + each.data()));
    }

    /** Two lines a cell. */
    private record Lines(PrintWriter out) implements Reproduction.Progress {

        @Override
        public void begun(Cell cell, int position, int count) {
            out.println("[" + position + "/" + count + "] " + cell.name()
                    + (cell.trials() == 1 ? "" : ", " + cell.trials() + " trials"));
            out.flush();
        }

        @Override
        public void ended(Cell cell, String line) {
            out.println("    " + line);
            out.flush();
        }
    }
}

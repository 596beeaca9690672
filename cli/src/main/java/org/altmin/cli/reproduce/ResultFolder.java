package org.altmin.cli.reproduce;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.altmin.core.internal.AtomicFiles;
import org.altmin.core.internal.Json;
import org.altmin.core.internal.JsonView;
import org.altmin.core.run.NumberedFolder;
import org.altmin.core.train.IterationRecord;
import org.altmin.core.train.TrainingResult;
import org.altmin.linalg.AltminException;

/**
 * The folder {@code reproduce-<table>-NNN}: {@code results.md}, {@code results.json}, and {@code curves/<cell>.csv}
 * with a line for each iteration. All are written as a whole after each cell, so that what was run is never lost.
 */
public final class ResultFolder {

    private static final String RESULTS = "results.json";

    private final AtomicFiles files = new AtomicFiles();
    private final Path path;

    private ResultFolder(Path path) {
        this.path = path;
    }

    /** A new one; none that exists is taken. */
    public static ResultFolder create(Path runs, String table) {
        return new ResultFolder(NumberedFolder.create(runs, "reproduce-" + table));
    }

    /** @throws AltminException if the folder is none of a table's, or of another table's */
    public static ResultFolder resume(Path folder, String table) {
        if (!Files.isRegularFile(folder.resolve(RESULTS))) {
            throw new AltminException("'" + folder + "' is not the folder of a reproduced table: it has no " + RESULTS
                    + ".");
        }
        ResultFolder result = new ResultFolder(folder);
        String found = result.read().text("table");
        if (!found.equals(table)) {
            throw new AltminException("'" + folder + "' is of the table '" + found + "', not of '" + table + "'.");
        }
        return result;
    }

    public Path path() {
        return path;
    }

    /** What the user had asked for. */
    public Map<String, String> arguments() {
        return read().object("arguments").texts();
    }

    /** Where its cells ran. */
    Places places() {
        return Places.of(read().object("places"));
    }

    List<Outcome> outcomes() {
        return read().list("cells").stream().map(Outcome::of).toList();
    }

    void write(Plan plan, Places places, Collection<Outcome> outcomes) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("table", plan.table().name());
        json.put("arguments", plan.arguments());
        json.put("places", places.json());
        json.put("cells", outcomes.stream().map(Outcome::json).toList());
        writeFile(RESULTS, Json.document(json));
        writeFile("results.md", new TableWriter(plan, places, outcomes).markdown()
                .getBytes(StandardCharsets.UTF_8));
    }

    /** One line an iteration, of all trials. */
    void writeCurves(Cell cell, List<TrainingResult> trials) {
        StringBuilder lines = new StringBuilder("seed,iteration,seconds,objective,residual,train,test\n");
        for (int trial = 0; trial < trials.size(); trial++) {
            for (IterationRecord step : trials.get(trial).steps()) {
                lines.append(String.format(Locale.ROOT, "%d,%d,%.6g,%.9g,%.6g,%.6g,%.6g\n", trial + 1,
                        step.iteration(), step.seconds(), step.report().objective(), step.report().primalResidual(),
                        Figure.score(step.train()), Figure.score(step.test())));
            }
        }
        writeFile("curves/" + cell.name().replace('/', '-') + ".csv",
                lines.toString().getBytes(StandardCharsets.UTF_8));
    }

    private void writeFile(String name, byte[] bytes) {
        files.writeFile(path.resolve(name), true, AtomicFiles.Content.of(bytes));
    }

    private JsonView read() {
        return Json.read(path.resolve(RESULTS));
    }
}

package org.altmin.cli.reproduce;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.altmin.cli.reproduce.PaperTable.Entry;
import org.altmin.cli.reproduce.PaperTable.Part;
import org.altmin.cli.reproduce.PaperTable.Size;
import org.altmin.core.experiment.ExperimentSettings;
import org.altmin.core.operator.Operators;
import org.altmin.core.settings.Setting;
import org.altmin.linalg.AltminException;
import org.altmin.linalg.spi.NearMiss;

/**
 * The cells of a table that a user asked for.
 *
 * @param arguments as given: {@code size}, {@code trials}, {@code only} (rows), {@code columns}, {@code datasets}, and
 *     settings, each of which goes to all cells that have it
 */
public record Plan(PaperTable table, Map<String, String> arguments, List<Cell> cells) {

    private static final List<String> OWN = List.of("size", "trials", "only", "columns", "datasets", "runs");
    private static final Entry NO_COLUMN = new Entry("", null, null, null, null, null);

    /** @throws AltminException if an argument, a row, a column or a setting is unknown or does not fit */
    public static Plan of(PaperTable table, Map<String, String> arguments) {
        Size size = table.size(arguments.getOrDefault("size", "quick"));
        int trials = trials(arguments, size);
        Predicate<Entry> rows = chosen(arguments, "only", table.rows(), size.rows());
        Predicate<Entry> columns = chosen(arguments, "columns", table.columns(), size.columns());
        List<Cell> cells = new ArrayList<>();
        List<Entry> across = table.columns().isEmpty() ? List.of(NO_COLUMN) : table.columns();
        for (Entry column : across) {
            for (Entry row : table.rows()) {
                if (rows.test(row) && columns.test(column)) {
                    cells.add(cell(table, size, row, column, trials));
                }
            }
        }
        cells = ofDatasets(cells, arguments);
        Map<String, String> settings = new LinkedHashMap<>(arguments);
        settings.keySet().removeAll(OWN);
        for (Map.Entry<String, String> setting : settings.entrySet()) {
            cells = override(cells, setting.getKey(), setting.getValue());
        }
        return new Plan(table, Collections.unmodifiableMap(new LinkedHashMap<>(arguments)), List.copyOf(cells));
    }

    /** The name of the size. */
    public String size() {
        return arguments.getOrDefault("size", "quick");
    }

    /**
     * Finds settings that do not fit before any work.
     *
     * @throws AltminException which
     */
    public void checkSettings() {
        for (Cell cell : cells) {
            ExperimentSettings settings = cell.experiment(1);
            settings.hidden();
            settings.solver().create(settings.solverSettings());
            Operators.activation(settings.general().text("activation"));
        }
        table.figures().forEach(Figure::of);
    }

    /**
     * Finds data that are not there before any work, by reading them.
     *
     * @throws AltminException which
     */
    public void checkData() {
        Set<Map<String, String>> seen = new HashSet<>();
        for (Cell cell : cells) {
            ExperimentSettings settings = cell.experiment(1);
            Map<String, String> key = settings.datasetSettings().asMap();
            key.put("", settings.dataset().name());
            if (seen.add(key)) {
                settings.dataset().read(settings.datasetSettings(), 1);
            }
        }
    }

    private static Cell cell(PaperTable table, Size size, Entry row, Entry column, int trials) {
        Part part = row.in().getOrDefault(column.name(), Part.NONE);
        Map<String, String> settings = new LinkedHashMap<>(table.settings());
        settings.putAll(column.settings());
        settings.putAll(row.settings());
        settings.putAll(part.settings());
        settings.putAll(size.settings());
        for (String place : List.of(column.name(), row.name(), row.name() + "/" + column.name())) {
            settings.putAll(size.in().getOrDefault(place, Map.of()));
        }
        List<String> paper = row.paper();
        if (table.isGrid() && !paper.isEmpty()) {
            paper = List.of(paper.get(table.columns().indexOf(column)));
        }
        String note = Stream.of(column.note(), row.note(), part.note()).filter(text -> !text.isEmpty())
                .collect(Collectors.joining("; "));
        return new Cell(row.name(), column.name(), settings, trials, paper, note);
    }

    private static int trials(Map<String, String> arguments, Size size) {
        String given = arguments.get("trials");
        if (given == null) {
            return size.trials();
        }
        if (!given.matches("[1-9][0-9]{0,5}")) {
            throw new AltminException("trials=" + given + " must be a whole number above 0.");
        }
        return Integer.parseInt(given);
    }

    private static Predicate<Entry> chosen(Map<String, String> arguments, String key, List<Entry> entries,
            List<String> usual) {
        String given = arguments.get(key);
        if (given == null) {
            return entry -> usual.isEmpty() || usual.contains(entry.name());
        }
        List<String> names = entries.stream().map(Entry::name).toList();
        List<String> wanted = Stream.of(given.split(",")).map(String::strip).toList();
        for (String name : wanted) {
            if (!names.contains(name)) {
                throw new AltminException("There is no '" + name + "'" + NearMiss.hint(name, names) + " for " + key
                        + "=...; there are "
                        + (names.isEmpty() ? "none" : String.join(", ", names)) + ".");
            }
        }
        return entry -> wanted.contains(entry.name());
    }

    private static List<Cell> ofDatasets(List<Cell> cells, Map<String, String> arguments) {
        if (!arguments.containsKey("datasets")) {
            return cells;
        }
        List<String> wanted = Stream.of(arguments.get("datasets").split(",")).map(String::strip).toList();
        List<String> there = cells.stream().map(Plan::dataset).distinct().toList();
        Optional<String> unknown = wanted.stream().filter(name -> !there.contains(name)).findFirst();
        if (unknown.isPresent()) {
            throw new AltminException("There is no dataset '" + unknown.get() + "' in this table; it has "
                    + String.join(", ", there) + ".");
        }
        return cells.stream().filter(cell -> wanted.contains(dataset(cell))).toList();
    }

    private static String dataset(Cell cell) {
        return ExperimentSettings.of(cell.settings()).dataset().name();
    }

    private static List<Cell> override(List<Cell> cells, String key, String value) {
        if (key.equals("seed")) {
            throw new AltminException("The trials choose their seeds themselves, from 1 on; give trials=N in place of "
                    + "seed=...");
        }
        List<Cell> result = new ArrayList<>();
        Set<String> known = new LinkedHashSet<>(OWN);
        known.add("resume");
        for (Cell cell : cells) {
            List<String> keys = keys(cell);
            boolean here = keys.contains(key);
            known.addAll(keys);
            Map<String, String> settings = new LinkedHashMap<>(cell.settings());
            if (here) {
                settings.remove(key);
                settings.put(key, value);
            }
            result.add(new Cell(cell.row(), cell.column(), settings, cell.trials(), cell.paper(), cell.note()));
        }
        if (!cells.isEmpty() && !known.contains(key)) {
            throw new AltminException("No run of this table has a setting '" + key + "'" + NearMiss.hint(key, known)
                    + "; besides size, trials, only, columns, datasets, runs and resume there are those that 'altmin "
                    + "list settings', 'altmin list solvers' and 'altmin list datasets' show.");
        }
        return result;
    }

    /** What the run of a cell can be set. */
    private static List<String> keys(Cell cell) {
        ExperimentSettings settings = ExperimentSettings.of(cell.settings());
        return Stream.of(named("", ExperimentSettings.generalSettings()), named("", settings.solver().settings()),
                named("", settings.dataset().settings()), named("solver.", settings.solver().settings()),
                named("dataset.", settings.dataset().settings())).flatMap(s -> s).toList();
    }

    private static Stream<String> named(String prefix, List<Setting> settings) {
        return settings.stream().map(setting -> prefix + setting.name());
    }
}

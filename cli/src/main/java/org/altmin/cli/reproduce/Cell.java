package org.altmin.cli.reproduce;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.altmin.core.experiment.ExperimentSettings;
import org.altmin.core.experiment.TrainCommandLine;

/**
 * One entry of a table, to be run.
 *
 * @param row its name
 * @param column its name; empty in a table without columns
 * @param settings as given to {@code altmin train}
 * @param trials seeds 1 to this
 * @param paper the paper's values, one for each figure of the table; "" for none
 * @param note shown with the result
 */
public record Cell(String row, String column, Map<String, String> settings, int trials, List<String> paper,
        String note) {

    /** Where the user keeps data is of no interest to others. */
    private static final Set<String> PLACES = Set.of("data-dir", "cache-dir");

    /** Row and column in one word. */
    public String name() {
        return column.isEmpty() ? row : row + "/" + column;
    }

    public ExperimentSettings experiment(long seed) {
        Map<String, String> seeded = new LinkedHashMap<>(settings);
        seeded.put("seed", Long.toString(seed));
        return ExperimentSettings.of(seeded);
    }

    /** The command that makes the same run, for the first seed. */
    public String command() {
        Map<String, String> shown = new LinkedHashMap<>();
        settings.forEach((key, value) -> shown.put(key, isPlace(key) ? "DIR" : value));
        shown.putIfAbsent("seed", "1");
        return TrainCommandLine.line("train", shown);
    }

    private static boolean isPlace(String key) {
        return PLACES.contains(key.startsWith("dataset.") ? key.substring("dataset.".length()) : key);
    }
}

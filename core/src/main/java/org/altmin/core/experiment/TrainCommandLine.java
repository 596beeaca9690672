package org.altmin.core.experiment;

import java.io.File;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.altmin.linalg.AltminException;

/** The command that trains with a configuration, shortened by the settings that are defaults anyway. */
public final class TrainCommandLine {

    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_./:=,+@%^-]+");
    private static final Pattern PLAIN_ON_WINDOWS = Pattern.compile("[A-Za-z0-9_./:=+\\\\-]+");

    private TrainCommandLine() {
    }

    /**
     * @param effective as {@link ExperimentSettings#effective()} gives it, or a run's config.json
     * @throws AltminException if the solver or the dataset is not installed
     */
    public static String of(Map<String, String> effective) {
        Map<String, String> chosen = new LinkedHashMap<>();
        chosen.put("solver", effective.getOrDefault("solver", ""));
        chosen.put("dataset", effective.getOrDefault("dataset", ""));
        Map<String, String> defaults = ExperimentSettings.of(chosen).effective();
        String iterations = effective.getOrDefault("iterations", defaults.get("iterations"));
        Map<String, String> given = new LinkedHashMap<>(chosen);
        if (!iterations.equals(defaults.get("iterations"))) {
            // A solver's planned epochs follow the iterations, so they are taken first.
            given.put("iterations", iterations);
            defaults = ExperimentSettings.of(given).effective();
        }
        for (Map.Entry<String, String> entry : effective.entrySet()) {
            if (!entry.getKey().equals("runs") && !entry.getValue().equals(defaults.get(entry.getKey()))) {
                given.put(entry.getKey(), entry.getValue());
            }
        }
        return line("train", given);
    }

    /** {@code altmin COMMAND key=value ...}, quoted for a shell where need be. */
    public static String line(String command, Map<String, String> settings) {
        StringBuilder line = new StringBuilder("altmin ").append(command);
        settings.forEach((key, value) -> line.append(' ').append(quote(key + "=" + value)));
        return line.toString();
    }

    /** A word of a command line, quoted where the shell of this system needs it. */
    public static String quote(String word) {
        return File.separatorChar == '\\' ? quoteOnWindows(word) : quoteForUnix(word);
    }

    private static String quoteForUnix(String word) {
        return PLAIN.matcher(word).matches() ? word : "'" + word.replace("'", "'\\''") + "'";
    }

    /** There single quotes are letters like others, and a backslash is part of a path. */
    static String quoteOnWindows(String word) {
        if (PLAIN_ON_WINDOWS.matcher(word).matches()) {
            return word;
        }
        // Backslashes before a quotation mark would make it a letter, unless they are doubled.
        String escaped = word.replaceAll("(\\\\*)\"", "$1$1\\\\\"").replaceAll("(\\\\+)$", "$1$1");
        return "\"" + escaped + "\"";
    }
}

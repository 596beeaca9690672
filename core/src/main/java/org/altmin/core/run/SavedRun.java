package org.altmin.core.run;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.altmin.core.internal.Json;
import org.altmin.linalg.AltminException;

/**
 * What the folder of a run holds, read without changing it. A run that was killed, or whose files are damaged, is read
 * as far as that is possible; the notices say what is missing.
 *
 * @param config the effective configuration
 * @param environment of env.json; empty if it is missing
 * @param summary of summary.json; empty if the run has not ended
 * @param metrics the lines of metrics.jsonl, with null for numbers that were not finite; damaged lines left out
 * @param resumptions the lines of resumptions.jsonl; empty if the run was never resumed
 * @param certificate the lines of certificate.txt; empty if the run has not ended
 * @param notices what is missing or damaged, a sentence each
 */
public record SavedRun(Path folder, Map<String, String> config, Map<String, Object> environment,
        Map<String, Object> summary, List<Map<String, Object>> metrics, List<Map<String, Object>> resumptions,
        List<String> certificate, List<String> notices) {

    /** @throws AltminException if it is not the folder of a run, or cannot be read */
    public static SavedRun read(Path folder) {
        if (!Files.exists(folder)) {
            throw new AltminException("There is no folder '" + folder + "'.");
        } else if (!Files.isRegularFile(folder.resolve(RunFolder.CONFIG))) {
            throw new AltminException("'" + folder + "' is not the folder of a run: it has no " + RunFolder.CONFIG
                    + ".");
        }
        List<String> notices = new ArrayList<>();
        Map<String, String> config = new LinkedHashMap<>();
        JsonLines.object(Json.read(folder.resolve(RunFolder.CONFIG)).plain())
                .forEach((key, value) -> config.put(key, String.valueOf(value)));
        Map<String, Object> summary = document(folder, RunFolder.SUMMARY,
                "The run did not end by itself, or is still under way: it has no " + RunFolder.SUMMARY + ".", notices);
        Map<String, Object> environment = document(folder, RunFolder.ENVIRONMENT,
                "The run's environment is not known: it has no " + RunFolder.ENVIRONMENT + ".", notices);
        if (!Files.exists(folder.resolve(RunFolder.METRICS))) {
            notices.add("There are no figures of the iterations: " + RunFolder.METRICS + " is missing.");
        }
        List<Map<String, Object>> metrics = objects(folder.resolve(RunFolder.METRICS), notices);
        List<Map<String, Object>> resumptions = objects(folder.resolve(RunFolder.RESUMPTIONS), notices);
        Path certificate = folder.resolve(RunFolder.CERTIFICATE);
        return new SavedRun(folder, config, environment, summary, metrics, resumptions,
                Files.isRegularFile(certificate) ? JsonLines.lines(certificate) : List.of(), List.copyOf(notices));
    }

    /** A general setting's value, or of another key as config.json names it; empty if there is none. */
    public String setting(String key) {
        return config.getOrDefault(key, "");
    }

    /** Whether scores are accuracies of classes, or errors of real values. */
    public Scores.Kind kind() {
        boolean accuracy = summary.containsKey(Scores.Kind.ACCURACY.testField())
                || metrics.stream().anyMatch(line -> line.containsKey(Scores.Kind.ACCURACY.testField()));
        return accuracy ? Scores.Kind.ACCURACY : Scores.Kind.ERROR;
    }

    /** A number of the summary, or NaN. */
    public double summaryNumber(String field) {
        return number(summary, field);
    }

    /** A number of every line of the metrics, NaN where it is missing. */
    public double[] series(String field) {
        return metrics.stream().mapToDouble(line -> number(line, field)).toArray();
    }

    /** A member of the lines' member, such as a term of the objective; NaN where it is missing. */
    public double[] series(String member, String field) {
        return metrics.stream().mapToDouble(line -> line.get(member) instanceof Map<?, ?> map
                ? number(map, field) : Double.NaN).toArray();
    }

    private static double number(Map<?, ?> map, String field) {
        return map.get(field) instanceof Number number ? number.doubleValue() : Double.NaN;
    }

    private static Map<String, Object> document(Path folder, String name, String missing, List<String> notices) {
        Path file = folder.resolve(name);
        if (!Files.exists(file)) {
            notices.add(missing);
            return Map.of();
        }
        try {
            return JsonLines.object(Json.read(file).plain());
        } catch (AltminException e) {
            notices.add(e.getMessage());
            return Map.of();
        }
    }

    /** The lines of a file, of which there are none if it is missing. */
    private static List<Map<String, Object>> objects(Path file, List<String> notices) {
        if (!Files.exists(file)) {
            return List.of();
        }
        JsonLines lines = JsonLines.read(file);
        int damaged = lines.damaged().size();
        if (damaged > 0) {
            int first = lines.damaged().get(0);
            notices.add(file.getFileName() + " is damaged: " + (damaged == 1
                    ? "line " + first + " of " + lines.count() + " cannot be read and is left out."
                    : damaged + " of its " + lines.count() + " lines, the first of them line " + first
                            + ", cannot be read and are left out."));
        }
        return lines.objects();
    }
}

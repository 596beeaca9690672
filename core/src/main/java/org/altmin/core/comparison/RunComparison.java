package org.altmin.core.comparison;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.altmin.core.internal.AtomicFiles;
import org.altmin.core.run.SavedRun;
import org.altmin.core.run.Scores;
import org.altmin.linalg.AltminException;

/**
 * Compares runs that took place before. Runs that differ by nothing but the seed make one row of the table; rows of one
 * solver are told apart by the settings in which they differ.
 */
public final class RunComparison {

    private static final String SEED = "seed";
    private static final Set<String> WITHOUT_EFFECT = Set.of(SEED, "name", "runs", "checkpoint-every", "threads");
    private static final List<String> TASK = List.of("hidden", "activation", "skip", "bias", "samples", "backend");

    private RunComparison() {
    }

    /**
     * Reads runs' folders; a comparison's folder stands for the runs in it.
     *
     * @throws AltminException if one is neither
     */
    public static List<SavedRun> read(List<Path> folders) {
        Set<Path> all = new LinkedHashSet<>();
        for (Path folder : folders) {
            List<Path> inside = ComparisonFolder.is(folder) ? runsIn(folder) : List.of(folder);
            for (Path run : inside) {
                if (!all.add(run.normalize())) {
                    throw new AltminException("The run '" + run + "' is given twice.");
                }
            }
        }
        return all.stream().map(SavedRun::read).toList();
    }

    /** @throws AltminException if the runs are on other data or have other metrics: which */
    public static ComparisonTable of(List<SavedRun> runs) {
        SavedRun first = runs.get(0);
        runs.forEach(run -> requireComparable(first, run));
        requireSameData(runs);
        Map<Map<String, String>, List<ComparedRun>> groups = new LinkedHashMap<>();
        for (SavedRun run : runs) {
            Map<String, String> key = new TreeMap<>(run.config());
            key.keySet().removeAll(WITHOUT_EFFECT);
            groups.computeIfAbsent(key, none -> new ArrayList<>()).add(ComparedRun.of(run));
        }
        List<ComparedSolver> rows = new ArrayList<>();
        groups.forEach((config, its) -> rows.add(new ComparedSolver(label(config, groups.keySet()), its, List.of())));
        return new ComparisonTable(first.setting("dataset"), first.kind(), rows, remarks(runs));
    }

    private static void requireComparable(SavedRun first, SavedRun other) {
        requireSame(first, other, "the dataset", first.setting("dataset"), other.setting("dataset"));
        requireSame(first, other, "the metric", metric(first), metric(other));
        requireSame(first, other, "the number of held-out samples", first.setting("validation"),
                other.setting("validation"));
    }

    /** Runs with one seed have one test part; generated data of other seeds differ, which is what seeds are for. */
    private static void requireSameData(List<SavedRun> runs) {
        Map<String, SavedRun> bySeed = new LinkedHashMap<>();
        for (SavedRun run : runs) {
            SavedRun before = bySeed.putIfAbsent(run.setting(SEED), run);
            Object one = before == null ? null : before.summary().get("testChecksum");
            Object two = run.summary().get("testChecksum");
            if (one != null && two != null) {
                requireSame(before, run, "the checksum of the test samples", one.toString(), two.toString());
            }
        }
    }

    private static void requireSame(SavedRun first, SavedRun other, String what, String one, String two) {
        if (!one.equals(two)) {
            throw new AltminException("The runs '" + first.folder() + "' and '" + other.folder()
                    + "' cannot be compared: " + what + " is " + one + " there and " + two + " here.");
        }
    }

    private static String metric(SavedRun run) {
        return run.kind() == Scores.Kind.ACCURACY ? "accuracy" : "mean squared error";
    }

    private static String label(Map<String, String> config, Set<Map<String, String>> all) {
        String solver = config.getOrDefault("solver", "");
        Set<String> differing = new TreeSet<>();
        for (Map<String, String> other : all) {
            if (solver.equals(other.get("solver"))) {
                config.forEach((key, value) -> {
                    if (!value.equals(other.get(key))) {
                        differing.add(key);
                    }
                });
            }
        }
        return solver + (differing.isEmpty() ? "" : differing.stream()
                .map(key -> key.replaceFirst("^solver\\.", "") + "=" + config.get(key))
                .collect(Collectors.joining(" ", " (", ")")));
    }

    private static List<String> remarks(List<SavedRun> runs) {
        Set<String> keys = new LinkedHashSet<>(TASK);
        runs.forEach(run -> run.config().keySet().stream().filter(key -> key.startsWith("dataset."))
                .forEach(keys::add));
        List<String> remarks = new ArrayList<>();
        for (String key : keys) {
            Set<String> values = runs.stream().map(run -> run.setting(key)).collect(Collectors.toCollection(
                    LinkedHashSet::new));
            if (values.size() > 1) {
                remarks.add("Not the same in all runs: " + key + " is " + String.join(" or ", values) + ".");
            }
        }
        for (SavedRun run : runs) {
            run.notices().forEach(notice -> remarks.add(run.folder() + ": " + notice));
        }
        return remarks;
    }

    private static List<Path> runsIn(Path comparison) {
        try (Stream<Path> entries = Files.list(comparison)) {
            List<Path> runs = entries.filter(entry -> Files.isRegularFile(entry.resolve("config.json"))).sorted()
                    .toList();
            if (runs.isEmpty()) {
                throw new AltminException("The comparison '" + comparison + "' holds no runs; give those that it "
                        + "compares.");
            }
            return runs;
        } catch (IOException e) {
            throw AtomicFiles.unreadable(comparison, e);
        }
    }
}

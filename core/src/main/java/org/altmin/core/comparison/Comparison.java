package org.altmin.core.comparison;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.altmin.core.data.DatasetReader;
import org.altmin.core.data.Datasets;
import org.altmin.core.experiment.ExperimentSettings;
import org.altmin.core.settings.Setting;
import org.altmin.core.settings.Settings;
import org.altmin.core.solver.SolverFactory;
import org.altmin.core.solver.Solvers;
import org.altmin.linalg.AltminException;
import org.altmin.linalg.spi.NearMiss;

/**
 * Which solvers are to be compared on which task: every solver with every seed, on the same network and data, whatever
 * network a solver suggests for itself. How a solver trains (its own settings, initialisation, precision, smoothing,
 * number of iterations) is its own, by default as it suggests.
 *
 * @param solvers their names, in the order of the table
 * @param seeds a run each
 * @param shared settings of all runs, as given and completed
 * @param own further settings of each solver
 */
public record Comparison(List<String> solvers, List<Long> seeds, Map<String, String> shared,
        Map<String, Map<String, String>> own) {

    private static final String SOLVERS = "solvers";
    private static final String SEEDS = "seeds";
    private static final String TRIALS = "trials";
    private static final String SEED = "seed";
    private static final String SOLVER = "solver";
    private static final String DATASET = "dataset";
    private static final String ITERATIONS = "iterations";
    private static final int MOST_TRIALS = 1000;

    /** General settings that make the network, which solvers may suggest otherwise. */
    private static final List<String> NETWORK = List.of("hidden", "activation", "skip", "bias");

    /** General settings that cannot differ from solver to solver. */
    private static final Set<String> SAME = Set.of(SOLVER, DATASET, "hidden", "activation", "skip", "bias", "samples",
            "validation", "seconds", SEED, "name", "runs", "backend", "threads");

    public Comparison {
        solvers = List.copyOf(solvers);
        seeds = List.copyOf(seeds);
    }

    /**
     * Reads {@code solvers=A,B,...}, {@code seeds=1,2,...} or {@code trials=N}, settings of all runs, and
     * {@code SOLVER.KEY=VALUE} for one solver.
     *
     * @throws AltminException if a name or key is unknown, or a setting must be the same for all
     */
    public static Comparison of(Map<String, String> given) {
        List<String> solvers = solvers(given);
        DatasetReader dataset = Datasets.installed()
                .get(given.getOrDefault(DATASET, defaultOf(DATASET)));
        Map<String, String> shared = new LinkedHashMap<>();
        Map<String, Map<String, String>> own = new LinkedHashMap<>();
        solvers.forEach(solver -> own.put(solver, new LinkedHashMap<>()));
        shared.put(DATASET, dataset.name());
        NETWORK.forEach(key -> shared.put(key, defaultOf(key)));
        dataset.settings().forEach(setting -> shared.put(DATASET + "." + setting.name(), setting.defaultValue()));
        for (Map.Entry<String, String> entry : given.entrySet()) {
            String key = entry.getKey();
            if (Set.of(SOLVERS, SEEDS, TRIALS, SEED, DATASET).contains(key)) {
                continue;
            }
            String prefix = key.substring(0, Math.max(0, key.indexOf('.')));
            if (isSolver(prefix)) {
                putOwn(solvers, own, prefix, key.substring(prefix.length() + 1), entry.getValue());
            } else if (prefix.equals(SOLVER) || key.equals(SOLVER)) {
                throw new AltminException("'" + key + "' does not say which solver of the comparison it is for; write "
                        + "solvers=" + String.join(",", solvers) + " and, for instance, " + solvers.get(0)
                        + ".KEY=VALUE.");
            } else {
                shared.put(sharedKey(key, solvers, dataset), entry.getValue());
            }
        }
        Comparison comparison = new Comparison(solvers, seeds(given), shared, own);
        solvers.forEach(comparison::requireValues);
        return comparison;
    }

    /**
     * Of one run. Where the seconds are bounded and the iterations are not given, the seconds alone end it, and with it
     * its solver's schedule: see {@link org.altmin.core.solver.SolverState#limit}.
     */
    public ExperimentSettings settings(String solver, long seed) {
        ExperimentSettings settings = settings(solver, seed, Map.of());
        boolean given = shared.containsKey(ITERATIONS) || own.get(solver).containsKey(ITERATIONS);
        boolean bounded = Double.isFinite(settings.plan().seconds());
        return given || !bounded ? settings
                : settings(solver, seed, Map.of(ITERATIONS, Integer.toString(Integer.MAX_VALUE)));
    }

    /** The folder's name: as given, or after the dataset. */
    public String name() {
        return shared.getOrDefault("name", "").isEmpty() ? "compare-" + shared.get(DATASET) : shared.get("name");
    }

    /** Where the comparison's folder goes. */
    public String parent() {
        return shared.getOrDefault("runs", defaultOf("runs"));
    }

    /** Seconds of training that every run may take; +∞ for no bound. */
    public double seconds() {
        return settings(solvers.get(0), seeds.get(0)).plan().seconds();
    }

    private ExperimentSettings settings(String solver, long seed, Map<String, String> more) {
        Map<String, String> settings = new LinkedHashMap<>(shared);
        settings.remove("name");
        settings.put(SOLVER, solver);
        settings.put(SEED, Long.toString(seed));
        settings.putAll(more);
        settings.putAll(own.get(solver));
        return ExperimentSettings.of(settings);
    }

    /** Values that are wrong end the comparison before it has begun. */
    private void requireValues(String solver) {
        ExperimentSettings settings = settings(solver, seeds.get(0));
        settings.plan();
        settings.hidden();
        settings.solver().create(settings.solverSettings());
    }

    private static List<String> solvers(Map<String, String> given) {
        String text = given.getOrDefault(SOLVERS, "").strip();
        if (text.isEmpty()) {
            throw new AltminException("A comparison needs " + SOLVERS + "=A,B,... or the folders of runs; the solvers "
                    + "are " + Solvers.installed().all().stream().map(SolverFactory::name)
                            .collect(Collectors.joining(", ")) + ".");
        }
        List<String> solvers = new ArrayList<>();
        for (String part : text.split(",", -1)) {
            String name = Solvers.installed().get(part.strip()).name();
            if (solvers.contains(name)) {
                throw new AltminException("The solver '" + name + "' is named twice in " + SOLVERS + "; to compare two "
                        + "configurations of one solver, train both and give compare their run folders.");
            }
            solvers.add(name);
        }
        return solvers;
    }

    private static List<Long> seeds(Map<String, String> given) {
        List<String> ways = List.of(SEEDS, TRIALS, SEED).stream().filter(given::containsKey).toList();
        if (ways.size() > 1) {
            throw new AltminException("Give only one of " + String.join(" and ", ways) + ".");
        } else if (ways.isEmpty()) {
            return List.of(1L);
        }
        String way = ways.get(0);
        Settings settings = Settings.of("comparison", List.of(new Setting(way, "", "")), Map.of(way, given.get(way)));
        if (way.equals(TRIALS)) {
            return LongStream.rangeClosed(1, settings.integer(TRIALS, 1, MOST_TRIALS)).boxed().toList();
        }
        Set<Long> seeds = new LinkedHashSet<>();
        for (String part : settings.text(way).split(",", -1)) {
            try {
                if (!seeds.add(Long.parseLong(part.strip()))) {
                    throw settings.invalid(way, "different whole numbers");
                }
            } catch (NumberFormatException e) {
                throw settings.invalid(way, "whole numbers, separated by commas");
            }
        }
        return List.copyOf(seeds);
    }

    private static void putOwn(List<String> solvers, Map<String, Map<String, String>> own, String solver, String key,
            String value) {
        if (!solvers.contains(solver)) {
            throw new AltminException("'" + solver + "." + key + "' is for the solver '" + solver + "', which is not "
                    + "in " + SOLVERS + "=" + String.join(",", solvers) + ".");
        }
        SolverFactory factory = Solvers.installed().get(solver);
        if (has(factory.settings(), key)) {
            own.get(solver).put(SOLVER + "." + key, value);
        } else if (SAME.contains(key) || key.startsWith(DATASET + ".")) {
            throw new AltminException("'" + key + "' must be the same for all solvers of a comparison; write " + key
                    + "=" + value + " instead of " + solver + "." + key + "=" + value + ".");
        } else if (has(ExperimentSettings.generalSettings(), key)) {
            own.get(solver).put(key, value);
        } else {
            throw new AltminException("The solver '" + solver + "' has no setting '" + key + "'"
                    + NearMiss.hint(key, factory.settings().stream().map(Setting::name).toList())
                    + "; 'altmin list solvers " + solver + "' shows those it has.");
        }
    }

    private static String sharedKey(String key, List<String> solvers, DatasetReader dataset) {
        if (has(ExperimentSettings.generalSettings(), key)) {
            return key;
        }
        String own = key.startsWith(DATASET + ".") ? key.substring(DATASET.length() + 1) : key;
        if (has(dataset.settings(), own)) {
            return DATASET + "." + own;
        }
        List<String> owners = solvers.stream().filter(solver -> has(Solvers.installed().get(solver).settings(), key))
                .toList();
        if (!owners.isEmpty()) {
            throw new AltminException("'" + key + "' is a setting of " + String.join(" and ", owners) + "; write "
                    + owners.stream().map(solver -> solver + "." + key + "=...").collect(Collectors.joining(" "))
                    + ".");
        }
        throw new AltminException("There is no setting '" + key + "' of a comparison"
                + NearMiss.hint(key, Stream.concat(Stream.of(SOLVERS, SEEDS, TRIALS),
                        Stream.of(ExperimentSettings.generalSettings(), dataset.settings()).flatMap(List::stream)
                                .map(Setting::name)).toList())
                + "; it has " + SOLVERS + ", " + SEEDS + ", " + TRIALS + ", SOLVER.KEY for a solver's own, and what "
                + "'altmin list settings' and 'altmin list datasets " + dataset.name() + "' show.");
    }

    private static boolean isSolver(String name) {
        return Solvers.installed().all().stream().anyMatch(solver -> solver.name().equals(name));
    }

    private static boolean has(List<Setting> settings, String key) {
        return settings.stream().anyMatch(setting -> setting.name().equals(key));
    }

    private static String defaultOf(String key) {
        return ExperimentSettings.generalSettings().stream().filter(setting -> setting.name().equals(key))
                .map(Setting::defaultValue).findFirst().orElseThrow();
    }
}

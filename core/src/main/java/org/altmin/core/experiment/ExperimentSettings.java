package org.altmin.core.experiment;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.altmin.core.data.DatasetReader;
import org.altmin.core.data.Datasets;
import org.altmin.core.settings.Setting;
import org.altmin.core.settings.Settings;
import org.altmin.core.solver.SolverFactory;
import org.altmin.core.solver.Solvers;
import org.altmin.core.train.TrainingPlan;
import org.altmin.linalg.AltminException;
import org.altmin.linalg.Backends;
import org.altmin.linalg.spi.NearMiss;

/**
 * The complete configuration of a run: the general settings, and those of the chosen solver and dataset, all with
 * their values. A given key goes to whichever of the three has it; {@code solver.KEY} and {@code dataset.KEY} say
 * which. Defaults that suit a solver come from {@link SolverFactory#suggestions()}.
 */
public final class ExperimentSettings {

    private static final String SOLVER_PREFIX = "solver.";
    private static final String DATASET_PREFIX = "dataset.";
    private static final String DEFAULT_SOLVER = "online-altmin";
    private static final String DEFAULT_DATASET = "glyphs";

    private static final List<Setting> GENERAL = List.of(
            new Setting("name", "", "name of the run's folder; by default solver and dataset"),
            new Setting("solver", DEFAULT_SOLVER, "the algorithm; see altmin list"),
            new Setting("dataset", DEFAULT_DATASET, "the data; see altmin list"),
            new Setting("hidden", "100,100", "neurons of the hidden layers, separated by commas; empty for none"),
            new Setting("activation", "relu", "of the hidden layers, such as relu or leaky-relu(slope=0.1)"),
            new Setting("skip", "false", "whether hidden layers add their input to their output"),
            new Setting("bias", "true", "whether layers have a bias"),
            new Setting("loss", "auto", "auto takes cross-entropy for classes and squared for real values"),
            new Setting("regularizer", "none", "on the weights, such as l2(strength=0.001)"),
            new Setting("state-penalty", "none", "on the hidden layers' activations, for solvers that have it"),
            new Setting("smoothing", "0", "label smoothing of class targets, from 0 to below 1; real values have none"),
            new Setting("init", "msra", "scheme of the initial weights, or a .safetensors file with W1, b1, ..."),
            new Setting("init-scale", "1", "factor on the scheme; the standard deviation of gaussian; 0 for what "
                    + "suits the solver"),
            new Setting("init-bias", "0", "all initial biases; random draws them as N(0, init-scale²)"),
            new Setting("samples", "0", "training samples to use, from the first; 0 for all"),
            new Setting("validation", "0", "training samples held out, from the last, and reported in place of the "
                    + "test part; 0 for none"),
            new Setting("iterations", "100", "steps of the solver"),
            new Setting("seconds", "Infinity", "most seconds of training; steps that fall over the iterations fall "
                    + "with the seconds where these end first"),
            new Setting("target-accuracy", "2", "test accuracy that ends the run; above 1 for none"),
            new Setting("evaluate-every", "1", "steps between evaluations; 0 for the last step only"),
            new Setting("checkpoint-every", "0", "steps between checkpoints; 0 for none but when interrupted"),
            new Setting("backend", Backends.AUTO, "the linear algebra, such as openblas or cuda(tf32=on); see altmin "
                    + "doctor"),
            new Setting("precision", "float32", "float32 or float64"),
            new Setting("threads", "0", "CPU threads; 0 for all processors"),
            new Setting("seed", "1", "of everything random"),
            new Setting("runs", "runs", "folder of the run folders"));

    private final Settings general;
    private final SolverFactory solver;
    private final Settings solverSettings;
    private final DatasetReader dataset;
    private final Settings datasetSettings;

    private ExperimentSettings(Settings general, SolverFactory solver, Settings solverSettings, DatasetReader dataset,
            Settings datasetSettings) {
        this.general = general;
        this.solver = solver;
        this.solverSettings = solverSettings;
        this.dataset = dataset;
        this.datasetSettings = datasetSettings;
    }

    /**
     * @throws AltminException if a key or name is unknown: with what there is
     */
    public static ExperimentSettings of(Map<String, String> given) {
        return of(given, Datasets.installed().get(given.getOrDefault("dataset", DEFAULT_DATASET)));
    }

    /**
     * With a dataset that need not be installed, such as {@link DatasetReader#of(org.altmin.core.data.Dataset)}.
     *
     * @throws AltminException if a key or name is unknown: with what there is
     */
    public static ExperimentSettings of(Map<String, String> given, DatasetReader dataset) {
        if (!given.getOrDefault("dataset", dataset.name()).equals(dataset.name())) {
            throw new AltminException("The settings say dataset=" + given.get("dataset")
                    + ", but the dataset given is '" + dataset.name() + "'; leave the setting out.");
        }
        SolverFactory solver = Solvers.installed().get(given.getOrDefault("solver", DEFAULT_SOLVER));
        Map<String, String> general = new LinkedHashMap<>();
        Map<String, String> solverValues = new LinkedHashMap<>();
        Map<String, String> datasetValues = new LinkedHashMap<>();
        solver.suggestions().forEach((key, value) -> (has(GENERAL, key) ? general : datasetValues).put(key, value));
        for (Map.Entry<String, String> entry : given.entrySet()) {
            String key = entry.getKey();
            if (key.startsWith(SOLVER_PREFIX)) {
                solverValues.put(key.substring(SOLVER_PREFIX.length()), entry.getValue());
            } else if (key.startsWith(DATASET_PREFIX)) {
                datasetValues.put(key.substring(DATASET_PREFIX.length()), entry.getValue());
            } else {
                ownerOf(key, solver, dataset, general, solverValues, datasetValues).put(key, entry.getValue());
            }
        }
        general.put("dataset", dataset.name());
        Settings run = Settings.of("run", GENERAL, general);
        if (has(solver.settings(), SolverFactory.EPOCHS)) {
            int iterations = run.integer("iterations", 1, Integer.MAX_VALUE);
            solverValues.putIfAbsent(SolverFactory.EPOCHS, Integer.toString(iterations));
        }
        return new ExperimentSettings(run, solver,
                Settings.of("solver '" + solver.name() + "'", solver.settings(), solverValues), dataset,
                Settings.of("dataset '" + dataset.name() + "'", dataset.settings(), datasetValues));
    }

    /**
     * The settings with which a run goes on. Epochs that were planned as many as the iterations still are.
     *
     * @param before those of the run so far, as {@link #effective()} gives them
     * @param changes to them
     * @throws AltminException if a key or name is unknown: with what there is
     */
    public static ExperimentSettings resumed(Map<String, String> before, Map<String, String> changes) {
        Map<String, String> given = new LinkedHashMap<>(before);
        String epochs = SOLVER_PREFIX + SolverFactory.EPOCHS;
        if (changes.containsKey("iterations") && before.getOrDefault(epochs, "").equals(before.get("iterations"))) {
            given.remove(epochs);
        }
        given.putAll(changes);
        return of(given);
    }

    private static Map<String, String> ownerOf(String key, SolverFactory solver, DatasetReader dataset,
            Map<String, String> general, Map<String, String> solverValues, Map<String, String> datasetValues) {
        boolean ofSolver = has(solver.settings(), key);
        boolean ofDataset = has(dataset.settings(), key);
        if (has(GENERAL, key)) {
            return general;
        } else if (ofSolver && ofDataset) {
            throw new AltminException("Both the solver '" + solver.name() + "' and the dataset '" + dataset.name()
                    + "' have a setting '" + key + "'; write " + SOLVER_PREFIX + key + " or " + DATASET_PREFIX + key
                    + ".");
        } else if (ofSolver) {
            return solverValues;
        } else if (ofDataset) {
            return datasetValues;
        }
        throw new AltminException("There is no setting '" + key + "'" + meant(key, solver, dataset)
                + "; 'altmin list settings' shows those of every run, 'altmin list solvers " + solver.name() + "' and '"
                + "altmin list datasets " + dataset.name() + "' the others.");
    }

    /** Whose the key is that neither the run nor its solver or dataset has, or what it may have been meant to be. */
    private static String meant(String key, SolverFactory solver, DatasetReader dataset) {
        String owners = Stream.concat(
                Solvers.installed().all().stream().filter(other -> has(other.settings(), key))
                        .map(other -> "solver=" + other.name()),
                Datasets.installed().all().stream().filter(other -> has(other.settings(), key))
                        .map(other -> "dataset=" + other.name())).collect(Collectors.joining(", "));
        if (!owners.isEmpty()) {
            return " for solver=" + solver.name() + " and dataset=" + dataset.name() + ", but for " + owners;
        }
        return NearMiss.hint(key, Stream.of(GENERAL, solver.settings(), dataset.settings()).flatMap(List::stream)
                .map(Setting::name).toList());
    }

    /** The settings that every run has. */
    public static List<Setting> generalSettings() {
        return GENERAL;
    }

    public Settings general() {
        return general;
    }

    public SolverFactory solver() {
        return solver;
    }

    public Settings solverSettings() {
        return solverSettings;
    }

    public DatasetReader dataset() {
        return dataset;
    }

    public Settings datasetSettings() {
        return datasetSettings;
    }

    /** Everything, in a form that {@link #of} reads again. */
    public Map<String, String> effective() {
        Map<String, String> result = new LinkedHashMap<>(general.asMap());
        solverSettings.asMap().forEach((key, value) -> result.put(SOLVER_PREFIX + key, value));
        datasetSettings.asMap().forEach((key, value) -> result.put(DATASET_PREFIX + key, value));
        return result;
    }

    /**
     * When the run evaluates, saves and ends.
     *
     * @throws AltminException if a value does not fit
     */
    public TrainingPlan plan() {
        if (!(general.number("seconds") > 0)) {
            throw general.invalid("seconds", "a number above 0");
        }
        return new TrainingPlan(general.integer("iterations", 1, Integer.MAX_VALUE), general.number("seconds"),
                general.number("target-accuracy"), general.integer("evaluate-every", 0, Integer.MAX_VALUE),
                general.integer("checkpoint-every", 0, Integer.MAX_VALUE));
    }

    /** The widths of the hidden layers. */
    public int[] hidden() {
        String text = general.text("hidden").strip();
        if (text.isEmpty()) {
            return new int[0];
        }
        List<Integer> widths = new ArrayList<>();
        for (String part : text.split(",", -1)) {
            try {
                int width = Integer.parseInt(part.strip());
                if (width < 1) {
                    throw general.invalid("hidden", "whole numbers above 0, separated by commas");
                }
                widths.add(width);
            } catch (NumberFormatException e) {
                throw general.invalid("hidden", "whole numbers above 0, separated by commas");
            }
        }
        return widths.stream().mapToInt(Integer::intValue).toArray();
    }

    private static boolean has(List<Setting> settings, String key) {
        return settings.stream().anyMatch(setting -> setting.name().equals(key));
    }
}

package org.altmin.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.altmin.core.data.Dataset;
import org.altmin.core.data.DatasetReader;
import org.altmin.core.data.Samples;
import org.altmin.core.data.Targets;
import org.altmin.core.experiment.ExperimentSettings;
import org.altmin.core.model.Model;
import org.altmin.core.model.Outputs;
import org.altmin.core.network.Weights;
import org.altmin.core.operator.Loss;
import org.altmin.core.operator.Operators;
import org.altmin.core.settings.Settings;
import org.altmin.core.settings.Specification;
import org.altmin.core.train.Evaluation;
import org.altmin.core.train.Evaluator;
import org.altmin.core.train.LoadedSamples;
import org.altmin.linalg.AltminException;
import org.altmin.linalg.Backends;
import org.altmin.linalg.LinearAlgebra;
import org.altmin.linalg.LinearAlgebraOptions;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code altmin evaluate}. */
@Command(name = "evaluate", mixinStandardHelpOptions = true,
        description = "Evaluates a saved model on the data of its run, or on other data.",
        footer = {"", "altmin evaluate runs/online-altmin-glyphs-001",
            "altmin evaluate runs/online-altmin-glyphs-001 dataset=mnist data-dir=DIR",
            "altmin evaluate runs/online-altmin-csv-001 test-file=new.csv"})
final class EvaluateCommand implements Callable<Integer> {

    private static final List<String> DATA_KEYS = List.of("dataset", "seed", "backend", "threads");

    @Parameters(index = "0", paramLabel = "RUN|MODEL", description = "The folder of a run or of a model.")
    private Path path;

    @Parameters(index = "1..*", paramLabel = ConfigArguments.LABEL,
            description = "dataset, its settings, backend, threads.")
    private List<String> settings = List.of();

    @Option(names = "--json", description = "Prints one JSON object.")
    private boolean json;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        Model model = SavedModel.read(path);
        Map<String, String> changed = ConfigArguments.read(null, settings);
        ExperimentSettings experiment = ExperimentSettings.of(given(changed));
        changed.keySet().forEach(key -> requireKey(key, experiment.dataset()));
        Settings general = experiment.general();
        long seed = Long.parseLong(general.text("seed"));
        Dataset dataset = experiment.dataset().read(experiment.datasetSettings(), seed);
        requireFit(model, dataset);
        int threads = general.integer("threads", 0, 4096);
        Specification backend = Specification.parse(general.text("backend"));
        LinearAlgebraOptions options = new LinearAlgebraOptions(model.precision(), threads, backend.settings());
        try (LinearAlgebra la = Backends.open(backend.name(), options)) {
            Weights weights = model.load(la);
            Evaluation train = evaluate(la, weights, model, dataset.train());
            Evaluation test = evaluate(la, weights, model, dataset.test());
            print(spec.commandLine().getOut(), dataset, train, test);
        }
        return 0;
    }

    /** The data settings of the run, and over them those given here. */
    private Map<String, String> given(Map<String, String> changed) {
        Map<String, String> result = new LinkedHashMap<>();
        if (SavedModel.isRun(path)) {
            boolean sameDataset = !changed.containsKey("dataset");
            ConfigArguments.read(path.resolve("config.json"), List.of()).forEach((key, value) -> {
                if (DATA_KEYS.contains(key) || sameDataset && key.startsWith("dataset.")) {
                    result.put(key, value);
                }
            });
        }
        result.putAll(changed);
        return result;
    }

    private static void requireKey(String key, DatasetReader dataset) {
        if (!DATA_KEYS.contains(key) && !key.startsWith("dataset.")
                && dataset.settings().stream().noneMatch(setting -> setting.name().equals(key))) {
            throw new AltminException("The setting '" + key + "' has no effect on an evaluation; it takes "
                    + String.join(", ", DATA_KEYS) + " and the settings of the dataset '" + dataset.name() + "'.");
        }
    }

    private void requireFit(Model model, Dataset dataset) {
        int features = dataset.test().features().features();
        int outputs = dataset.test().targets().outputs();
        if (features != model.network().inputs() || outputs != model.network().outputs()) {
            throw new AltminException("The model '" + path + "' has " + model.network().inputs() + " inputs and "
                    + model.network().outputs() + " outputs, but the dataset '" + dataset.name() + "' has " + features
                    + " features and " + outputs + " outputs.");
        }
        if (dataset.test().targets() instanceof Targets.Labels labels && model.outputs() instanceof Outputs.Classes
                classes && !labels.names().equals(classes.names())) {
            throw new AltminException("The model '" + path + "' has the classes " + String.join(", ", classes.names())
                    + ", but the dataset '" + dataset.name() + "' has " + String.join(", ", labels.names()) + ".");
        }
        List<String> names = dataset.test().features().names();
        if (!names.isEmpty() && !model.features().isEmpty() && !names.equals(model.features())) {
            throw new AltminException("The model '" + path + "' was trained on the columns "
                    + String.join(", ", model.features()) + ", but the dataset '" + dataset.name() + "' has "
                    + String.join(", ", names) + "; give it the same columns in the same order.");
        }
    }

    private static Evaluation evaluate(LinearAlgebra la, Weights weights, Model model, Samples samples) {
        Loss loss = Operators.loss(model.loss());
        LoadedSamples loaded = LoadedSamples.load(la, samples, model.preprocessing(), loss.encoding(), 0);
        return new Evaluator(la, model.network(), loss, loaded.size()).evaluate(weights, loaded);
    }

    private void print(PrintWriter out, Dataset dataset, Evaluation train, Evaluation test) throws Exception {
        boolean classes = dataset.test().targets() instanceof Targets.Labels;
        if (json) {
            Map<String, Object> fields = new LinkedHashMap<>();
            fields.put("dataset", dataset.name());
            fields.put(classes ? "trainAccuracy" : "trainError", classes ? train.accuracy() : train.error());
            fields.put(classes ? "testAccuracy" : "testError", classes ? test.accuracy() : test.error());
            fields.put("trainLoss", train.loss());
            fields.put("testLoss", test.loss());
            out.println(new ObjectMapper().writeValueAsString(fields));
            return;
        }
        out.println(path + " on " + dataset.name() + " (" + dataset.origin() + ")");
        print(out, "training", dataset.train().size(), train);
        print(out, "test", dataset.test().size(), test);
    }

    private static void print(PrintWriter out, String part, int samples, Evaluation evaluation) {
        out.println(evaluation.isAccuracy()
                ? String.format(Locale.ROOT, "%-8s %7d samples   accuracy %.4f   mean loss %.4f", part, samples,
                        evaluation.accuracy(), evaluation.loss())
                : String.format(Locale.ROOT, "%-8s %7d samples   mean squared error %.3e   mean loss %.3e", part,
                        samples, evaluation.error(), evaluation.loss()));
    }
}

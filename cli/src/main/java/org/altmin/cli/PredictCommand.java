package org.altmin.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.altmin.core.data.CsvFile;
import org.altmin.core.model.Model;
import org.altmin.core.model.Outputs;
import org.altmin.core.model.Prediction;
import org.altmin.core.model.Predictor;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code altmin predict}. */
@Command(name = "predict", mixinStandardHelpOptions = true,
        description = "Predicts classes or values with a saved model, one CSV line a sample.",
        footer = {"", "Images become grey and are scaled to the model's square input. What is",
            "transparent becomes dark. Training data such as MNIST has light strokes on a",
            "dark ground; use --invert for dark on light, and what is transparent is light.",
            "", "Of a .csv file the columns are taken that have the names of the columns the",
            "model was trained on, in any order; others, such as the label, are left out.",
            "Where the model or the file has no names, there is a column for each input."})
final class PredictCommand implements Callable<Integer> {

    private static final Pattern SPECIAL = Pattern.compile("[,\"\\r\\n]");

    @Parameters(index = "0", paramLabel = "RUN|MODEL", description = "The folder of a run or of a model.")
    private Path path;

    @Parameters(index = "1..*", arity = "1..*", paramLabel = "FILE",
            description = "Images (png, jpg, gif, bmp) or .csv files.")
    private List<Path> files;

    @Option(names = "--invert", description = "For images that are dark on light.")
    private boolean invert;

    @Option(names = "--header", negatable = true,
            description = "Whether the first line of a .csv file names its columns; needed only if all in it is "
                + "numbers.")
    private Boolean header;

    @Option(names = "--separator", paramLabel = "CHARACTER", defaultValue = ",",
            description = "What separates the columns of a .csv file: one character, or tab; a comma if not given.")
    private String separator;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        Model model = SavedModel.read(path);
        PredictionReader reader = new PredictionReader(model, invert, header, CsvFile.separator(separator));
        List<PredictionInput> inputs = files.stream().flatMap(file -> reader.read(file).stream()).toList();
        PrintWriter out = spec.commandLine().getOut();
        out.println(header(model));
        try (Predictor predictor = Predictor.open(model)) {
            List<Prediction> predictions = predictor.predict(inputs.stream().map(PredictionInput::values).toList());
            for (int i = 0; i < inputs.size(); i++) {
                out.println(quoted(inputs.get(i).name()) + "," + fields(predictions.get(i)));
            }
        }
        return 0;
    }

    private static String header(Model model) {
        if (model.outputs() instanceof Outputs.Classes) {
            return "input,class," + (model.givesProbabilities() ? "probability" : "output");
        }
        return IntStream.rangeClosed(1, model.outputs().count()).mapToObj(k -> ",value" + k)
                .collect(Collectors.joining("", "input", ""));
    }

    private static String fields(Prediction prediction) {
        if (prediction instanceof Prediction.OfClass ofClass) {
            return quoted(ofClass.name()) + String.format(Locale.ROOT, ",%.4f", ofClass.score());
        }
        return ((Prediction.OfValues) prediction).values().stream().map(String::valueOf)
                .collect(Collectors.joining(","));
    }

    /** A field of a CSV line. */
    private static String quoted(String text) {
        return SPECIAL.matcher(text).find() ? '"' + text.replace("\"", "\"\"") + '"' : text;
    }
}

package org.altmin.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.altmin.core.model.Model;
import org.altmin.core.model.Outputs;
import org.altmin.core.network.ForwardPass;
import org.altmin.core.network.Weights;
import org.altmin.linalg.Backends;
import org.altmin.linalg.Expr;
import org.altmin.linalg.Kernel;
import org.altmin.linalg.LinearAlgebra;
import org.altmin.linalg.LinearAlgebraOptions;
import org.altmin.linalg.Matrix;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code altmin predict}. */
@Command(name = "predict", mixinStandardHelpOptions = true,
        description = "Predicts classes or values with a saved model, one CSV line a sample.",
        footer = {"", "Images become grey and are scaled to the model's square input; training data such as MNIST has",
            "light strokes on a dark ground, so use --invert for dark on light.",
            "A .csv file has a header and one column for each input."})
final class PredictCommand implements Callable<Integer> {

    private static final Kernel SOFTMAX = softmax();

    @Parameters(index = "0", paramLabel = "RUN|MODEL", description = "The folder of a run or of a model.")
    private Path path;

    @Parameters(index = "1..*", arity = "1..*", paramLabel = "FILE",
            description = "Images (png, jpg, gif, bmp) or .csv files.")
    private List<Path> files;

    @Option(names = "--invert", description = "Swaps light and dark of images.")
    private boolean invert;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        Model model = SavedModel.read(path);
        List<PredictionInput> inputs = new ArrayList<>();
        for (Path file : files) {
            inputs.addAll(PredictionInput.read(file, model.network().inputs(), invert));
        }
        PrintWriter out = spec.commandLine().getOut();
        try (LinearAlgebra la = Backends.open(Backends.AUTO, LinearAlgebraOptions.of(model.precision()))) {
            Weights weights = model.load(la);
            Matrix features = la.allocate(model.network().inputs(), inputs.size());
            for (int i = 0; i < inputs.size(); i++) {
                double[] values = inputs.get(i).values().clone();
                model.preprocessing().apply(values, values.length, 1);
                la.upload(values, features.columns(i, i + 1));
            }
            Matrix outputs = new ForwardPass(la, model.network(), inputs.size()).run(weights, features);
            if (model.outputs() instanceof Outputs.Classes classes) {
                printClasses(out, la, outputs, classes, model.givesProbabilities(), inputs);
            } else {
                printValues(out, la.toArray(outputs), inputs);
            }
        }
        return 0;
    }

    private static void printClasses(PrintWriter out, LinearAlgebra la, Matrix outputs, Outputs.Classes classes,
            boolean probabilities, List<PredictionInput> inputs) {
        int[] best = new int[inputs.size()];
        la.argmaxColumns(outputs, best);
        if (probabilities) {
            la.map(outputs, SOFTMAX, outputs);
        }
        double[] shares = la.toArray(outputs);
        out.println("input,class," + (probabilities ? "probability" : "output"));
        for (int i = 0; i < best.length; i++) {
            out.println(String.format(Locale.ROOT, "%s,%s,%.4f", inputs.get(i).name(), classes.names().get(best[i]),
                    shares[i * outputs.rows() + best[i]]));
        }
    }

    private static void printValues(PrintWriter out, double[] values, List<PredictionInput> inputs) {
        int count = values.length / inputs.size();
        StringBuilder header = new StringBuilder("input");
        for (int k = 1; k <= count; k++) {
            header.append(",value").append(k);
        }
        out.println(header);
        for (int i = 0; i < inputs.size(); i++) {
            StringBuilder line = new StringBuilder(inputs.get(i).name());
            for (int k = 0; k < count; k++) {
                line.append(',').append(values[i * count + k]);
            }
            out.println(line);
        }
    }

    private static Kernel softmax() {
        Expr z = Expr.input(0);
        Expr exp = z.minus(Expr.columnMax(z)).exp();
        return Kernel.builder().inDouble().output(exp.dividedBy(Expr.columnSum(exp))).build();
    }
}

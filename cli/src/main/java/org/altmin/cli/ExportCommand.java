package org.altmin.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.altmin.core.model.Model;
import org.altmin.core.model.Npz;
import org.altmin.core.model.Onnx;
import org.altmin.linalg.AltminException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code altmin export}. */
@Command(name = "export", mixinStandardHelpOptions = true,
        description = "Writes a saved model for other tools, as .onnx or as numpy's .npz.")
final class ExportCommand implements Callable<Integer> {

    @Parameters(index = "0", paramLabel = "RUN|MODEL", description = "The folder of a run or of a model.")
    private Path path;

    @Parameters(index = "1", paramLabel = "FILE", description = "What to write; its ending says the format.")
    private Path file;

    @Option(names = "--replace", description = "Replaces a file that exists.")
    private boolean replace;

    @Option(names = "--softmax", description = "Adds class probabilities to the outputs of an ONNX model.")
    private boolean softmax;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        Model model = SavedModel.read(path);
        if (Files.exists(file) && !replace) {
            throw new AltminException("The file '" + file + "' exists; use --replace to replace it.");
        }
        String name = file.toString().toLowerCase(Locale.ROOT);
        if (softmax && !name.endsWith(".onnx")) {
            throw new AltminException("--softmax goes with .onnx only, not with '" + file + "'.");
        }
        if (name.endsWith(".npz")) {
            Npz.write(file, model, replace);
        } else if (name.endsWith(".onnx")) {
            Onnx.write(file, model, softmax, replace);
        } else {
            throw new AltminException("'" + file + "' has no ending that says a format; use .onnx or .npz.");
        }
        spec.commandLine().getOut().println(file);
        return 0;
    }
}

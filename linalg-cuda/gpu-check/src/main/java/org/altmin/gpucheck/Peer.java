package org.altmin.gpucheck;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.altmin.core.network.Network;

/**
 * Seconds an iteration of dlADMM in PyTorch, the code of its authors, beside altmin's on the same device with the same
 * samples. Without that code, or a Python that runs it, there is a row that says so.
 */
final class Peer {

    static final String CHECK = "dlADMM of its authors, in PyTorch";

    private static final int VARIANTS = 2;
    private static final double VARIANT_SECONDS = 20;
    private static final double START_SECONDS = 20;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Consumer<Row> rows;
    private final Training training;

    private Peer(Consumer<Row> rows) {
        this.rows = rows;
        training = Judged.isCuda() || Options.small() ? Training.ofSize(rows) : new Training(rows, 2000, 100);
    }

    static void run(Consumer<Row> rows) throws IOException, InterruptedException {
        if (Options.peer().isEmpty()) {
            rows.accept(Row.notMeasured(CHECK, "not in the bundle; pack with peer=DIR"));
        } else if (Options.mnist().isEmpty()) {
            rows.accept(Row.notMeasured(CHECK, "it takes MNIST, which is not in the bundle; pack with data-dir=DIR"));
        } else if (!isCommand(Options.python())) {
            rows.accept(Row.notMeasured(CHECK, "there is no " + Options.python()));
        } else {
            new Peer(rows).compare(Options.peer().get(), Options.mnist().get());
        }
    }

    private void compare(Path code, String mnist) throws IOException, InterruptedException {
        Path printed = Files.createTempFile("peer", ".json");
        try {
            Process python = start(code, mnist, printed);
            long seconds = Math.max(1, Math.round((VARIANTS * VARIANT_SECONDS + START_SECONDS) * Part.scale()));
            boolean ended = python.waitFor(seconds, TimeUnit.SECONDS);
            if (!ended) {
                python.destroyForcibly().waitFor();
            }
            List<JsonNode> results = results(printed);
            report(results);
            if (!ended) {
                rows.accept(Row.notMeasured(CHECK, "stopped after " + seconds + " s"));
            } else if (python.exitValue() != 0 && results.stream().noneMatch(result -> result.has("unavailable"))) {
                rows.accept(Row.notMeasured(CHECK, Options.python() + " ended with " + python.exitValue()
                        + "; the log says why"));
            }
        } finally {
            Files.delete(printed);
        }
    }

    private Process start(Path code, String mnist, Path printed) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command(code, mnist)).redirectOutput(printed.toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT);
        setLibraryPath(builder.environment());
        return builder.start();
    }

    private List<String> command(Path code, String mnist) {
        Network network = training.network();
        List<String> command = new ArrayList<>(List.of(Options.python(), code.resolve("peer.py").toString(),
                code.resolve("common.py").toString(), mnist, "--device", Judged.isCuda() ? "cuda" : "cpu",
                "--samples", String.valueOf(training.samples()),
                "--limit", String.format(Locale.ROOT, "%.1f", VARIANT_SECONDS * Part.scale()), "--hidden"));
        for (int layer = 1; layer < network.depth(); layer++) {
            command.add(String.valueOf(network.width(layer)));
        }
        return command;
    }

    private static boolean isCommand(String name) {
        String path = System.getenv().getOrDefault("PATH", "");
        return name.contains("/") ? Files.isExecutable(Path.of(name))
                : Arrays.stream(path.split(":")).anyMatch(folder -> Files.isExecutable(Path.of(folder, name)));
    }

    /** PyTorch finds its libraries as it does without this check, which adds folders for altmin. */
    private static void setLibraryPath(Map<String, String> environment) {
        environment.remove("LD_LIBRARY_PATH");
        Options.libraryPath().ifPresent(path -> environment.put("LD_LIBRARY_PATH", path));
    }

    private static List<JsonNode> results(Path printed) throws IOException {
        List<JsonNode> results = new ArrayList<>();
        for (String line : Files.readAllLines(printed)) {
            if (line.startsWith("{")) {
                results.add(JSON.readTree(line));
            }
        }
        return results;
    }

    private void report(List<JsonNode> results) {
        boolean measured = results.stream().anyMatch(result -> result.hasNonNull("seconds"));
        double own = measured ? training.seconds() : Double.NaN;
        for (JsonNode result : results) {
            if (result.has("unavailable")) {
                rows.accept(Row.notMeasured(CHECK, result.get("unavailable").asText()));
            } else if (result.has("variant")) {
                rows.accept(variant(result, own));
            } else {
                rows.accept(Row.figure("PyTorch", result.path("torch").asText() + " on "
                        + result.path("device").asText()));
            }
        }
    }

    private Row variant(JsonNode result, double own) {
        String check = training.what() + ", its authors' PyTorch code " + result.get("variant").asText();
        String stopped = result.hasNonNull("stopped") ? ", " + result.get("stopped").asText() : "";
        if (!result.hasNonNull("seconds")) {
            return Row.notMeasured(check, "no iteration ended" + stopped);
        }
        double seconds = result.get("seconds").asDouble();
        return Row.figure(check, String.format(Locale.ROOT,
                "%.4f s an iteration, %.1f times altmin's %.4f s; memory %s; train accuracy %.3f after %d%s", seconds,
                seconds / own, own, Device.gibibytes(result.path("peak_bytes").asDouble()),
                result.path("accuracy").asDouble(), result.path("iterations").asInt(),
                stopped));
    }
}

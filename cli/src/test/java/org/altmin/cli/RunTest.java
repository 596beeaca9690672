package org.altmin.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.contentOf;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a user does with the command, and the files it leaves. */
class RunTest {

    private static final List<String> SMALL = List.of("solver=dladmm", "train=120", "test=40", "hidden=12,9",
            "backend=cpu", "threads=2", "updates=exact");

    @TempDir
    private Path folder;

    private CommandLineRun train(String... settings) {
        List<String> usual = new ArrayList<>(SMALL);
        usual.add("runs=" + folder.resolve("runs"));
        CommandLineRun run = CommandLineRun.train(usual, settings);
        assertThat(run.exitCode()).as(run.err()).isZero();
        return run;
    }

    private static JsonNode summary(Path run) throws IOException {
        return new ObjectMapper().readTree(run.resolve("summary.json").toFile());
    }

    @Test
    void aRunLeavesItsFolderAndPrintsItLast() throws IOException {
        CommandLineRun run = train("iterations=4", "seed=7");
        Path result = Path.of(run.lastLine());
        assertThat(result).isDirectory().hasFileName("dladmm-glyphs-001");
        JsonNode summary = summary(result);
        assertThat(summary.get("solver").asText()).isEqualTo("dladmm");
        assertThat(summary.get("backend").asText()).isEqualTo("cpu");
        assertThat(summary.get("precision").asText()).isEqualTo("float32");
        assertThat(summary.get("iterations").asInt()).isEqualTo(4);
        assertThat(summary.get("seed").asInt()).isEqualTo(7);
        for (String field : List.of("seconds", "secondsPerIteration", "trainAccuracy", "testAccuracy", "objective",
                "peakMemoryBytes")) {
            assertThat(summary.get(field).isNumber()).as(field).isTrue();
        }
        List<String> lines = Files.readAllLines(result.resolve("metrics.jsonl"));
        assertThat(lines).hasSize(4);
        for (String field : List.of("iteration", "seconds", "objective", "primalResidual", "trainAccuracy",
                "testAccuracy")) {
            assertThat(new ObjectMapper().readTree(lines.get(3)).get(field).isNumber()).as(field).isTrue();
        }
        for (String file : List.of("config.json", "env.json", "train.log", "model/model.json",
                "model/weights.safetensors", "checkpoints/best/model.json")) {
            assertThat(result.resolve(file)).isNotEmptyFile();
        }
        assertThat(run.out()).contains("784-12-9-10", "updates=exact", "altmin evaluate");
    }

    @Test
    void theLogSaysWhatRunsBeforeTheFirstIterationEnds() {
        Path log = folder.resolve("runs/dladmm-glyphs-001/train.log");
        StringBuilder logged = new StringBuilder();
        PrintWriter out = new PrintWriter(new StringWriter()) {

            @Override
            public void println(String line) {
                if (line.startsWith("settings: ") && Files.exists(log)) {
                    logged.append(contentOf(log.toFile()));
                }
            }
        };
        Main.run(out, new PrintWriter(new StringWriter()), "train", "solver=dladmm", "train=50", "test=20", "hidden=5",
                "iterations=1", "runs=" + folder.resolve("runs"));
        assertThat(logged.toString().lines()).hasSize(4).first().asString().startsWith("altmin ");
    }

    @Test
    void theSameCommandTwiceGivesTheSameModelByteForByte() throws IOException {
        Path first = Path.of(train("iterations=5").lastLine());
        Path second = Path.of(train("iterations=5").lastLine());
        Path other = Path.of(train("iterations=5", "seed=2").lastLine());
        for (String file : List.of("model/model.json", "model/weights.safetensors", "checkpoints/best/model.json",
                "checkpoints/best/weights.safetensors")) {
            assertThat(second.resolve(file)).hasSameBinaryContentAs(first.resolve(file));
        }
        assertThat(Files.mismatch(other.resolve("model/weights.safetensors"),
                first.resolve("model/weights.safetensors"))).isNotEqualTo(-1);
    }

    @Test
    void aResumedRunEndsAsAnUninterruptedOne() throws IOException {
        Path whole = Path.of(train("iterations=24").lastLine());
        Path parted = Path.of(train("iterations=14", "checkpoint-every=5").lastLine());
        CommandLineRun resumed = CommandLineRun.of("resume", parted.toString(), "iterations=24");
        assertThat(resumed.exitCode()).as(resumed.err()).isZero();
        assertThat(parted.resolve("model/weights.safetensors"))
                .hasSameBinaryContentAs(whole.resolve("model/weights.safetensors"));
        assertThat(parted.resolve("checkpoints/best/weights.safetensors"))
                .hasSameBinaryContentAs(whole.resolve("checkpoints/best/weights.safetensors"));
        assertThat(Files.readAllLines(parted.resolve("metrics.jsonl"))).hasSize(24);
        assertThat(parted.resolve("certificate.txt")).hasSameTextualContentAs(whole.resolve("certificate.txt"));
        assertThat(summary(parted).get("certificate")).isEqualTo(summary(whole).get("certificate"));
        CommandLineRun changed = CommandLineRun.of("resume", parted.toString(), "iterations=30", "rho=1");
        assertThat(changed.exitCode()).isNotZero();
        assertThat(changed.err()).contains("rho");
    }

    @Test
    void theFilesOfAResumedRunTellWhatWasDone() throws IOException {
        Path run = Path.of(train("iterations=4", "checkpoint-every=2", "name=twice").lastLine());
        for (int iterations = 6; iterations <= 8; iterations += 2) {
            CommandLineRun resumed = CommandLineRun.of("resume", run.toString(), "iterations=" + iterations,
                    "name=other");
            assertThat(resumed.exitCode()).as(resumed.err()).isZero();
            assertThat(config(run, "iterations")).isEqualTo("" + iterations);
        }
        assertThat(config(run, "name")).isEqualTo("twice");
        List<String> resumptions = Files.readAllLines(run.resolve("resumptions.jsonl"));
        assertThat(resumptions).hasSize(2).first().asString().startsWith(
                "{\"iteration\":4,\"settings\":{\"iterations\":{\"before\":\"4\",\"now\":\"6\"}},\"environment\":");
        assertThat(Files.readString(run.resolve("report.html"))).contains(
                "solver=dladmm dataset=glyphs iterations=8 name=twice",
                "Resumed after iteration 4 with iterations=6 in place of 4.",
                "Resumed after iteration 6 with iterations=8 in place of 6.");
        Path whole = Path.of(train("iterations=8").lastLine());
        assertThat(run.resolve("model/weights.safetensors"))
                .hasSameBinaryContentAs(whole.resolve("model/weights.safetensors"));
    }

    @Test
    void aRunThatWasKilledWhileItWroteIsResumed() throws IOException {
        Path whole = Path.of(train("iterations=6").lastLine());
        Path killed = Path.of(train("iterations=4", "checkpoint-every=2").lastLine());
        Path metrics = killed.resolve("metrics.jsonl");
        String notice = "The last line of metrics.jsonl, line 4, is damaged";
        Files.write(metrics, Arrays.copyOf(Files.readAllBytes(metrics), (int) Files.size(metrics) - 20));
        CommandLineRun resumed = CommandLineRun.of("resume", killed.toString(), "iterations=6");
        assertThat(resumed.exitCode()).as(resumed.err()).isZero();
        assertThat(resumed.out()).containsOnlyOnce(notice);
        assertThat(killed.resolve("train.log")).content().containsOnlyOnce(notice);
        assertThat(killed.resolve("model/weights.safetensors"))
                .hasSameBinaryContentAs(whole.resolve("model/weights.safetensors"));
        assertThat(CommandLineRun.of("resume", killed.toString(), "iterations=8").out()).doesNotContain("damaged");
    }

    @Test
    void aResumptionWithNothingToDoChangesNothing() throws IOException {
        Path run = Path.of(train("iterations=5", "checkpoint-every=4").lastLine());
        Files.delete(run.resolve("report.html"));
        byte[][] before = {Files.readAllBytes(run.resolve("metrics.jsonl")),
            Files.readAllBytes(run.resolve("config.json"))};
        CommandLineRun resumed = CommandLineRun.of("resume", run.toString(), "iterations=4");
        assertThat(resumed.exitCode()).as(resumed.err()).isZero();
        assertThat(resumed.out()).contains("Nothing to do");
        assertThat(run.resolve("metrics.jsonl")).hasBinaryContent(before[0]);
        assertThat(run.resolve("config.json")).hasBinaryContent(before[1]);
        assertThat(run.resolve("resumptions.jsonl")).doesNotExist();
    }

    @Test
    void plannedEpochsFollowTheIterationsOfAResumption() throws IOException {
        Path run = Path.of(CommandLineRun.of("train", "runs=" + folder, "train=120", "test=40", "hidden=12",
                "backend=cpu", "threads=2", "batch=10", "iterations=2", "checkpoint-every=2").lastLine());
        CommandLineRun resumed = CommandLineRun.of("resume", run.toString(), "iterations=4");
        assertThat(resumed.exitCode()).as(resumed.err()).isZero();
        assertThat(config(run, "solver.epochs")).isEqualTo("4");
        for (String line : Files.readAllLines(run.resolve("metrics.jsonl"))) {
            assertThat(new ObjectMapper().readTree(line).get("squaredStep").asDouble()).as(line).isPositive();
        }
    }

    private static String config(Path run, String key) throws IOException {
        return new ObjectMapper().readTree(run.resolve("config.json").toFile()).get(key).asText();
    }

    @ParameterizedTest
    @CsvSource({"12, cross-entropy, 0.1", "300, cross-entropy, 1.0", "12, squared, 0.1"})
    void theInitialScaleMayFollowFromSolverAndProblem(String hidden, String loss, String scale) throws IOException {
        List<String> settings = List.of("solver=dlam", "updates=exact", "hidden=" + hidden, "loss=" + loss,
                "iterations=1");
        CommandLineRun chosen = train(settings.toArray(String[]::new));
        assertThat(chosen.out()).contains(" init-scale=" + scale + " ");
        List<String> given = new ArrayList<>(settings);
        given.add("init-scale=" + scale);
        assertThat(Path.of(chosen.lastLine()).resolve("model/weights.safetensors")).hasSameBinaryContentAs(
                Path.of(train(given.toArray(String[]::new)).lastLine()).resolve("model/weights.safetensors"));
    }

    @Test
    void theEffectiveConfigurationGivesTheSameRun() throws IOException {
        Path first = Path.of(train("iterations=3", "rho=1e-5").lastLine());
        CommandLineRun again = CommandLineRun.of("train", "--config", first.resolve("config.json").toString(), "-q");
        assertThat(again.exitCode()).as(again.err()).isZero();
        assertThat(again.out().strip()).isEqualTo(again.lastLine());
        assertThat(Path.of(again.lastLine()).resolve("model/weights.safetensors"))
                .hasSameBinaryContentAs(first.resolve("model/weights.safetensors"));
    }

    @Test
    void aYamlConfigurationIsOverriddenByArguments() throws IOException {
        Path config = Files.writeString(folder.resolve("run.yaml"), """
                solver: dladmm
                dataset: glyphs
                hidden: [12, 9]
                solver.updates: exact
                iterations: 9
                """);
        Path result = Path.of(train("--config", config.toString(), "iterations=2").lastLine());
        assertThat(Files.readAllLines(result.resolve("metrics.jsonl"))).hasSize(2);
    }

    @Test
    void evaluatesPredictsAndExports() throws IOException {
        Path run = Path.of(train("iterations=5").lastLine());
        CommandLineRun evaluated = CommandLineRun.of("evaluate", run.toString(), "--json");
        assertThat(evaluated.exitCode()).as(evaluated.err()).isZero();
        JsonNode summary = new ObjectMapper().readTree(run.resolve("summary.json").toFile());
        JsonNode again = new ObjectMapper().readTree(evaluated.out());
        assertThat(again.get("testAccuracy")).isEqualTo(summary.get("testAccuracy"));
        assertThat(again.get("trainAccuracy")).isEqualTo(summary.get("trainAccuracy"));

        Path image = folder.resolve("digit.png");
        ImageIO.write(new BufferedImage(40, 40, BufferedImage.TYPE_INT_RGB), "png", image.toFile());
        CommandLineRun predicted = CommandLineRun.of("predict", run.toString(), image.toString());
        assertThat(predicted.exitCode()).as(predicted.err()).isZero();
        assertThat(predicted.out().lines().toList()).hasSize(2).first().isEqualTo("input,class,probability");
        assertThat(predicted.lastLine()).startsWith(image + ",");

        for (String ending : List.of(".npz", ".onnx")) {
            Path file = folder.resolve("model" + ending);
            CommandLineRun exported = CommandLineRun.of("export", run.toString(), file.toString());
            assertThat(exported.exitCode()).as(exported.err()).isZero();
            assertThat(file).isNotEmptyFile();
        }
    }

    @Test
    void theNextStepsCanBePasted() {
        CommandLineRun run = train("iterations=1", "runs=" + folder.resolve("two words"));
        assertThat(run.out()).contains("altmin evaluate '" + folder.resolve("two words/dladmm-glyphs-001") + "'\n",
                "altmin predict '" + folder.resolve("two words/dladmm-glyphs-001") + "' FILE...\n");
    }

    @Test
    void outputsOfALossWithoutSoftmaxAreNoProbabilities() throws IOException {
        Path run = Path.of(train("iterations=1", "loss=hinge").lastLine());
        Path image = folder.resolve("digit.png");
        ImageIO.write(new BufferedImage(40, 40, BufferedImage.TYPE_INT_RGB), "png", image.toFile());
        assertThat(CommandLineRun.of("predict", run.toString(), image.toString()).out().lines().toList()).hasSize(2)
                .first().isEqualTo("input,class,output");
        CommandLineRun exported = CommandLineRun.of("export", run.toString(), folder.resolve("model.onnx").toString(),
                "--softmax");
        assertThat(exported.exitCode()).isNotZero();
        assertThat(exported.err()).contains("(cross-entropy)", "'hinge'");
    }

    @Test
    void startsFromGivenWeights() throws IOException {
        Path run = Path.of(train("iterations=5").lastLine());
        CommandLineRun again = CommandLineRun.of("train", "runs=" + folder.resolve("runs"), "solver=adam", "rate=1e-12",
                "train=120", "test=40", "hidden=12,9", "backend=cpu", "threads=2", "iterations=1",
                "init=" + run.resolve("model/weights.safetensors"));
        assertThat(again.exitCode()).as(again.err()).isZero();
        JsonNode kept = summary(Path.of(again.lastLine()));
        for (String field : List.of("trainAccuracy", "testAccuracy")) {
            assertThat(kept.get(field).isNumber()).as(field).isTrue();
            assertThat(kept.get(field)).as(field).isEqualTo(summary(run).get(field));
        }
    }

    @Test
    void listsAndExamines() {
        CommandLineRun listed = CommandLineRun.of("list");
        assertThat(listed.exitCode()).isZero();
        assertThat(listed.out()).contains("dladmm", "glyphs", "mnist", "relu", "cross-entropy", "elastic-net", "msra",
                "openblas", "cpu", "iterations");
        CommandLineRun examined = CommandLineRun.of("doctor");
        assertThat(examined.exitCode()).as(examined.err()).isZero();
        assertThat(examined.out()).contains("cpu (rank 0)", "auto takes");
    }
}

package org.altmin.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Bad input gets one clear sentence, an exit code that is not 0, no stack trace, and changes nothing. */
class BadInputTest {

    private static final int IMAGES = 4;

    @TempDir
    private Path folder;

    private Path runs;

    @BeforeEach
    void namesTheRuns() {
        runs = folder.resolve("runs");
    }

    private CommandLineRun train(String... settings) {
        return CommandLineRun.train(List.of("runs=" + runs, "backend=cpu", "threads=1", "iterations=1"), settings);
    }

    private static void assertRefused(CommandLineRun run, String... parts) {
        assertThat(run.exitCode()).isNotZero();
        assertThat(run.err().strip().lines().toList()).as(run.err()).hasSize(1);
        assertThat(run.err()).startsWith("altmin: ").doesNotContain("Exception", "REDACTED", "\tat ");
        assertThat(run.err()).contains(parts);
    }

    @ParameterizedTest
    @CsvSource({
        "solver=dladm, solver 'dladm', dladmm",
        "activation=rellu, activation 'rellu', leaky-relu",
        "backend=cuda9, backend 'cuda9', cpu",
        "backend=cpu(tf32=on), setting 'tf32', backend 'cpu'",
        "dataset=mnits, dataset 'mnits', glyphs",
        "loss=hinges, loss 'hinges', cross-entropy",
        "regularizer=l3, regularizer 'l3', elastic-net",
        "init=he, initializer 'he', msra",
        "init=weights/one.npz, 'weights/one.npz', .safetensors",
        "hiden=10, setting 'hiden', hidden",
        "misfit=quick, 'misfit', prox",
        "damping=-1, 'damping', above 0",
        "damping=small, 'damping', number",
        "'hidden=10,0', 'hidden', whole numbers",
        "'hidden=10,', 'hidden', whole numbers",
        "'hidden=,', 'hidden', whole numbers",
        "seed=first, 'seed', whole number",
        "precision=float16, 'precision', float32",
        "iterations=1e9, 'iterations', whole number from 1 to 2147483647",
        "iterations=0, 'iterations', whole number from 1 to 2147483647",
        "seconds=-1, 'seconds', above 0",
        "seconds=nan, 'seconds', number",
        "samples=99999999, samples=99999999, 10000",
        "'activation=leaky-relu(slop=1)', setting 'slop', slope",
        "'activation=leaky-relu(slope', leaky-relu(slope, name(setting=value",
        "iterations, 'iterations', key=value; write no blanks around the"})
    void unknownNamesAndValues(String setting, String found, String remedy) {
        assertRefused(train(setting), found, remedy);
        assertThat(runs).doesNotExist();
    }

    @Test
    void anAccuracyToReachWithoutClasses() {
        assertRefused(train("dataset=square", "target-accuracy=0.9"), "target-accuracy=0.9", "'square'", "real values");
        assertThat(runs).doesNotExist();
    }

    @Test
    void aCommandThatDoesNotExist() {
        CommandLineRun run = CommandLineRun.of("trian");
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).startsWith("altmin: There is no command 'trian' (did you mean 'train'?); there are "
                + "train, resume, ");
        assertThat(CommandLineRun.of("list", "foo").err()).contains("'foo' is none of all, solvers, datasets, ");
        assertThat(CommandLineRun.of("doctor", "quick").err()).startsWith("altmin: 'quick' is one argument too many.");
    }

    @ParameterizedTest
    @CsvSource({
        "train, --quite, There is no option '--quite' (did you mean '--quiet'?); settings",
        "train, --iterations=3, There is no option '--iterations=3'; settings are written key=value",
        "compare, --seeds=1, There is no option '--seeds=1'; settings are written key=value",
        "doctor, --quick, There is no option '--quick'."})
    void anOptionThatDoesNotExist(String command, String option, String message) {
        CommandLineRun run = CommandLineRun.of(command, option);
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).startsWith("altmin: " + message).doesNotContain("Exception");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            hiden=10              | There is no setting 'hiden' (did you mean 'hidden'?);
            batch-size=10         | There is no setting 'batch-size' (did you mean 'batch'?);
            zzz=10                | There is no setting 'zzz'; 'altmin list settings' shows those of every run,
            solver.hidden_step=1  | has no setting 'hidden_step' (did you mean 'hidden-step'?).
            solver=Adam           | There is no solver 'Adam' (did you mean 'adam'?);
            activation=rellu      | There is no activation 'rellu' (did you mean 'relu'?);
            init=masra            | There is no initializer 'masra' (did you mean 'msra'?);
            rho=1                 | for solver=online-altmin and dataset=glyphs, but for solver=adadelta, solver=dladmm,
            data-dir=.            | for solver=online-altmin and dataset=glyphs, but for dataset=cifar10, dataset=
            """)
    void whatWasMeantIsAskedOrSaid(String setting, String message) {
        assertRefused(train(setting), message);
        assertThat(runs).doesNotExist();
    }

    @Test
    void aSettingThatThereIsNotIsNotAnsweredByAllThatThereAre() {
        assertThat(train("hiden=10").err()).doesNotContain("init-scale", "batch");
        CommandLineRun compared = CommandLineRun.of("compare", "solvers=adam", "trails=2", "runs=" + runs);
        assertRefused(compared, "'trails' of a comparison (did you mean 'trials'?);", "'altmin list datasets glyphs'");
        assertThat(compared.err()).doesNotContain("init-scale");
    }

    @Test
    void aNameThatNoFileCanHave() {
        assertRefused(train("name=x", "runs=a\0b"), "cannot be the name of a file", "locale");
        assertRefused(CommandLineRun.of("predict", "a\0b", "image.png"), "cannot be the name of a file", "locale");
    }

    @Test
    void aNameThatIsNoTextInTheLocale() {
        assertRefused(train("runs=" + folder.resolve("caf\uFFFD")), "caf\uFFFD' holds bytes", "rename");
        assertThat(folder).isEmptyDirectory();
        assertRefused(CommandLineRun.of("predict", "caf\uFFFD", "image.png"), "caf\uFFFD' holds bytes", "rename");
    }

    @Test
    void aConfigurationThatIsNotYaml() throws IOException {
        Path config = Files.writeString(folder.resolve("run.yaml"), "solver: [dladmm\nhidden: 3");
        assertRefused(CommandLineRun.of("train", "--config", config.toString()), "run.yaml", "not valid YAML");
        assertRefused(CommandLineRun.of("train", "--config", folder.resolve("no.yaml").toString()), "no.yaml");
        Path binary = Files.write(folder.resolve("binary.yaml"), new byte[] {'a', ':', ' ', (byte) 0xE9});
        assertRefused(CommandLineRun.of("train", "--config", binary.toString()), "binary.yaml", "UTF-8");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            twice.yaml | solver: adam;hidden: 3;solver: sgd
            twice.json | {"solver": "adam", "hidden": 3, "solver": "sgd"}
            flat.json  | {"solver.rate": 1, "solver": {"rate": 2}}
            """)
    void aConfigurationThatSaysAKeyTwice(String name, String content) throws IOException {
        Path config = Files.writeString(folder.resolve(name), content.replace(';', '\n'));
        assertRefused(CommandLineRun.of("train", "--config", config.toString()), name + "' gives the setting 'solver",
                " twice", "leave one out.");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            train seed=1 test=5 seed=2        | seed | seed=1 and seed=2
            train rho=1 solver.rho=2          | solver.rho | rho=1 and solver.rho=2
            train dataset.train=9 train=9     | train | dataset.train=9 and train=9
            compare adam.rate=1 adam.rate=2   | adam.rate | adam.rate=1 and adam.rate=2
            reproduce results size=a size=b   | size | size=a and size=b
            resume {run} seed=1 seed=2        | seed | seed=1 and seed=2
            evaluate {run} threads=1 threads= | threads | threads=1 and threads=
            """)
    void aSettingGivenTwice(String line, String key, String both) {
        String run = line.contains("{run}") ? interruptible() : "";
        assertRefused(CommandLineRun.of(line.replace("{run}", run).split(" ")),
                "The setting '" + key + "' is given twice, as " + both + "; leave one out.");
    }

    /** A run that can be resumed. */
    private String interruptible() {
        return train("train=50", "test=20", "hidden=5", "checkpoint-every=1").lastLine();
    }

    @Test
    void anOptionGivenTwice() {
        CommandLineRun run = CommandLineRun.of("predict", "run", "x.csv", "--separator", ";", "--separator", "tab");
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).startsWith("altmin: option '--separator' (CHARACTER) should be specified only once");
    }

    @Test
    void settingsOfOneNameAreOneEach() {
        assertThat(train("train=50", "test=20", "hidden=5", "seed=3", "dataset.seed=3").err())
                .contains("The dataset 'glyphs' has no setting 'seed'");
        assertThat(train("train=50", "test=20", "hidden=5", "solver.batch=10").exitCode()).isZero();
    }

    @Test
    void aSettingThatNoEvaluationHeeds() {
        String run = train("train=50", "test=20", "hidden=5").lastLine();
        assertRefused(CommandLineRun.of("evaluate", run, "hidden=7"), "'hidden' has no effect", "dataset", "'glyphs'");
        assertThat(CommandLineRun.of("evaluate", run, "test=30", "threads=1", "dataset.train=40").exitCode()).isZero();
    }

    @Test
    void aTruncatedIdxFile() throws IOException {
        writeMnist(IMAGES, IMAGES);
        Path images = folder.resolve("train-images-idx3-ubyte");
        Files.write(images, Arrays.copyOf(Files.readAllBytes(images), 16 + 784 * IMAGES - 10));
        assertRefused(train("dataset=mnist", "data-dir=" + folder), "train-images-idx3-ubyte");
    }

    @Test
    void aWrongLabelCount() throws IOException {
        writeMnist(IMAGES, IMAGES - 1);
        assertRefused(train("dataset=mnist", "data-dir=" + folder), "train-labels-idx1-ubyte",
                String.valueOf(IMAGES - 1));
    }

    @Test
    void anEmptyDataFolder() {
        assertRefused(train("dataset=mnist", "data-dir=" + folder), folder.toString());
    }

    private void writeMnist(int images, int labels) throws IOException {
        for (String part : new String[] {"train", "t10k"}) {
            byte[] pixels = new byte[16 + 784 * images];
            byte[] header = {0, 0, 8, 3, 0, 0, 0, (byte) images, 0, 0, 0, 28, 0, 0, 0, 28};
            System.arraycopy(header, 0, pixels, 0, header.length);
            Files.write(folder.resolve(part + "-images-idx3-ubyte"), pixels);
            byte[] classes = new byte[8 + labels];
            System.arraycopy(new byte[] {0, 0, 8, 1, 0, 0, 0, (byte) labels}, 0, classes, 0, 8);
            Files.write(folder.resolve(part + "-labels-idx1-ubyte"), classes);
        }
    }

    @Test
    void aNanInACsv() throws IOException {
        Path file = Files.writeString(folder.resolve("data.csv"), "x,y,label\n1,2,a\n3,NaN,b\n5,6,a\n7,8,b\n");
        assertRefused(train("dataset=csv", "file=" + file), "data.csv", "line 3");
    }

    @Test
    void aModelCutInHalf() throws IOException {
        CommandLineRun trained = train("train=50", "test=20", "hidden=5");
        assertThat(trained.exitCode()).as(trained.err()).isZero();
        Path weights = Path.of(trained.lastLine()).resolve("model").resolve("weights.safetensors");
        byte[] whole = Files.readAllBytes(weights);
        Files.write(weights, Arrays.copyOf(whole, whole.length / 2));
        assertRefused(CommandLineRun.of("evaluate", trained.lastLine()), "weights.safetensors");
        Path description = weights.resolveSibling("model.json");
        byte[] text = Files.readAllBytes(description);
        Files.write(description, Arrays.copyOf(text, text.length / 2));
        assertRefused(CommandLineRun.of("evaluate", trained.lastLine()), "model.json");
        Files.writeString(Path.of(trained.lastLine()).resolve("config.json"), "{");
        assertRefused(CommandLineRun.of("report", trained.lastLine()), "config.json", "Unexpected end-of-input");
        assertRefused(CommandLineRun.of("train", "--config", trained.lastLine() + "/config.json"), "config.json",
                "Unexpected end-of-input");
    }

    @Test
    void anUnwritableRunFolder() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "kept");
        assertRefused(CommandLineRun.of("train", "runs=" + file.resolve("runs"), "train=50", "test=20", "backend=cpu",
                "iterations=1"), "file");
        assertThat(file).hasContent("kept");
    }

    @Test
    void anExistingRunIsNeverOverwritten() throws IOException {
        String first = train("train=50", "test=20", "hidden=5").lastLine();
        Map<String, byte[]> before = contents(Path.of(first));
        String second = train("train=50", "test=20", "hidden=5").lastLine();
        assertThat(second).isNotEqualTo(first);
        assertThat(contents(Path.of(first))).containsExactlyInAnyOrderEntriesOf(before);
    }

    @Test
    void anExistingExportIsNotReplacedUnasked() throws IOException {
        String run = train("train=50", "test=20", "hidden=5").lastLine();
        Path file = Files.writeString(folder.resolve("model.npz"), "kept");
        assertRefused(CommandLineRun.of("export", run, file.toString()), "model.npz", "--replace");
        assertThat(file).hasContent("kept");
        assertRefused(CommandLineRun.of("export", run, folder.resolve("model.txt").toString()), "model.txt", ".npz");
    }

    @Test
    void nothingToPredictFrom() throws IOException {
        String run = train("train=50", "test=20", "hidden=5").lastLine();
        assertRefused(CommandLineRun.of("predict", run, folder.resolve("none.png").toString()), "none.png");
        Path text = Files.writeString(folder.resolve("text.png"), "no image");
        assertRefused(CommandLineRun.of("predict", run, text.toString()), "text.png", "image");
        Path cut = Files.writeString(folder.resolve("cut.gif"), "GIF89a");
        assertRefused(CommandLineRun.of("predict", run, cut.toString()), "cut.gif' cannot be read (", "whole");
        Path csv = Files.writeString(folder.resolve("short.csv"), "a,b\n1,2\n");
        assertRefused(CommandLineRun.of("predict", run, csv.toString()), "short.csv:1 has 2 columns", "784");
        assertRefused(CommandLineRun.of("predict", folder.toString(), csv.toString()), "model.json");
    }

    @Test
    void aRunWithoutCheckpointCannotBeResumed() {
        String run = train("train=50", "test=20", "hidden=5").lastLine();
        assertRefused(CommandLineRun.of("resume", run), "no checkpoint", "checkpoint-every");
        assertRefused(CommandLineRun.of("resume", folder.toString()), "not the folder of a run");
    }

    @Test
    void aResumptionThatIsRefusedChangesNothing() throws IOException {
        String run = interruptible();
        Map<String, byte[]> before = contents(Path.of(run));
        assertRefused(CommandLineRun.of("resume", run, "hidden=6", "iterations=2"), "network is", "784-6-10");
        assertThat(contents(Path.of(run))).containsExactlyInAnyOrderEntriesOf(before);
        assertThat(CommandLineRun.of("resume", run, "iterations=2").exitCode()).isZero();
        assertThat(Path.of(run, "train.log")).content().containsOnlyOnce("iterations=2\n").contains("after 2 epochs");
    }

    @Test
    void debugShowsTheStackTrace() {
        CommandLineRun run = CommandLineRun.of("train", "solver=none", "--debug");
        assertThat(run.err()).contains("\tat org.altmin");
    }

    private static Map<String, byte[]> contents(Path folder) throws IOException {
        Map<String, byte[]> result = new HashMap<>();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                result.put(folder.relativize(file).toString(), Files.readAllBytes(file));
            }
        }
        assertThat(new String(result.get("config.json"), StandardCharsets.UTF_8)).contains("online-altmin");
        return result;
    }
}

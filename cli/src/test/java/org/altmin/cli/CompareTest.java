package org.altmin.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.altmin.core.train.TrainingResult.StopReason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Comparisons as a user makes them, and the files they leave. */
class CompareTest {

    private static final List<String> SMALL = List.of("train=120", "test=40", "hidden=12,9", "backend=cpu",
            "threads=1");

    @TempDir
    private Path folder;

    private CommandLineRun altmin(String command, String... arguments) {
        List<String> all = new ArrayList<>(List.of(command, "runs=" + folder.resolve("runs")));
        all.addAll(Arrays.asList(arguments));
        return CommandLineRun.of(all.toArray(String[]::new));
    }

    private CommandLineRun compare(String... arguments) {
        return altmin("compare", Stream.concat(SMALL.stream(), Arrays.stream(arguments)).toArray(String[]::new));
    }

    private Path train(String... settings) {
        CommandLineRun run = altmin("train", Stream.concat(SMALL.stream(), Arrays.stream(settings))
                .toArray(String[]::new));
        assertThat(run.exitCode()).as(run.err()).isZero();
        return Path.of(run.lastLine());
    }

    private static JsonNode json(Path file) throws IOException {
        return new ObjectMapper().readTree(file.toFile());
    }

    @Test
    void everySolverWithEverySeedOnTheSameNetworkAndData() throws IOException {
        CommandLineRun run = compare("solvers=dladmm,adam", "seeds=3,5", "iterations=4", "adam.rate=0.003",
                "dladmm.iterations=6");
        assertThat(run.exitCode()).as(run.err()).isZero();
        Path result = Path.of(run.lastLine());
        assertThat(result).hasFileName("compare-glyphs-001");
        for (String name : List.of("dladmm-001", "dladmm-002", "adam-001", "adam-002")) {
            JsonNode config = json(result.resolve(name).resolve("config.json"));
            JsonNode summary = json(result.resolve(name).resolve("summary.json"));
            assertThat(config.get("hidden").asText()).isEqualTo("12,9");
            assertThat(summary.get("network").asText()).isEqualTo("784-12-9-10");
            assertThat(summary.get("trainingSamples").asInt()).isEqualTo(120);
            assertThat(summary.get("iterations").asInt()).isEqualTo(name.startsWith("adam") ? 4 : 6);
            assertThat(summary.get("seed").asInt()).isEqualTo(name.endsWith("001") ? 3 : 5);
            assertThat(result.resolve(name).resolve("model/weights.safetensors")).isNotEmptyFile();
        }
        assertThat(json(result.resolve("adam-001/config.json")).get("solver.rate").asText())
                .isEqualTo("0.003");
        JsonNode table = json(result.resolve("comparison.json"));
        assertThat(table.get("metric").asText()).isEqualTo("accuracy");
        JsonNode adam = table.get("solvers").get(1);
        assertThat(adam.get("label").asText()).isEqualTo("adam");
        double first = json(result.resolve("adam-001/summary.json")).get("testAccuracy").asDouble();
        double second = json(result.resolve("adam-002/summary.json")).get("testAccuracy").asDouble();
        assertThat(adam.get("testAccuracy").get("mean").asDouble()).isEqualTo((first + second) / 2);
        assertThat(adam.get("runs")).hasSize(2);
        String markdown = Files.readString(result.resolve("comparison.md"));
        assertThat(markdown).contains("solvers=dladmm,adam", "| adam ", "±", "altmin train solver=adam dataset=glyphs "
                + "iterations=4 hidden=12,9");
        assertThat(run.out()).contains("| dladmm ", "best test");
    }

    @Test
    void theCommandInTheTableMakesTheRunAgain() throws IOException {
        Path result = Path.of(compare("solvers=online-altmin,dladmm", "iterations=2", "seed=4").lastLine());
        for (JsonNode solver : json(result.resolve("comparison.json")).get("solvers")) {
            String[] command = solver.get("command").asText().split(" ");
            CommandLineRun again = altmin(command[1], Arrays.copyOfRange(command, 2, command.length));
            assertThat(again.exitCode()).as(again.err()).isZero();
            assertThat(Path.of(again.lastLine()).resolve("model/weights.safetensors")).hasSameBinaryContentAs(
                    result.resolve(solver.get("label").asText() + "-001/model/weights.safetensors"));
        }
    }

    @Test
    void aSolverThatRefusesIsReportedAndDoesNotStopTheOthers() throws IOException {
        CommandLineRun run = compare("solvers=sigmoid-admm,adam", "iterations=2");
        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.err()).isEmpty();
        Path result = Path.of(run.lastLine());
        assertThat(run.out()).contains("did not run", "needs a twice differentiable and bounded activation");
        assertThat(Files.readString(result.resolve("comparison.md"))).contains("'relu' is not twice differentiable");
        assertThat(json(result.resolve("comparison.json")).get("solvers").get(0).get("runs")).isEmpty();
        assertThat(result.resolve("sigmoid-admm-001")).doesNotExist();
        assertRefused(compare("solvers=sigmoid-admm,bcd-resnet", "iterations=2"), "None of the solvers ran");
    }

    @Test
    void secondsAreTheSameForAllAndSchedulesFollowThem() throws IOException {
        CommandLineRun run = compare("solvers=momentum,online-altmin", "seconds=0.3", "evaluate-every=1000", "--quiet");
        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.out().strip()).isEqualTo(run.lastLine());
        Path result = Path.of(run.lastLine());
        for (String name : List.of("momentum-001", "online-altmin-001")) {
            JsonNode config = json(result.resolve(name).resolve("config.json"));
            assertThat(config.get("seconds").asText()).isEqualTo("0.3");
            assertThat(config.get("iterations").asInt()).isEqualTo(Integer.MAX_VALUE);
            assertThat(config.get("solver.epochs").asInt()).isEqualTo(Integer.MAX_VALUE);
            JsonNode summary = json(result.resolve(name).resolve("summary.json"));
            assertThat(summary.get("ended").asText()).isEqualTo(StopReason.SECONDS.label());
            assertThat(summary.get("seconds").asDouble()).isGreaterThanOrEqualTo(0.3);
        }
    }

    @Test
    void iterationsThatAreGivenEndARunBeforeItsSeconds() throws IOException {
        Path result = Path.of(compare("solvers=momentum,sgd", "seconds=100", "momentum.iterations=3",
                "iterations=2").lastLine());
        assertThat(json(result.resolve("momentum-001/config.json")).get("iterations").asInt()).isEqualTo(3);
        assertThat(json(result.resolve("sgd-001/config.json")).get("solver.epochs").asInt()).isEqualTo(2);
    }

    @Test
    void realValuesAreComparedByTheirError() throws IOException {
        CommandLineRun run = altmin("compare", "solvers=sigmoid-admm,adam", "dataset=square", "train=100", "test=50",
                "hidden=10", "activation=sigmoid", "iterations=3", "threads=1", "trials=2");
        assertThat(run.exitCode()).as(run.err()).isZero();
        JsonNode table = json(Path.of(run.lastLine()).resolve("comparison.json"));
        assertThat(table.get("metric").asText()).isEqualTo("error");
        assertThat(table.get("solvers").get(0).get("testError").get("mean").asDouble()).isPositive();
        assertThat(run.out()).contains("test error");
    }

    @Test
    void runsThatTookPlace() throws IOException {
        Path one = train("solver=adam", "iterations=2");
        Path two = train("solver=adam", "iterations=2", "seed=2");
        Path three = train("solver=adam", "iterations=2", "rate=0.01");
        Path four = train("solver=dladmm", "iterations=2");
        CommandLineRun run = altmin("compare", one.toString(), two.toString(), three.toString(), four.toString());
        assertThat(run.exitCode()).as(run.err()).isZero();
        Path result = Path.of(run.lastLine());
        assertThat(result).hasFileName("compare-glyphs-001");
        JsonNode solvers = json(result.resolve("comparison.json")).get("solvers");
        assertThat(solvers).hasSize(3);
        assertThat(solvers.get(0).get("label").asText()).isEqualTo("adam (rate=paper)");
        assertThat(solvers.get(0).get("runs")).hasSize(2);
        assertThat(solvers.get(1).get("label").asText()).isEqualTo("adam (rate=0.01)");
        assertThat(solvers.get(2).get("label").asText()).isEqualTo("dladmm");
    }

    @Test
    void saysWhatIsToBeKnownOfTheFigures() throws IOException {
        CommandLineRun run = compare("solvers=sgd,adam", "iterations=3", "validation=20", "sgd.rate=1e30");
        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.out()).contains("samples held out from training", "sgd with seed 1 ended early, after 1 "
                + "iteration: the objective is not a finite number.").doesNotContain("adam with seed")
                .contains("     1 iteration  ", "     3 iterations ");
        Path sgd = Path.of(run.lastLine()).resolve("sgd-001");
        assertThat(sgd.resolve("train.log")).content().contains("Ended after 1 iteration: ");
        assertThat(sgd.resolve("report.html")).content().contains(" after 1 iteration and ");
        assertThat(Path.of(run.lastLine()).resolve("adam-001/train.log")).content().contains("altmin compare",
                "Ended after 3 iterations");
    }

    @Test
    void aComparisonStandsForItsRuns() throws IOException {
        Path first = Path.of(compare("solvers=adam,sgd", "iterations=2").lastLine());
        Path other = train("solver=dladmm", "iterations=2");
        CommandLineRun run = altmin("compare", first.toString(), other.toString());
        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(json(Path.of(run.lastLine()).resolve("comparison.json")).get("solvers")).hasSize(3);
    }

    @Test
    void runsThatCannotBeComparedAreRefused() throws IOException {
        Path classes = train("solver=adam", "iterations=1");
        Path more = Path.of(altmin("train", "solver=adam", "iterations=1", "train=120", "test=50", "hidden=5",
                "threads=1").lastLine());
        Path values = Path.of(altmin("train", "solver=adam", "iterations=1", "dataset=square", "hidden=5", "threads=1")
                .lastLine());
        assertRefused(altmin("compare", classes.toString(), values.toString()), "cannot be compared",
                "the dataset is glyphs there and square here");
        assertRefused(altmin("compare", classes.toString(), more.toString()), "cannot be compared",
                "checksum of the test samples");
        assertRefused(altmin("compare", classes.toString(), classes + "/../" + classes.getFileName()), "given twice");
        assertRefused(altmin("compare", classes.toString(), folder.resolve("none").toString()), "none");
        assertRefused(altmin("compare", classes.toString(), folder.toString()), "not the folder of a run");
        assertRefused(altmin("compare", classes.toString(), "solvers=adam"), "not both");
        assertThat(folder.resolve("runs/compare-glyphs-001")).doesNotExist();
    }

    @ParameterizedTest
    @CsvSource({
        "solvers=adam;adm, 'adm', adam",
        "solvers=adam;adam, named twice, run folders",
        "solvers=adam;, solver '', adam",
        "solvers=, needs solvers=, online-altmin",
        "solvers=adam;dlam adam.rho=1, no setting 'rho', list solvers adam",
        "solvers=adam;dlam sgd.rate=1, 'sgd', not in solvers=adam",
        "solvers=adam;dlam adam.hidden=5, must be the same for all, hidden=5",
        "solvers=adam;dlam adam.seed=5, must be the same for all, seed=5",
        "solvers=adam;dlam rho=1, setting of dlam, dlam.rho=",
        "solvers=adam;dlam solver.rho=1, which solver, adam.KEY=VALUE",
        "solvers=adam;dlam speed=1, no setting 'speed', SOLVER.KEY",
        "solvers=adam;dlam seeds=1;1, 'seeds', different",
        "solvers=adam;dlam seeds=one, 'seeds', whole numbers",
        "solvers=adam;dlam trials=0, 'trials', from 1",
        "solvers=adam;dlam trials=2 seeds=1, only one of, seeds and trials",
        "solvers=adam;dlam iterations=0, 'iterations', whole number from 1",
        "solvers=adam;dlam seconds=soon, 'seconds', number",
        "solvers=adam;dlam adam.rate=fast, 'rate', number",
        "solvers=adam dataset=mnits, 'mnits', mnist"})
    void badInputIsOneSentence(String arguments, String found, String remedy) {
        assertRefused(altmin("compare", arguments.replace(';', ',').split(" ")), found, remedy);
        assertThat(folder.resolve("runs")).doesNotExist();
    }

    @Test
    void anUnwritableFolder() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "kept");
        assertRefused(CommandLineRun.of("compare", "solvers=adam", "runs=" + file.resolve("runs"), "iterations=1"),
                "cannot be written");
        assertThat(file).hasContent("kept");
    }

    private static void assertRefused(CommandLineRun run, String... parts) {
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err().strip().lines().toList()).as(run.err()).hasSize(1);
        assertThat(run.err()).startsWith("altmin: ").doesNotContain("Exception").contains(parts);
    }
}

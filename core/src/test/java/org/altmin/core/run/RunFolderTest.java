package org.altmin.core.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.altmin.core.model.HostMemory;
import org.altmin.linalg.AltminException;
import org.altmin.linalg.LinearAlgebra;
import org.altmin.linalg.Precision;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RunFolderTest {

    private static final Scores NO_TEST = new Scores(Scores.Kind.ACCURACY, 0.5, Double.NaN);

    @TempDir
    Path folder;

    @Test
    void everyRunGetsTheNextNumber() throws IOException {
        Path runs = folder.resolve("runs");
        assertThat(created(runs, "mnist")).isEqualTo(runs.resolve("mnist-001"));
        assertThat(created(runs, "mnist")).isEqualTo(runs.resolve("mnist-002"));
        assertThat(created(runs, "mnist-002")).isEqualTo(runs.resolve("mnist-002-001"));
        Files.createDirectory(runs.resolve("mnist-998"));
        Files.writeString(runs.resolve("mnist-999"), "a file is not overwritten either");
        assertThat(created(runs, "mnist")).isEqualTo(runs.resolve("mnist-1000"));
        assertThat(created(runs, "mnist")).isEqualTo(runs.resolve("mnist-1001"));
    }

    @Test
    void concurrentRunsNeverShareAFolder() throws Exception {
        int threads = 8;
        CountDownLatch start = new CountDownLatch(1);
        ExecutorService executor = Executors.newFixedThreadPool(threads);
        List<Future<List<Path>>> futures = new ArrayList<>();
        for (int thread = 0; thread < threads; thread++) {
            Callable<List<Path>> task = () -> {
                List<Path> paths = new ArrayList<>();
                start.await();
                for (int run = 0; run < 10; run++) {
                    paths.add(created(folder, "race"));
                }
                return paths;
            };
            futures.add(executor.submit(task));
        }
        start.countDown();
        List<Path> all = new ArrayList<>();
        for (Future<List<Path>> future : futures) {
            all.addAll(future.get());
        }
        executor.shutdown();
        assertThat(all).hasSize(threads * 10).doesNotHaveDuplicates().contains(folder.resolve("race-080"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a/b", "..", ".hidden", "a b", "ä", "-x"})
    void namesThatAreNoFolderNamesAreRefused(String name) {
        assertThatThrownBy(() -> RunFolder.create(folder, name)).isInstanceOf(AltminException.class)
                .hasMessageContaining("'" + name + "'");
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void aPlaceThatIsNoFolderIsNamed() throws IOException {
        Path file = Files.writeString(folder.resolve("runs"), "x");

        assertThatThrownBy(() -> RunFolder.create(file, "run")).isInstanceOf(AltminException.class)
                .hasMessageContaining("'" + file + "' cannot be written").hasMessageContaining("in the way");
        assertThatThrownBy(() -> RunFolder.create(file.resolve("deeper"), "run")).isInstanceOf(AltminException.class)
                .hasMessageContaining("'" + file.resolve("deeper") + "' cannot be written");
        assertThat(file).hasContent("x");
    }

    @Test
    void aFolderWithoutPermissionIsNamed() {
        Path system = Path.of("/proc");
        assumeThat(system).as("/proc, where nobody may create a folder, is only on Linux").isDirectory();

        assertThatThrownBy(() -> RunFolder.create(system, "run")).isInstanceOf(AltminException.class)
                .hasMessageContaining("'/proc' cannot be written: '/proc/run-001'");
    }

    @Test
    void metricsAreWrittenLineByLineWithNullForWhatIsNotFinite() throws IOException {
        try (RunFolder run = RunFolder.create(folder, "run")) {
            run.appendMetrics(new Metrics(1, 0.25, 1e-7, Double.NaN, NO_TEST, Map.of("dualResidual", 3)));
            Path file = run.path().resolve("metrics.jsonl");
            String first = "{\"iteration\":1,\"seconds\":0.25,\"objective\":1.0E-7,\"primalResidual\":null,"
                    + "\"trainAccuracy\":0.5,\"testAccuracy\":null,\"dualResidual\":3}\n";
            assertThat(Files.readString(file)).isEqualTo(first);
            run.appendMetrics(new Metrics(2, 0.5, Double.POSITIVE_INFINITY, 2,
                    new Scores(Scores.Kind.ERROR, 1e-9, 2e-9), Map.of("iteration", 7)));
            assertThat(Files.readString(file)).isEqualTo(first
                    + "{\"iteration\":2,\"seconds\":0.5,\"objective\":null,\"primalResidual\":2.0,"
                    + "\"trainError\":1.0E-9,\"testError\":2.0E-9}\n");
            assertThat(run.readMetrics()).hasSize(2);
            assertThat(run.readMetrics().get(0)).contains(entry("iteration", 1L), entry("objective", 1e-7),
                    entry("primalResidual", null));
        }
    }

    @Test
    void theSummaryHasTheAgreedFields() throws IOException {
        try (RunFolder run = RunFolder.create(folder, "run")) {
            run.writeSummary(new Summary("dladmm", "openblas", Precision.FLOAT32, 50, 12.5, 0.25,
                    new Scores(Scores.Kind.ACCURACY, 0.94, 0.93), 1.5, 1024, 13, Map.of("stopped", "iterations")));
            assertThat(Files.readString(run.path().resolve("summary.json"))).isEqualTo("""
                    {
                      "solver" : "dladmm",
                      "backend" : "openblas",
                      "precision" : "float32",
                      "iterations" : 50,
                      "seconds" : 12.5,
                      "secondsPerIteration" : 0.25,
                      "trainAccuracy" : 0.94,
                      "testAccuracy" : 0.93,
                      "objective" : 1.5,
                      "peakMemoryBytes" : 1024,
                      "seed" : 13,
                      "stopped" : "iterations"
                    }
                    """);
        }
    }

    @Test
    void configurationAndEnvironmentAndLogAreWritten() throws IOException {
        Map<String, String> config = new LinkedHashMap<>();
        config.put("solver", "dladmm");
        config.put("hidden", "100,100");
        config.put("solver.rho", "1e-6");
        try (RunFolder run = RunFolder.create(folder, "run"); LinearAlgebra la = HostMemory.open(Precision.FLOAT64)) {
            run.writeConfig(config);
            run.writeEnvironment(Environment.current(la, 13));
            run.log("first");
            run.log("zweite Zeile ü");
            assertThat(run.readConfig()).isEqualTo(config);
            assertThat(run.path().resolve("train.log")).hasContent("first\nzweite Zeile ü\n");
            String environment = Files.readString(run.path().resolve("env.json"));
            assertThat(environment).contains(System.getProperty("java.version"), System.getProperty("os.name"),
                    "\"backend\" : \"host-memory\"", "\"precision\" : \"float64\"", "\"seed\" : 13", "\"cpu\"",
                    "\"cores\" : " + Runtime.getRuntime().availableProcessors());
        }
    }

    /** What may stand in the place of the last of five lines. */
    @ParameterizedTest
    @ValueSource(strings = {"{\"iteration\":5,\"seco", "{\"iteration\":5,\"seco\n", "\0\0\0\0\0\0", "\0{\0\0\n", "\n",
        "5\n", "{\"iteration\":\u00fc"})
    void aKilledRunIsTakenUpAtACompleteLine(String last) throws IOException {
        Path path = killed();
        Path file = path.resolve("metrics.jsonl");
        String whole = Files.readString(file);
        String cut = whole.substring(0, whole.indexOf("{\"iteration\":5")) + last;
        Files.writeString(file, cut, StandardCharsets.ISO_8859_1);

        try (RunFolder run = RunFolder.resume(path)) {
            assertThat(run.readMetrics()).hasSize(4);
            assertThat(run.metricsNotice()).hasValueSatisfying(notice -> assertThat(notice).contains("line 5"));
            assertThat(file).hasBinaryContent(cut.getBytes(StandardCharsets.ISO_8859_1));
            run.dropMetricsAfter(2);
            assertThat(run.metricsNotice()).isEmpty();
            run.appendMetrics(new Metrics(3, 3, 1.0 / 3, 0, NO_TEST, Map.of()));
        }
        assertThat(Files.readString(file)).isEqualTo(whole.substring(0, whole.indexOf("{\"iteration\":4")));
    }

    @Test
    void aLastLineThatLacksItsEndAloneIsKept() throws IOException {
        Path path = killed();
        Path file = path.resolve("metrics.jsonl");
        String whole = Files.readString(file);
        Files.writeString(file, whole.stripTrailing());

        try (RunFolder run = RunFolder.resume(path)) {
            assertThat(run.metricsNotice()).isEmpty();
            run.dropMetricsAfter(5);
        }
        assertThat(file).hasContent(whole);
    }

    /** The folder of a run of five iterations. */
    private Path killed() {
        try (RunFolder run = RunFolder.create(folder, "run")) {
            run.writeConfig(Map.of("solver", "dladmm"));
            for (int iteration = 1; iteration <= 5; iteration++) {
                run.appendMetrics(new Metrics(iteration, iteration, 1.0 / iteration, 0, NO_TEST, Map.of()));
            }
            return run.path();
        }
    }

    @Test
    void aDamagedMetricsLineIsNamed() throws IOException {
        try (RunFolder run = RunFolder.create(folder, "run")) {
            Path file = run.path().resolve("metrics.jsonl");
            Files.writeString(file, "{\"iteration\":1}\n{\"iteration\n{\"iteration\":3}\n");
            assertThatThrownBy(run::readMetrics).isInstanceOf(AltminException.class)
                    .hasMessageStartingWith("Line 2 of '" + file + "' is damaged")
                    .hasMessageContaining("remove the line");
            assertThat(run.metricsNotice()).isEmpty();
        }
    }

    @Test
    void aRunThatIsUnderWayIsLeftAlone() throws IOException {
        Path path;
        try (RunFolder run = RunFolder.create(folder, "run")) {
            path = run.path();
            run.writeConfig(Map.of("solver", "dladmm"));
            run.appendMetrics(new Metrics(1, 1, 1, 0, NO_TEST, Map.of()));
            assertThatThrownBy(() -> RunFolder.resume(path)).isInstanceOf(AltminException.class)
                    .hasMessageContaining("'" + path + "' is under way already");
            run.appendMetrics(new Metrics(2, 1, 1, 0, NO_TEST, Map.of()));
            run.log("line");
        }
        try (RunFolder run = RunFolder.resume(path)) {
            assertThat(run.readMetrics()).hasSize(2);
        }
        assertThat(path.resolve("train.log")).hasContent("line\n");
    }

    @Test
    void aRefusalHereLeavesTheRunLockedForOtherProcesses() throws IOException {
        Path path = killed();
        try (RunFolder run = RunFolder.resume(path)) {
            Path same = path.resolve("..").resolve(path.getFileName());
            assertThatThrownBy(() -> RunFolder.resume(same)).isInstanceOf(AltminException.class)
                    .hasMessageContaining("is under way already");
            assertThat(ResumingProcess.resume(run.path())).contains("'" + path + "' is under way already");
        }
        assertThat(ResumingProcess.resume(path)).contains("resumed " + path);
    }

    @Test
    void aRunThatIsRefusedIsNotUnderWay() throws IOException {
        Path path;
        try (RunFolder run = RunFolder.create(folder, "run")) {
            path = run.path();
            run.writeConfig(Map.of("solver", "dladmm"));
        }
        Files.writeString(path.resolve("metrics.jsonl"), "{\"iteration\n{\"iteration\":2}\n");
        assertThatThrownBy(() -> RunFolder.resume(path)).isInstanceOf(AltminException.class)
                .hasMessageStartingWith("Line 1 of");
        Files.writeString(path.resolve("metrics.jsonl"), "{\"iteration\":1}\n");
        try (RunFolder run = RunFolder.resume(path)) {
            assertThat(run.readMetrics()).hasSize(1);
        }
    }

    @Test
    void onlyARunIsResumed() {
        assertThatThrownBy(() -> RunFolder.resume(folder)).isInstanceOf(AltminException.class)
                .hasMessageContaining("'" + folder + "' is not the folder of a run")
                .hasMessageContaining("config.json");
    }

    private static Path created(Path runs, String name) {
        try (RunFolder run = RunFolder.create(runs, name)) {
            return run.path();
        }
    }
}

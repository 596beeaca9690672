package org.altmin.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The launcher as a user runs it: in a process of its own, from the module path. */
class LauncherIT {

    private static final Path ROOT = Path.of(System.getProperty("altmin.root")).toAbsolutePath().normalize();

    @TempDir
    private Path folder;

    @BeforeEach
    void isPackaged() throws IOException {
        assumeTrue(!System.getProperty("os.name").toLowerCase(Locale.ROOT).contains("windows"),
                "the shell script needs a POSIX shell");
        Files.writeString(ROOT.resolve("cli/target/dist/built"), "");
    }

    private record Ended(int exitCode, String out, String err) {
    }

    private Process start(Map<String, String> environment, String... arguments) throws IOException {
        return start(ROOT.resolve("altmin"), environment, arguments);
    }

    private Process start(Path launcher, Map<String, String> environment, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(launcher.toString()));
        command.addAll(Arrays.asList(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile())
                .redirectOutput(out()).redirectError(err());
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().putAll(environment);
        return builder.start();
    }

    private Ended run(Map<String, String> environment, String... arguments) throws Exception {
        Process process = start(environment, arguments);
        assertThat(process.waitFor(300, TimeUnit.SECONDS)).isTrue();
        return ended(process);
    }

    private Ended ended(Process process) throws IOException {
        return new Ended(process.exitValue(), Files.readString(out().toPath()), Files.readString(err().toPath()));
    }

    private File out() {
        return folder.resolve("out").toFile();
    }

    private File err() {
        return folder.resolve("err").toFile();
    }

    @Test
    void trainsFromTheModulePathWithoutWarnings() throws Exception {
        Ended run = run(Map.of(), "train", "train=300", "test=100", "hidden=20", "iterations=3");
        assertThat(run.err()).isEmpty();
        assertThat(run.exitCode()).isZero();
        Path result = folder.resolve(run.out().strip().lines().reduce((first, last) -> last).orElseThrow());
        assertThat(result.resolve("model/weights.safetensors")).isNotEmptyFile();
        assertThat(run("list").out()).contains("dladmm", "adam", "mnist", "sigmoid", "openblas");
        assertThat(run("doctor").err()).isEmpty();
    }

    @Test
    void runsThroughALinkWithoutALocaleOnNamesBeyondAscii() throws Exception {
        Path link = Files.createSymbolicLink(folder.resolve("am"), ROOT.resolve("altmin"));
        Path chained = Files.createSymbolicLink(Files.createDirectory(folder.resolve("bin")).resolve("am"),
                Path.of("..", "am"));
        assertThat(link).exists();
        Process process = start(chained, Map.of("LC_ALL", "C"), "train", "train=100", "test=100", "hidden=5",
                "iterations=1", "runs=mes r\u00e9sultats");
        assertThat(process.waitFor(300, TimeUnit.SECONDS)).isTrue();
        Files.delete(chained);
        Files.delete(link);
        Ended run = ended(process);
        assertThat(run.err()).isEmpty();
        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).contains(
                "Next: " + chained + " evaluate 'mes r\u00e9sultats/online-altmin-glyphs-001'\n");
    }

    @Test
    void findsThirdPartiesJars() throws Exception {
        String path = ExampleJar.build(ROOT, "custom-activation", folder) + File.pathSeparator
                + ExampleJar.build(ROOT, "custom-solver", folder) + File.pathSeparator
                + ExampleJar.build(ROOT, "custom-task", folder);
        Ended run = run(Map.of("ALTMIN_PATH", path), "train", "dataset=two-spirals", "solver=random-features",
                "activation=isru", "hidden=50", "train=300", "test=100");
        assertThat(run.err()).isEmpty();
        assertThat(run.exitCode()).isZero();
        Path result = folder.resolve("runs/random-features-two-spirals-001");
        assertThat(Files.readString(result.resolve("model/model.json"))).contains("isru");
        Ended evaluated = run(Map.of("ALTMIN_PATH", path), "evaluate", result.toString());
        assertThat(evaluated.exitCode()).as(evaluated.err()).isZero();
        Ended without = run(Map.of(), "train", "solver=random-features");
        assertThat(without.exitCode()).isEqualTo(2);
        assertThat(without.err()).contains("There is no solver 'random-features'");
    }

    @Test
    void takesTheJarsOfAFolderAndLeavesWhatIsBesideThem() throws Exception {
        Path target = Files.createDirectories(folder.resolve("target"));
        Path jar = ExampleJar.build(ROOT, "custom-solver", folder);
        Files.copy(jar, target.resolve("custom-solver.jar"));
        Files.copy(jar, target.resolve("custom-solver-sources.jar"));
        Files.createDirectories(target.resolve("classes"));
        Files.copy(jar, target.resolve("classes/module-info.class"));
        Ended run = run(Map.of("ALTMIN_PATH", target.toString()), "list", "solvers");
        assertThat(run.err()).isEmpty();
        assertThat(run.out()).contains("random-features");
        Ended missing = run(Map.of("ALTMIN_PATH", "/no/such.jar"), "list", "solvers");
        assertThat(missing.exitCode()).isEqualTo(2);
        assertThat(missing.err().strip()).isEqualTo("altmin: ALTMIN_PATH names '/no/such.jar', which does not exist.");
    }

    @Test
    void saysInASentenceThatAJarIsDamaged() throws Exception {
        Path jar = Files.writeString(folder.resolve("text.jar"), "no jar");
        Ended run = run(Map.of("ALTMIN_PATH", jar.toString()), "list", "solvers");
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
        assertThat(run.err().strip().lines()).singleElement().asString()
                .startsWith("altmin: '" + jar + "' on ALTMIN_PATH is no jar, or a damaged one");
    }

    @Test
    void saysInASentenceThatAJarOfItsOwnIsDamaged() throws Exception {
        Path launcher = copy();
        Path lib = launcher.resolveSibling("cli/target/dist/lib");
        Files.writeString(lib.resolveSibling("built"), "");
        Ended whole = runCopy(launcher, "list", "solvers");
        assertThat(whole.err()).isEmpty();
        assertThat(whole.exitCode()).isZero();
        Path core;
        try (Stream<Path> jars = Files.list(lib)) {
            core = jars.filter(jar -> jar.getFileName().toString().startsWith("altmin-core-")).findFirst()
                    .orElseThrow();
        }
        byte[] content = Files.readAllBytes(core);
        Files.delete(core);
        Files.write(core, Arrays.copyOf(content, content.length / 2));
        Ended cut = runCopy(launcher, "list", "solvers");
        assertThat(cut.exitCode()).isEqualTo(2);
        assertThat(cut.err().strip().lines()).singleElement().asString().contains(core.getFileName().toString(),
                "damaged", "build it again");
        Files.delete(core);
        Ended missing = runCopy(launcher, "list", "solvers");
        assertThat(missing.exitCode()).isEqualTo(2);
        assertThat(missing.err().strip().lines()).singleElement().asString().contains("altmin is not complete",
                "org.altmin.core");
    }

    @Test
    void saysInASentenceThatAJarOfWhichOnlyServicesAreUsedIsMissing() throws Exception {
        Path launcher = copy();
        Path lib = launcher.resolveSibling("cli/target/dist/lib");
        Path solvers;
        try (Stream<Path> jars = Files.list(lib)) {
            List<Path> all = jars.toList();
            Files.write(lib.resolveSibling("built"), all.stream().map(jar -> jar.getFileName().toString()).toList());
            solvers = all.stream().filter(jar -> jar.getFileName().toString().startsWith("altmin-solvers-bcd-"))
                    .findFirst().orElseThrow();
        }
        assertThat(runCopy(launcher, "list", "solvers").exitCode()).isZero();
        Files.delete(solvers);
        Ended missing = runCopy(launcher, "list", "solvers");
        assertThat(missing.exitCode()).isEqualTo(2);
        assertThat(missing.out()).isEmpty();
        assertThat(missing.err().strip().lines()).singleElement().asString().contains("altmin is not complete",
                solvers.getFileName().toString(), "build it again");
    }

    @Test
    void buildsWithoutCodesForTerminalsAndSaysWhenThatFails() throws Exception {
        Path launcher = Files.copy(ROOT.resolve("altmin"),
                Files.createDirectories(folder.resolve("sources")).resolve("altmin"));
        Path bin = Files.createDirectories(folder.resolve("bin"));
        Path maven = Files.writeString(bin.resolve("mvn"), "#!/bin/sh\necho \"$MAVEN_OPTS\"; exit 1\n");
        assertThat(maven.toFile().setExecutable(true)).isTrue();
        Process process = start(launcher, Map.of("PATH", bin + File.pathSeparator + System.getenv("PATH"),
                "MAVEN_OPTS", "-Xmx1g"), "list");
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        Ended run = ended(process);
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err().lines().skip(1)).containsExactly("-Xmx1g -Djansi.noreset=true",
                "altmin: The build failed; see above.");
    }

    /** A launcher with a distribution of its own, which is yet to be called built. */
    private Path copy() throws IOException {
        Path copy = Files.createDirectories(folder.resolve("altmin-copy"));
        Path target = Files.createDirectories(copy.resolve("cli/target"));
        copyFiles("cli/target/dist/lib", Files.createDirectories(target.resolve("dist/lib")));
        copyFiles("cli/target/classes/org/altmin/cli",
                Files.createDirectories(target.resolve("classes/org/altmin/cli")));
        return Files.copy(ROOT.resolve("altmin"), copy.resolve("altmin"));
    }

    private static void copyFiles(String from, Path to) throws IOException {
        try (Stream<Path> files = Files.list(ROOT.resolve(from))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.copy(file, to.resolve(file.getFileName()));
            }
        }
    }

    private Ended runCopy(Path launcher, String... arguments) throws Exception {
        Process process = start(launcher, Map.of(), arguments);
        assertThat(process.waitFor(300, TimeUnit.SECONDS)).isTrue();
        return ended(process);
    }

    @Test
    void examinesTheGpuBackendOncePackaged() throws Exception {
        assumeTrue(Files.isDirectory(ROOT.resolve("linalg-cuda/target/dist/lib")), "linalg-cuda was not packaged");
        Ended run = run("doctor");
        assertThat(run.err()).isEmpty();
        assertThat(run.exitCode()).isZero();
        List<String> lines = run.out().lines().dropWhile(line -> !line.startsWith("cuda (rank 200)")).limit(3).toList();
        assertThat(lines.get(1)).matches("  (works|not available): .+");
        assertThat(lines.get(2)).matches("  (float32 product|remedy).+");
    }

    private Ended run(String argument) throws Exception {
        return run(Map.of(), argument);
    }

    @Test
    void refusesAnUnknownSolverInOneSentence() throws Exception {
        Ended run = run(Map.of(), "train", "solver=magic");
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err().strip().lines()).singleElement().asString().contains("magic", "dladmm");
    }

    @Test
    void saysThatAJavaIsNone() throws Exception {
        Ended run = run(Map.of("ALTMIN_JAVA", "/bin/false"), "list");
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("ALTMIN_JAVA=/bin/false");
    }

    @Test
    void anInterruptedRunSavesAndIsResumed() throws Exception {
        // What is started in a script's background ignores Ctrl-C, and so do its children.
        String signal = ignoresInterrupts() ? "TERM" : "INT";
        Process process = start(Map.of(), "train", "train=300", "test=100", "hidden=20", "iterations=100000");
        Path metrics = folder.resolve("runs/online-altmin-glyphs-001/metrics.jsonl");
        try {
            while (process.isAlive() && !(Files.exists(metrics) && Files.size(metrics) > 0)) {
                Thread.sleep(20);
            }
            new ProcessBuilder("kill", "-" + signal, String.valueOf(process.pid())).start().waitFor();
            assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
        } finally {
            process.destroyForcibly();
        }
        Ended interrupted = ended(process);
        assertThat(interrupted.exitCode()).isEqualTo(signal.equals("INT") ? 130 : 143);
        assertThat(interrupted.out()).contains("altmin resume");
        Path run = folder.resolve("runs/online-altmin-glyphs-001");
        assertThat(run.resolve("checkpoints/last")).isNotEmptyDirectory();
        int done = lines(metrics);
        Ended resumed = run(Map.of(), "resume", run.toString(), "iterations=" + (done + 5));
        assertThat(resumed.err()).isEmpty();
        assertThat(resumed.exitCode()).isZero();
        assertThat(lines(metrics)).isEqualTo(done + 5);
    }

    /** Whether SIGINT, signal 2, is among the ignored ones of this process, where the system says so. */
    private static boolean ignoresInterrupts() throws IOException {
        Path status = Path.of("/proc/self/status");
        if (!Files.exists(status)) {
            return false;
        }
        String ignored = Files.readAllLines(status).stream().filter(line -> line.startsWith("SigIgn:")).findFirst()
                .orElse("SigIgn: 0").substring("SigIgn:".length()).strip();
        return (Long.parseUnsignedLong(ignored, 16) >> 1 & 1) == 1;
    }

    private static int lines(Path file) throws IOException {
        try (Stream<String> lines = Files.lines(file)) {
            return (int) lines.count();
        }
    }
}

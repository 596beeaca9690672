package org.altmin.linalg.openblas.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.altmin.linalg.openblas.process.JavaProcess.Result;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What can only be seen in a fresh process: a library is loaded once, and for good. */
class OpenBlasProcessTest {

    private static final Predicate<String> NOTHING = entry -> false;
    private static final List<String> NO_OPTIONS = List.of();

    @TempDir
    Path cache;

    @Test
    void worksOnTheClassPath() throws Exception {
        requireProduct(JavaProcess.onClassPath(NOTHING, cache, NO_OPTIONS).await());
    }

    @Test
    void worksOnTheModulePathWithoutAddingThePlatformsModule() throws Exception {
        requireProduct(JavaProcess.onModulePath(NOTHING, cache, NO_OPTIONS).await());
    }

    @Test
    void unpacksOnceWhenProcessesStartTogether() throws Exception {
        JavaProcess first = JavaProcess.onClassPath(NOTHING, cache, NO_OPTIONS);
        JavaProcess second = JavaProcess.onModulePath(NOTHING, cache, NO_OPTIONS);
        requireProduct(first.await());
        requireProduct(second.await());
        assertThat(files(cache)).isNotEmpty().noneMatch(file -> file.endsWith(".part"));
        assertThat(files(cache).stream().filter(file -> file.contains("libopenblas"))).hasSize(1);
    }

    @Test
    void namesTheJarThatIsMissing() throws Exception {
        Predicate<String> platformJar = entry -> entry.contains("org" + File.separator + "bytedeco");
        requireRefusal(JavaProcess.onClassPath(platformJar, cache, NO_OPTIONS).await(), "org.bytedeco:openblas:",
                "neither on the class path nor on the module path", "-Daltmin.openblas.library=");
        requireRefusal(JavaProcess.onModulePath(platformJar, cache, NO_OPTIONS).await(), "org.bytedeco:openblas:",
                "neither on the class path nor on the module path", "-Daltmin.openblas.library=");
        assertThat(files(cache)).isEmpty();
    }

    @Test
    void takesTheLibraryThatIsNamed(@TempDir Path other) throws Exception {
        requireProduct(JavaProcess.onClassPath(NOTHING, other, NO_OPTIONS).await());
        Path library;
        try (Stream<Path> all = Files.walk(other)) {
            library = all.filter(file -> file.getFileName().toString().contains("libopenblas"))
                    .findFirst().orElseThrow();
        }
        List<String> options = List.of("-Daltmin.openblas.library=" + library);
        Result result = JavaProcess.onClassPath(NOTHING, cache, options).await();
        // Where the library needs another that the system lacks, the message must say so.
        if (result.status() == 0) {
            requireProduct(result);
        } else {
            requireRefusal(result, "OpenBLAS cannot be loaded from " + library, "cannot open shared object file");
        }
        assertThat(files(cache)).isEmpty();
    }

    @Test
    void refusesAFileThatIsNoLibrary() throws Exception {
        Path text = Files.writeString(cache.resolve("libopenblas.so.0"), "not a library");
        List<String> options = List.of("-Daltmin.openblas.library=" + text);
        requireRefusal(JavaProcess.onClassPath(NOTHING, cache, options).await(),
                "OpenBLAS cannot be loaded from " + text, "-Daltmin.openblas.library=<file>");
    }

    @Test
    void blamesTheHelperThatCannotUnpackItself() throws Exception {
        Path file = Files.writeString(cache.resolve("file"), "not a folder");
        requireRefusal(JavaProcess.onClassPath(NOTHING, cache, List.of("-Djna.tmpdir=" + file)).await(),
                "JNA, by which altmin calls native libraries, cannot unpack or load its own native half",
                "-Djna.tmpdir=<folder>");
    }

    @Test
    void refusesWhenNetlibMayBeBoundToAnotherLibrary() throws Exception {
        requireRefusal(JavaProcess.onClassPath(NOTHING, cache, NO_OPTIONS, Probe.NETLIB_FIRST).await(),
                "Other code in this process used dev.ludovic.netlib.blas", "open the backend first");
    }

    /** Warnings of the Java machine or of netlib's log would be more lines than the one. */
    private static void requireProduct(Result result) {
        assertThat(result.output()).startsWith("OpenBLAS 0.").contains("float32 [7.0, 10.0, 15.0, 22.0]")
                .hasLineCount(1);
        assertThat(result.status()).isZero();
    }

    private static void requireRefusal(Result result, String... phrases) {
        assertThat(result.output()).contains(phrases);
        assertThat(result.status()).isEqualTo(2);
    }

    private static List<String> files(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(Files::isRegularFile).map(Path::toString).toList();
        }
    }
}

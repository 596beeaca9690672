package org.altmin.linalg.openblas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.altmin.linalg.Backends;
import org.altmin.linalg.openblas.internal.Host;
import org.altmin.linalg.openblas.internal.LibraryLocation;
import org.altmin.linalg.openblas.internal.LibraryLocation.Bundled;
import org.altmin.linalg.spi.Availability;
import org.altmin.linalg.spi.Availability.Available;
import org.altmin.linalg.spi.Availability.Unavailable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OpenBlasProviderTest {

    @TempDir
    Path root;

    @Test
    void isInstalledWithItsRank() {
        assertThat(Backends.installed()).anySatisfy(provider -> {
            assertThat(provider.name()).isEqualTo("openblas");
            assertThat(provider.rank()).isEqualTo(100);
        });
    }

    @ParameterizedTest
    @CsvSource({"Linux, amd64, linux-x86_64", "Linux, aarch64, linux-arm64", "Mac OS X, x86_64, macosx-x86_64",
            "Mac OS X, aarch64, macosx-arm64", "Windows 11, amd64, windows-x86_64"})
    void takesThePlatformsJar(String system, String architecture, String classifier) {
        requireAvailable(new FakeHost(root, system, architecture), classifier);
        Unavailable missing = requireUnavailable(new FakeHost(root, system, architecture).withoutJar());
        assertThat(missing.reason()).contains("jar for " + classifier);
        assertThat(missing.remedy()).contains("org.bytedeco:openblas:" + LibraryLocation.JAR + ":" + classifier);
    }

    @Test
    void namesTheVersionOfTheJarThatItIsBuiltWith() {
        LibraryLocation location = LibraryLocation.find(Host.current());
        assumeThat(location).as("the OpenBLAS of the platform's jar").isInstanceOf(Bundled.class);
        assertThat(((Bundled) location).resource().toString()).contains("/openblas-" + LibraryLocation.JAR + "-");
        assertThat(LibraryLocation.JAR.library()).matches("[0-9.]+");
    }

    @ParameterizedTest
    @CsvSource({"Linux, riscv64", "Windows 11, aarch64", "AIX, ppc64", "SunOS, amd64"})
    void saysThatThereIsNoJarForAPlatform(String system, String architecture) {
        Unavailable missing = requireUnavailable(new FakeHost(root, system, architecture));
        assertThat(missing.reason()).contains(system, architecture);
        assertThat(missing.remedy()).contains("-Daltmin.openblas.library=<file>", "backend=cpu");
    }

    @Test
    void takesANamedLibraryOnAnyPlatform() throws IOException {
        Path library = Files.createFile(root.resolve("libblas.so"));
        requireAvailable(new FakeHost(root, "AIX", "ppc64").property("altmin.openblas.library", library),
                library.toString());
        requireAvailable(new FakeHost(root, "AIX", "ppc64").variable("ALTMIN_OPENBLAS_LIBRARY", library),
                library.toString());
    }

    @Test
    void prefersThePropertyToTheVariable() throws IOException {
        Path one = Files.createFile(root.resolve("one.so"));
        Path other = Files.createFile(root.resolve("other.so"));
        requireAvailable(new FakeHost(root, "Linux", "amd64").property("altmin.openblas.library", one)
                .variable("ALTMIN_OPENBLAS_LIBRARY", other), one.toString());
    }

    @Test
    void saysWhatNamesAFileThatIsNotThere() {
        Path nowhere = root.resolve("nowhere.so");
        Unavailable byProperty = requireUnavailable(
                new FakeHost(root, "Linux", "amd64").property("altmin.openblas.library", nowhere));
        assertThat(byProperty.reason()).contains("system property altmin.openblas.library", nowhere.toString());
        Unavailable byVariable = requireUnavailable(
                new FakeHost(root, "Linux", "amd64").variable("ALTMIN_OPENBLAS_LIBRARY", nowhere));
        assertThat(byVariable.reason()).contains("environment variable ALTMIN_OPENBLAS_LIBRARY", nowhere.toString());
        assertThat(requireUnavailable(new FakeHost(root, "Linux", "amd64").property("altmin.openblas.library", root))
                .reason()).contains("not a file");
    }

    @ParameterizedTest
    @ValueSource(strings = {"lib/x86_64-linux-gnu", "lib64", "lib"})
    void refusesAnOldGlibc(String folder) throws IOException {
        Path library = Files.createFile(Files.createDirectories(root.resolve(folder)).resolve("libc-2.31.so"));
        Files.createSymbolicLink(library.resolveSibling("libc.so.6"), library);
        Unavailable missing = requireUnavailable(new FakeHost(root, "Linux", "amd64"));
        assertThat(missing.reason()).contains("needs glibc 2.34", "has glibc 2.31");
        assertThat(missing.remedy()).contains("-Daltmin.openblas.library=<file>");
    }

    @Test
    void takesANewGlibcWhereverItIs() throws IOException {
        Files.createFile(Files.createDirectories(root.resolve("lib64")).resolve("libc.so.6"));
        Files.createFile(Files.createDirectories(root.resolve("lib")).resolve("ld-musl-x86_64.so.1"));
        requireAvailable(new FakeHost(root, "Linux", "amd64"), "linux-x86_64");
    }

    @ParameterizedTest
    @CsvSource({"amd64, x86_64", "aarch64, aarch64"})
    void refusesMusl(String architecture, String processor) throws IOException {
        Files.createFile(Files.createDirectories(root.resolve("lib")).resolve("ld-musl-" + processor + ".so.1"));
        assertThat(requireUnavailable(new FakeHost(root, "Linux", architecture)).reason()).contains("has musl");
    }

    private static void requireAvailable(FakeHost host, String detail) {
        assertThat(host.provider().availability()).isInstanceOfSatisfying(Available.class,
                available -> assertThat(available.detail()).contains(detail));
    }

    private static Unavailable requireUnavailable(FakeHost host) {
        Availability availability = host.provider().availability();
        assertThat(availability).isInstanceOf(Unavailable.class);
        return (Unavailable) availability;
    }
}

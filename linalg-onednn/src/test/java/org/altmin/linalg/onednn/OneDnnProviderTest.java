package org.altmin.linalg.onednn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.altmin.linalg.AltminException;
import org.altmin.linalg.Backends;
import org.altmin.linalg.LinearAlgebraOptions;
import org.altmin.linalg.Precision;
import org.altmin.linalg.onednn.internal.OneDnnLocation;
import org.altmin.linalg.openblas.internal.Host;
import org.altmin.linalg.openblas.internal.LibraryLocation;
import org.altmin.linalg.spi.Availability;
import org.altmin.linalg.spi.Availability.Available;
import org.altmin.linalg.spi.Availability.Unavailable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OneDnnProviderTest {

    private static final Set<String> BOTH_JARS = Set.of("openblas", "dnnl");

    @TempDir
    Path root;

    private Path libraries;

    @BeforeEach
    void installLibraries() throws IOException {
        libraries = Files.createDirectories(root.resolve("usr/lib/x86_64-linux-gnu"));
        Files.createFile(libraries.resolve("libstdc++.so.6"));
    }

    @Test
    void isInstalledWithItsRank() {
        assertThat(Backends.installed()).anySatisfy(provider -> {
            assertThat(provider.name()).isEqualTo("onednn");
            assertThat(provider.rank()).isEqualTo(110);
        });
    }

    @Test
    void isAvailableWithBothJars() {
        assertThat(provider("Linux", "amd64", BOTH_JARS).availability()).isInstanceOf(Available.class);
    }

    @ParameterizedTest
    @CsvSource({"Linux, aarch64", "Mac OS X, aarch64", "Mac OS X, x86_64", "Windows 11, amd64"})
    void refusesOtherPlatforms(String system, String architecture) {
        Unavailable missing = requireUnavailable(provider(system, architecture, BOTH_JARS));
        assertThat(missing.reason()).contains(system, architecture);
        assertThat(missing.remedy()).contains("backend=openblas");
    }

    @Test
    void namesTheJarThatIsMissing() {
        Unavailable missing = requireUnavailable(provider("Linux", "amd64", Set.of("openblas")));
        assertThat(missing.reason()).contains("oneDNN jar for linux-x86_64");
        assertThat(missing.remedy()).contains("org.bytedeco:dnnl:" + OneDnnLocation.JAR + ":linux-x86_64");
        assertThat(requireUnavailable(provider("Linux", "amd64", Set.of("dnnl"))).reason()).contains("OpenBLAS jar");
    }

    @Test
    void doesNotOpenWithoutItsJar() {
        assumeThat(new OneDnnProvider().availability()).as("oneDNN can be used here").isInstanceOf(Available.class);
        OneDnnProvider provider = new OneDnnProvider(new Host(System::getProperty, System::getenv,
                platform -> platform.project().equals("dnnl") ? Optional.empty() : Host.current().resources().apply(
                        platform), Path.of("/")));
        assertThatThrownBy(() -> provider.open(LinearAlgebraOptions.of(Precision.FLOAT32)))
                .isInstanceOf(AltminException.class)
                .hasMessageContaining("The backend 'onednn' is not available: the oneDNN jar")
                .hasMessageContaining("backend=openblas");
    }

    @Test
    void refusesAnOldGlibc() throws IOException {
        Path library = Files.createFile(Files.createDirectories(root.resolve("lib64")).resolve("libc-2.31.so"));
        Files.createSymbolicLink(library.resolveSibling("libc.so.6"), library);
        assertThat(requireUnavailable(provider("Linux", "amd64", BOTH_JARS)).reason()).contains("glibc 2.31");
    }

    @Test
    void refusesASystemWithoutTheLibraryOfCPlusPlus() throws IOException {
        Files.delete(libraries.resolve("libstdc++.so.6"));
        Unavailable missing = requireUnavailable(provider("Linux", "amd64", BOTH_JARS));
        assertThat(missing.reason()).contains("libstdc++.so.6");
        assertThat(missing.remedy()).contains("libstdc++6", "backend=openblas");
    }

    @ParameterizedTest
    @ValueSource(strings = {"FLOAT32", "FLOAT64"})
    void saysWhoMultiplies(Precision precision) {
        assumeThat(new OneDnnProvider().availability()).as("oneDNN can be used here").isInstanceOf(Available.class);
        try (var la = Backends.open("onednn", LinearAlgebraOptions.of(precision))) {
            assertThat(la.description()).contains("OpenBLAS " + LibraryLocation.JAR.library());
            assertThat(la.description().contains("oneDNN " + OneDnnLocation.JAR.library()))
                    .isEqualTo(precision == Precision.FLOAT32);
        }
    }

    private OneDnnProvider provider(String system, String architecture, Set<String> jars) {
        Map<String, String> properties = Map.of("os.name", system, "os.arch", architecture);
        return new OneDnnProvider(new Host(properties::get, name -> null, platform -> jars.contains(platform.project())
                ? Optional.of(library(platform.library()))
                : Optional.empty(), root));
    }

    private static URL library(String name) {
        try {
            return URI.create("jar:file:///nowhere.jar!/" + name).toURL();
        } catch (MalformedURLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Unavailable requireUnavailable(OneDnnProvider provider) {
        Availability availability = provider.availability();
        assertThat(availability).isInstanceOf(Unavailable.class);
        return (Unavailable) availability;
    }
}

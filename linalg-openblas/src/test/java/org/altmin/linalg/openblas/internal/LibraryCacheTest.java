package org.altmin.linalg.openblas.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import org.altmin.linalg.AltminException;
import org.altmin.linalg.openblas.internal.LibraryLocation.Bundled;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LibraryCacheTest {

    private static final FileTime LONG_AGO = FileTime.fromMillis(1_000_000_000_000L);

    @TempDir
    Path folder;

    private Platform platform;
    private Path cache;

    @BeforeEach
    void choosePlatform() {
        platform = OpenBlasPlatforms.of("Linux", "amd64").orElseThrow();
        cache = folder.resolve("cache");
    }

    @Test
    void unpacksLibraryAndCompanionsIntoOneFolder() throws IOException {
        LibraryFiles files = new LibraryCache(cache).extract(bundled("first"));
        assertThat(files.library()).hasFileName(platform.library()).hasContent("first " + platform.library());
        assertThat(files.before()).extracting(file -> file.getFileName().toString()).isEqualTo(platform.before());
        assertThat(files.beside()).extracting(file -> file.getFileName().toString()).isEqualTo(platform.beside());
        for (Path file : all(files)) {
            assertThat(file).hasContent("first " + file.getFileName()).hasParent(files.library().getParent());
        }
        assertThat(files.library().startsWith(cache)).isTrue();
        requireNoOther(files);
    }

    @Test
    void leavesWhatIsThereAlone() throws IOException {
        Bundled bundled = bundled("first");
        LibraryFiles files = new LibraryCache(cache).extract(bundled);
        for (Path file : all(files)) {
            Files.setLastModifiedTime(file, LONG_AGO);
        }
        assertThat(new LibraryCache(cache).extract(bundled)).isEqualTo(files);
        for (Path file : all(files)) {
            assertThat(Files.getLastModifiedTime(file)).isEqualTo(LONG_AGO);
        }
    }

    @Test
    void mendsDamagedFiles() throws IOException {
        Bundled bundled = bundled("first");
        LibraryFiles files = new LibraryCache(cache).extract(bundled);
        Files.writeString(files.library(), Files.readString(files.library()).replace('f', 'F'));
        Files.writeString(files.before().get(0), "cut");
        Files.delete(files.beside().get(0));
        new LibraryCache(cache).extract(bundled);
        for (Path file : all(files)) {
            assertThat(file).hasContent("first " + file.getFileName());
        }
        requireNoOther(files);
    }

    @Test
    void keepsVersionsApart() throws IOException {
        LibraryFiles first = new LibraryCache(cache).extract(bundled("first"));
        LibraryFiles second = new LibraryCache(cache).extract(bundled("second"));
        assertThat(first.library()).hasContent("first " + platform.library());
        assertThat(second.library()).hasContent("second " + platform.library());
    }

    @Test
    void worksFromAFolderOfResourcesToo() throws IOException {
        Path unpacked = Files.createDirectories(folder.resolve("classes"));
        for (String name : names()) {
            Files.writeString(unpacked.resolve(name), "loose " + name);
        }
        Bundled bundled = new Bundled(platform, unpacked.resolve(platform.library()).toUri().toURL());
        assertThat(new LibraryCache(cache).extract(bundled).library()).hasContent("loose " + platform.library());
    }

    @Test
    void saysWhichFolderCannotBeWritten() throws IOException {
        Files.writeString(cache, "a file");
        Bundled bundled = bundled("first");
        assertThatThrownBy(() -> new LibraryCache(cache).extract(bundled)).isInstanceOf(AltminException.class)
                .hasMessageContaining(cache.toString()).hasMessageContaining("-Daltmin.cache=<folder>");
    }

    @Test
    void isTheNamedFolderOrTheUsersOrHomes() {
        String home = folder.toString();
        assertThat(location(Map.of("altmin.cache", home, "user.home", "/h"), Map.of("XDG_CACHE_HOME", "/x")))
                .isEqualTo(Path.of(home));
        assertThat(location(Map.of("user.home", "/h"), Map.of("XDG_CACHE_HOME", "/x"))).isEqualTo(Path.of("/x/altmin"));
        assertThat(location(Map.of("user.home", "/h"), Map.of("XDG_CACHE_HOME", "x")))
                .isEqualTo(Path.of("/h/.cache/altmin"));
        assertThat(location(Map.of("user.home", "/h"), Map.of())).isEqualTo(Path.of("/h/.cache/altmin"));
    }

    private Path location(Map<String, String> properties, Map<String, String> variables) {
        return LibraryCache.of(new Host(properties::get, variables::get, platform -> null, folder)).folder();
    }

    /** A jar whose libraries hold this word and their names. */
    private Bundled bundled(String word) throws IOException {
        Path jar = folder.resolve(word + ".jar");
        try (OutputStream out = Files.newOutputStream(jar); JarOutputStream entries = new JarOutputStream(out)) {
            for (String name : names()) {
                entries.putNextEntry(new JarEntry(platform.resource(name)));
                entries.write((word + " " + name).getBytes(StandardCharsets.UTF_8));
                entries.closeEntry();
            }
        }
        String library = platform.resource(platform.library());
        return new Bundled(platform, URI.create("jar:" + jar.toUri() + "!/" + library).toURL());
    }

    private List<String> names() {
        return Stream.of(platform.before(), platform.beside(), List.of(platform.library()))
                .flatMap(List::stream).toList();
    }

    private static List<Path> all(LibraryFiles files) {
        List<Path> all = new ArrayList<>(files.before());
        all.addAll(files.beside());
        all.add(files.library());
        return all;
    }

    private static void requireNoOther(LibraryFiles files) throws IOException {
        try (Stream<Path> present = Files.list(files.library().getParent())) {
            assertThat(present).containsExactlyInAnyOrderElementsOf(all(files));
        }
    }
}

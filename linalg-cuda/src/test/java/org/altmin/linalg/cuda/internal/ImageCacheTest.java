package org.altmin.linalg.cuda.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageCacheTest {

    private static final byte[] IMAGE = {1, 2, 3};

    @TempDir
    private Path folder;

    @Test
    void readsWhatItWrote() {
        ImageCache cache = new ImageCache(folder.resolve("new/folder"));
        assertThat(cache.read("key")).isEmpty();
        cache.write("key", IMAGE);
        assertThat(cache.read("key")).hasValueSatisfying(image -> assertThat(image).containsExactly(1, 2, 3));
        assertThat(cache.read("another")).isEmpty();
    }

    @Test
    void ignoresWhatIsNotWhole() throws IOException {
        ImageCache cache = new ImageCache(folder);
        cache.write("key", IMAGE);
        byte[] whole = Files.readAllBytes(folder.resolve("key"));
        Files.write(folder.resolve("key"), Arrays.copyOf(whole, whole.length - 1));
        assertThat(cache.read("key")).isEmpty();
        Files.write(folder.resolve("key"), new byte[0]);
        assertThat(cache.read("key")).isEmpty();
        whole[whole.length - 1]++;
        Files.write(folder.resolve("key"), whole);
        assertThat(cache.read("key")).isEmpty();
    }

    @Test
    void leavesNoPartsBehind() throws IOException {
        new ImageCache(folder).write("key", IMAGE);
        try (var files = Files.list(folder)) {
            assertThat(files).containsExactly(folder.resolve("key"));
        }
    }

    @Test
    void doesWithoutAFolderThatCannotBeWritten() throws IOException {
        Path file = Files.createFile(folder.resolve("file"));
        ImageCache cache = new ImageCache(file);
        cache.write("key", IMAGE);
        assertThat(cache.read("key")).isEmpty();
    }

    @Test
    void keysDependOnSourceOptionsAndCompiler() {
        String key = ImageCache.key("a", List.of("b"), "c");
        assertThat(ImageCache.key("a", List.of("b"), "c")).isEqualTo(key).matches("[0-9a-f]{64}");
        assertThat(ImageCache.key("x", List.of("b"), "c")).isNotEqualTo(key);
        assertThat(ImageCache.key("a", List.of("x"), "c")).isNotEqualTo(key);
        assertThat(ImageCache.key("a", List.of("b"), "x")).isNotEqualTo(key);
    }
}

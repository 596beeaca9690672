package org.altmin.datasets.internal.location;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CacheFolderTest {

    @TempDir
    private Path base;

    @Test
    void followsTheXdgSpecification() {
        assertThat(CacheFolder.of(base.toString(), "home")).isEqualTo(base.resolve("altmin").resolve("datasets"));
    }

    @Test
    void isInTheHomeFolderOtherwise() {
        Path expected = base.resolve(".cache").resolve("altmin").resolve("datasets");
        assertThat(CacheFolder.of(null, base.toString())).isEqualTo(expected);
        assertThat(CacheFolder.of(" ", base.toString())).isEqualTo(expected);
        assertThat(CacheFolder.of("relative", base.toString())).isEqualTo(expected);
    }
}

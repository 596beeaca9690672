package org.altmin.datasets.format;

import static org.altmin.datasets.format.IdxBytes.cut;
import static org.altmin.datasets.format.IdxBytes.gzip;
import static org.altmin.datasets.format.IdxBytes.images;
import static org.altmin.datasets.format.IdxBytes.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.altmin.linalg.AltminException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class IdxFileTest {

    private static final byte[] THREE_IMAGES = images(3, 2, 5, 250);

    @TempDir
    private Path folder;

    @Test
    void readsPlainAndPackedAlike() {
        IdxFile plain = IdxFile.read(write(folder, "images", THREE_IMAGES), 3);
        IdxFile packed = IdxFile.read(write(folder, "images.gz", gzip(THREE_IMAGES)), 3);
        assertThat(plain.dimensions()).containsExactly(3, 2, 5);
        assertThat(plain.count()).isEqualTo(3);
        assertThat(plain.valuesEach()).isEqualTo(10);
        assertThat(plain.values()).isEqualTo(Arrays.copyOfRange(THREE_IMAGES, 16, 46)).isEqualTo(packed.values());
        assertThat(plain.sha256()).isEqualTo(packed.sha256())
                .isEqualTo("b23a0770fa3c0efd45ce131ccce3c60cb4405b28f953fa9d4d51a880d96f8edf");
    }

    static Stream<Arguments> damaged() {
        byte[] longer = Arrays.copyOf(THREE_IMAGES, THREE_IMAGES.length + 1);
        byte[] huge = THREE_IMAGES.clone();
        huge[4] = 0x7f;
        byte[] negative = THREE_IMAGES.clone();
        negative[4] = (byte) 0xff;
        return Stream.of(
                Arguments.of("nothing", new byte[0], "cut off: it ends within its header of 16 bytes"),
                Arguments.of("header cut", cut(THREE_IMAGES, 31), "cut off: it ends within its header"),
                Arguments.of("values cut", cut(THREE_IMAGES, 1), "30 bytes, but there are 29"),
                Arguments.of("values cut, packed", gzip(cut(THREE_IMAGES, 1)), "30 bytes, but there are 29"),
                Arguments.of("gzip cut in the values", cut(gzip(THREE_IMAGES), 20), "cut off"),
                Arguments.of("gzip cut at its end", cut(gzip(THREE_IMAGES), 3), "gzip data ends early"),
                Arguments.of("gzip damaged", damage(gzip(THREE_IMAGES)), "damaged"),
                Arguments.of("longer", longer, "goes on after the 3 x 2 x 5 values"),
                Arguments.of("longer, packed", gzip(longer), "goes on after the 3 x 2 x 5 values"),
                Arguments.of("huge", huge, "more than the file can hold"),
                Arguments.of("negative", negative, "more than the file can hold"),
                Arguments.of("empty", images(0, 2, 5, 0), "is empty: its header says 0 x 2 x 5 values"),
                Arguments.of("labels", IdxBytes.labels(1, 2, 3), "begins with the number 2049 instead of 2051"),
                Arguments.of("text", "hello, world".getBytes(), "not an IDX file of unsigned bytes in 3 dimensions"));
    }

    private static byte[] damage(byte[] packed) {
        byte[] damaged = packed.clone();
        damaged[damaged.length - 8] ^= 1;
        return damaged;
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("damaged")
    void refuses(String kind, byte[] content, String message) {
        Path file = write(folder, "file", content);
        assertThatThrownBy(() -> IdxFile.read(file, 3)).isInstanceOf(AltminException.class)
                .hasMessageContaining(file.toString()).hasMessageContaining(message);
    }

    @Test
    void namesTheMissingFile() {
        Path file = folder.resolve("absent");
        assertThatThrownBy(() -> IdxFile.read(file, 3)).isInstanceOf(AltminException.class)
                .hasMessage("There is no file " + file + ".");
    }
}

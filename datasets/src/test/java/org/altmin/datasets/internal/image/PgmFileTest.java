package org.altmin.datasets.internal.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import org.altmin.datasets.MadeFiles;
import org.altmin.datasets.format.IdxBytes;
import org.altmin.linalg.AltminException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PgmFileTest {

    @TempDir
    private Path folder;

    @Test
    void readsSizeAndPixels() {
        PgmFile image = PgmFile.read(IdxBytes.write(folder, "a.pgm", MadeFiles.pgm(3, 2, 100)));
        assertThat(image.width()).isEqualTo(3);
        assertThat(image.height()).isEqualTo(2);
        assertThat(image.pixels()).containsExactly(100, 103, 106, 109, 112, 115);
    }

    @Test
    void averagesOverCells() {
        PgmFile image = new PgmFile(4, 6, bytes(
                0, 2, 10, 20,
                4, 6, 30, 40,
                8, 10, 50, 60,
                1, 1, 0, 0,
                1, 1, 0, 0,
                1, 1, 0, 252));
        assertThat(image.averaged(2)).containsExactly(new double[] {5, 35, 1, 42}, within(1e-12));
    }

    @Test
    void averagesOverPartsOfPixels() {
        PgmFile image = new PgmFile(3, 3, bytes(9, 0, 0, 0, 0, 0, 0, 0, 90));
        assertThat(image.averaged(2)).containsExactly(new double[] {4, 0, 0, 40}, within(1e-12));
        assertThat(Arrays.stream(new PgmFile(2, 2, bytes(1, 2, 3, 4)).averaged(4)).boxed())
                .containsExactly(1.0, 1.0, 2.0, 2.0, 1.0, 1.0, 2.0, 2.0, 3.0, 3.0, 4.0, 4.0, 3.0, 3.0, 4.0, 4.0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "P2\n1 1\n255\n0", "P5\n1 1\n65535\n00", "P5\n0 1\n255\n", "P5\n1 1", "P5\n1 x\n255\n0",
        "P5\n99999999 99999999\n255\n0", "P5\n1 1\n255\n00"})
    void refusesOtherFiles(String content) {
        Path file = IdxBytes.write(folder, "a.pgm", content.getBytes(StandardCharsets.US_ASCII));
        assertThatThrownBy(() -> PgmFile.read(file)).isInstanceOf(AltminException.class)
                .hasMessageContaining("a.pgm is not a grey image in the binary PGM format");
    }

    private static byte[] bytes(int... values) {
        byte[] bytes = new byte[values.length];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) values[i];
        }
        return bytes;
    }
}

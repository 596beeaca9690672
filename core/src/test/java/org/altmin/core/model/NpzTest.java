package org.altmin.core.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.altmin.linalg.AltminException;
import org.altmin.linalg.Precision;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class NpzTest {

    @TempDir
    Path folder;

    @Test
    void theBytesOfAnArrayAreThoseOfTheFormat() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Npz.write(out, List.of(Tensor.of("W1", List.of(2, 3), 1f, 2f, 3f, 4f, 5f, 6f), Tensor.of("s", List.of(), 7.0)));
        List<byte[]> arrays = new ArrayList<>();
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(out.toByteArray()))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                assertThat(entry.getMethod()).isEqualTo(ZipEntry.STORED);
                assertThat(entry.getTimeLocal()).isEqualTo(LocalDateTime.of(1980, 1, 1, 0, 0));
                arrays.add(zip.readAllBytes());
            }
        }

        String text = "{'descr': '<f4', 'fortran_order': False, 'shape': (2, 3,), }";
        ByteBuffer expected = ByteBuffer.allocate(128 + 24).order(ByteOrder.LITTLE_ENDIAN);
        expected.put(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0}).putShort((short) 118);
        expected.put((text + " ".repeat(117 - text.length()) + "\n").getBytes(StandardCharsets.US_ASCII));
        for (int i = 1; i <= 6; i++) {
            expected.putFloat(i);
        }
        assertThat(arrays.get(0)).isEqualTo(expected.array());
        assertThat(new String(arrays.get(1), 10, 118, StandardCharsets.US_ASCII)).contains("'<f8'", "'shape': ()");
        assertThat(ByteBuffer.wrap(arrays.get(1), 128, 8).order(ByteOrder.LITTLE_ENDIAN).getDouble()).isEqualTo(7);
    }

    @ParameterizedTest
    @EnumSource(Precision.class)
    void aModelsTensorsAndPreprocessingAreInTheArchive(Precision precision) throws IOException {
        Model model = ModelSamples.model(ModelSamples.network(true), precision, 1);
        Path file = folder.resolve("model.npz");
        Npz.write(file, model, false);

        List<String> names = new ArrayList<>();
        byte[] last = {};
        try (ZipInputStream zip = new ZipInputStream(Files.newInputStream(file))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                names.add(entry.getName());
                last = zip.readAllBytes();
            }
        }
        assertThat(names).containsExactly("W1.npy", "b1.npy", "W2.npy", "b2.npy", "W3.npy", "b3.npy", "mean.npy",
                "deviation.npy");
        assertThat(ByteBuffer.wrap(Arrays.copyOfRange(last, 128, 136)).order(ByteOrder.LITTLE_ENDIAN).getDouble())
                .isEqualTo(0.1);
    }

    @Test
    void theSameModelGivesTheSameBytesAndNothingIsOverwritten() {
        Model model = ModelSamples.model(ModelSamples.network(true), Precision.FLOAT32, 1);
        Npz.write(folder.resolve("a.npz"), model, false);
        Npz.write(folder.resolve("b.npz"), model, false);

        assertThat(folder.resolve("a.npz")).hasSameBinaryContentAs(folder.resolve("b.npz"));
        assertThatThrownBy(() -> Npz.write(folder.resolve("a.npz"), model, false)).isInstanceOf(AltminException.class)
                .hasMessageContaining("exists already");
    }
}

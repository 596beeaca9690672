package org.altmin.core.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.altmin.linalg.AltminException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SafetensorsTest {

    @TempDir
    Path folder;

    @Test
    void theBytesAreThoseOfTheFormat() throws IOException {
        byte[] bytes = bytes(List.of(Tensor.of("b", List.of(1), 1.5f), Tensor.of("a", List.of(2, 1), 2f, -0f)),
                Map.of("z", "1", "k", "ü"));

        String header = "{\"__metadata__\":{\"k\":\"ü\",\"z\":\"1\"},"
                + "\"a\":{\"dtype\":\"F32\",\"shape\":[2,1],\"data_offsets\":[0,8]},"
                + "\"b\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[8,12]}}";
        byte[] text = header.getBytes(StandardCharsets.UTF_8);
        int padded = (text.length + 7) / 8 * 8;
        ByteBuffer expected = ByteBuffer.allocate(8 + padded + 12).order(ByteOrder.LITTLE_ENDIAN);
        expected.putLong(padded).put(text).put(" ".repeat(padded - text.length).getBytes(StandardCharsets.UTF_8));
        expected.putFloat(2f).putFloat(-0f).putFloat(1.5f);
        assertThat(bytes).isEqualTo(expected.array());
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void whatIsWrittenIsReadBitForBit(long seed) throws IOException {
        Random random = new Random(seed);
        List<Tensor> tensors = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            List<Integer> shape = random.ints(random.nextInt(4), 0, 40).boxed().toList();
            int size = shape.stream().reduce(1, (a, b) -> a * b);
            tensors.add(random.nextBoolean()
                    ? Tensor.of("t" + i, shape, random.longs(size).mapToDouble(Double::longBitsToDouble).toArray())
                    : Tensor.of("t" + i, shape, singles(random, size)));
        }
        Path file = write(tensors, Map.of("seed", "" + seed));

        try (SafetensorsFile read = SafetensorsFile.open(file)) {
            assertThat(read.metadata()).containsExactly(Map.entry("seed", "" + seed));
            assertThat(read.names()).hasSize(tensors.size());
            for (Tensor tensor : tensors) {
                Tensor found = read.read(tensor.name());
                assertThat(found.info()).isEqualTo(tensor.info());
                for (int i = 0; i < tensor.info().size(); i++) {
                    assertThat(Double.doubleToRawLongBits(found.get(i)))
                            .isEqualTo(Double.doubleToRawLongBits(tensor.get(i)));
                }
            }
        }
    }

    @Test
    void largeTensorsPassThroughSmallBuffersAndCanBeReadInParts() throws IOException {
        float[] values = singles(new Random(1), 200_003);
        Path file = write(List.of(Tensor.of("x", List.of(200_003), values)), Map.of());

        float[] part = new float[100_001];
        try (SafetensorsFile read = SafetensorsFile.open(file)) {
            read.read("x", 99_999, part, part.length);
            assertThatThrownBy(() -> read.read("x", 100_003, part, part.length))
                    .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("100003 to 200004");
        }
        for (int i = 0; i < part.length; i++) {
            assertThat(part[i]).isEqualTo(values[99_999 + i]);
        }
    }

    @Test
    void theOrderOfTheTensorsDoesNotMatter() throws IOException {
        Tensor single = Tensor.of("a", List.of(1), 1f);
        Tensor twofold = Tensor.of("b", List.of(1), 1.0);

        assertThat(bytes(List.of(single, twofold), Map.of())).isEqualTo(bytes(List.of(twofold, single), Map.of()));
    }

    @Test
    void everyTruncationIsRefused() throws IOException {
        byte[] whole = bytes(List.of(Tensor.of("W1", List.of(2, 3), 1f, 2f, 3f, 4f, 5f, 6f),
                Tensor.of("b1", List.of(2), 1.0, 2.0)), Map.of("format", "test"));
        Path file = folder.resolve("cut.safetensors");
        for (int length = 0; length < whole.length; length++) {
            Files.write(file, Arrays.copyOf(whole, length));
            assertThatThrownBy(() -> SafetensorsFile.open(file)).as("cut to %d bytes", length)
                    .isInstanceOf(AltminException.class).hasMessageContaining(file.toString());
        }
    }

    static Stream<Arguments> damagedHeaders() {
        return Stream.of(
                Arguments.of("{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]},"
                        + "\"b\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[4,12]}}", 12, "'b'.*overlap"),
                Arguments.of("{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]},"
                        + "\"b\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[8,12]}}", 12, "'b'.*gaps"),
                Arguments.of("{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}}", 4, "'a'.*only 4"),
                Arguments.of("{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}}", 5, "take 4.*5 follow"),
                Arguments.of("{\"a\":{\"dtype\":\"F32\",\"shape\":[3],\"data_offsets\":[0,8]}}", 8,
                        "'a'.*F32.*\\[3\\]"),
                Arguments.of("{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[-4,0]}}", 0, "'a'.*-4"),
                Arguments.of("{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4,4]}}", 4, "'a'.*3 offsets"),
                Arguments.of("{\"a\":{\"dtype\":\"X9\",\"shape\":[1],\"data_offsets\":[0,4]}}", 4, "'a'.*'X9'"),
                Arguments.of("{\"a\":{\"dtype\":\"F32\",\"shape\":[-1],\"data_offsets\":[0,4]}}", 4,
                        "a.shape\\[0\\].*-1"),
                Arguments.of("{\"a\":{\"dtype\":\"F32\",\"shape\":[2147483647,2147483647,2147483647,4],"
                        + "\"data_offsets\":[0,4]}}", 4, "'a'.*size"),
                Arguments.of("{\"a\":{\"dtype\":\"F32\",\"shape\":[1]}}", 0, "a.data_offsets.*missing"),
                Arguments.of("{\"a\":{\"shape\":[1],\"data_offsets\":[0,4]}}", 4, "a.dtype.*missing"),
                Arguments.of("{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]},"
                        + "\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}}", 4, "Duplicate field 'a'"),
                Arguments.of("[1]", 0, "JSON object"),
                Arguments.of("{\"a\":", 0, "not complete JSON"));
    }

    @ParameterizedTest
    @MethodSource("damagedHeaders")
    void aHeaderThatDoesNotFitIsRefused(String header, int dataBytes, String message) throws IOException {
        Path file = raw(header, dataBytes);

        assertThatThrownBy(() -> SafetensorsFile.open(file)).isInstanceOf(AltminException.class)
                .hasMessageContaining(file.toString()).hasMessageMatching("(?s).*" + message + ".*");
    }

    @ParameterizedTest
    @ValueSource(longs = {-1, 100_000_001, Long.MAX_VALUE, Long.MIN_VALUE})
    void aHeaderThatIsTooLongIsRefused(long length) throws IOException {
        Path file = raw(length, "{}", 0);

        assertThatThrownBy(() -> SafetensorsFile.open(file)).isInstanceOf(AltminException.class)
                .hasMessageContaining(Long.toUnsignedString(length)).hasMessageContaining("100000000");
    }

    @Test
    void everyFlippedBitOfTheHeaderIsRefusedOrHarmless() throws IOException {
        byte[] whole = bytes(List.of(Tensor.of("W1", List.of(2), 1f, 2f)), Map.of());
        Path file = folder.resolve("flipped.safetensors");
        int refused = 0;
        for (int bit = 0; bit < (whole.length - 8) * 8; bit++) {
            byte[] damaged = whole.clone();
            damaged[bit / 8] ^= (byte) (1 << bit % 8);
            Files.write(file, damaged);
            try (SafetensorsFile read = SafetensorsFile.open(file)) {
                read.names().forEach(name -> assertThat(read.read(name).info().size()).isEqualTo(2));
            } catch (AltminException e) {
                assertThat(e).hasMessageContaining(file.toString());
                refused++;
            }
        }
        assertThat(refused).isGreaterThan(whole.length);
    }

    @Test
    void missingTensorsAndOtherTypesAndShapesAreNamed() throws IOException {
        Path file = raw("{\"a\":{\"dtype\":\"I64\",\"shape\":[1],\"data_offsets\":[0,8]}}", 8);
        try (SafetensorsFile read = SafetensorsFile.open(file)) {
            assertThatThrownBy(() -> read.read("W1")).isInstanceOf(AltminException.class)
                    .hasMessageContaining("'W1'").hasMessageContaining(file.toString()).hasMessageContaining("holds a");
            assertThatThrownBy(() -> read.read("a")).isInstanceOf(AltminException.class)
                    .hasMessageContaining("'a'").hasMessageContaining("I64").hasMessageContaining("F32 or F64");
        }
        TensorInfo info = new TensorInfo("W1", TensorType.F32, List.of(2, 3));
        assertThatThrownBy(() -> info.requireShape(file, List.of(3, 2))).isInstanceOf(AltminException.class)
                .hasMessageContaining("'W1'").hasMessageContaining("[2, 3]").hasMessageContaining("[3, 2]");
        assertThatThrownBy(() -> info.requireType(file, TensorType.F64)).isInstanceOf(AltminException.class)
                .hasMessageContaining("'W1'").hasMessageContaining("F32").hasMessageContaining("F64");
    }

    @Test
    void filesThatAreNoneAreNamed() {
        assertThatThrownBy(() -> SafetensorsFile.open(folder.resolve("none"))).isInstanceOf(AltminException.class)
                .hasMessage("There is no file '" + folder.resolve("none") + "'.");
        assertThatThrownBy(() -> SafetensorsFile.open(folder)).isInstanceOf(AltminException.class)
                .hasMessageContaining("is a folder");
    }

    @Test
    void announcedAndWrittenElementsMustAgree() throws IOException {
        TensorInfo info = new TensorInfo("a", TensorType.F32, List.of(2));
        SafetensorsWriter writer = new SafetensorsWriter(new ByteArrayOutputStream(), List.of(info), Map.of());
        writer.write(new float[] {1}, 1);
        assertThatThrownBy(writer::finish).isInstanceOf(IllegalStateException.class).hasMessageContaining("4 bytes");
        assertThatThrownBy(() -> writer.write(new float[] {1, 2}, 2)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> new SafetensorsWriter(new ByteArrayOutputStream(), List.of(info, info), Map.of()))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("'a'");
    }

    private Path write(List<Tensor> tensors, Map<String, String> metadata) throws IOException {
        return Files.write(folder.resolve("x.safetensors"), bytes(tensors, metadata));
    }

    private Path raw(String header, int dataBytes) throws IOException {
        return raw(header.length(), header, dataBytes);
    }

    private Path raw(long headerLength, String header, int dataBytes) throws IOException {
        byte[] text = header.getBytes(StandardCharsets.UTF_8);
        ByteBuffer bytes = ByteBuffer.allocate(8 + text.length + dataBytes).order(ByteOrder.LITTLE_ENDIAN);
        return Files.write(folder.resolve("raw.safetensors"), bytes.putLong(headerLength).put(text).array());
    }

    private static byte[] bytes(List<Tensor> tensors, Map<String, String> metadata) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        SafetensorsWriter.write(out, tensors, metadata);
        return out.toByteArray();
    }

    private static float[] singles(Random random, int size) {
        float[] values = new float[size];
        for (int i = 0; i < size; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return values;
    }
}

package org.altmin.core.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.altmin.core.internal.AtomicFiles;
import org.altmin.core.model.FailingStream;
import org.altmin.core.model.HostMemory;
import org.altmin.core.solver.StateArchive;
import org.altmin.linalg.AltminException;
import org.altmin.linalg.LinearAlgebra;
import org.altmin.linalg.Matrix;
import org.altmin.linalg.Precision;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class CheckpointTest {

    private static final Map<String, String> IDENTITY = Map.of("solver", "dladmm", "network", "3-4-2 (relu)");

    @TempDir
    Path folder;

    private LinearAlgebra la;

    @BeforeEach
    void open() {
        la = HostMemory.open(Precision.FLOAT64);
    }

    @AfterEach
    void close() {
        la.close();
    }

    /** Matrices of odd shapes and numbers that are hard to write. */
    private static final class State {

        private final List<Matrix> matrices;
        private double[] numbers;
        private long[] integers;

        State(LinearAlgebra la, long seed) {
            Random random = new Random(seed);
            matrices = Stream.of(new int[] {3, 4}, new int[] {1, 1}, new int[] {0, 5}, new int[] {5, 0},
                    new int[] {1, 700_001}, new int[] {300_001, 2}, new int[] {7, 100_003})
                    .map(shape -> la.of(shape[0], shape[1],
                            random.doubles((long) shape[0] * shape[1], -1, 1).toArray())).toList();
            numbers = random.longs(5).mapToDouble(Double::longBitsToDouble)
                    .map(value -> Double.isNaN(value) ? 0 : value).toArray();
            integers = random.longs(3).toArray();
        }

        void archive(StateArchive archive) {
            for (int i = 0; i < matrices.size(); i++) {
                archive.matrix("x" + i, matrices.get(i));
            }
            for (int i = 0; i < numbers.length; i++) {
                numbers[i] = archive.number("number" + i, numbers[i]);
            }
            for (int i = 0; i < integers.length; i++) {
                integers[i] = archive.integer("integer" + i, integers[i]);
            }
        }

        void assertSame(State other, LinearAlgebra la) {
            for (int i = 0; i < matrices.size(); i++) {
                assertThat(Arrays.equals(la.toArray(matrices.get(i)), la.toArray(other.matrices.get(i))))
                        .as("matrix %d", i).isTrue();
            }
            assertThat(bits(numbers)).isEqualTo(bits(other.numbers));
            assertThat(integers).isEqualTo(other.integers);
        }

        private static long[] bits(double[] values) {
            return Arrays.stream(values).mapToLong(Double::doubleToRawLongBits).toArray();
        }
    }

    @ParameterizedTest
    @EnumSource(Precision.class)
    void aStateIsRestoredBitForBit(Precision precision) {
        try (LinearAlgebra backend = HostMemory.open(precision)) {
            State saved = new State(backend, 1);
            saved.numbers = new double[] {-0.0, Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY,
                    Double.MIN_VALUE};
            saved.integers = new long[] {Long.MIN_VALUE, Long.MAX_VALUE, -1};
            Checkpoint.save(folder.resolve("last"), IDENTITY, saved::archive);
            State restored = new State(backend, 2);
            Checkpoint.restore(folder.resolve("last"), IDENTITY, restored::archive);

            restored.assertSame(saved, backend);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void numbersSurviveAsDecimals(long seed) {
        double[] numbers = new Random(seed).longs(200).mapToDouble(Double::longBitsToDouble)
                .filter(Double::isFinite).toArray();
        Checkpoint.save(folder, IDENTITY, archive -> numbers(archive, numbers));
        double[] restored = new double[numbers.length];
        Checkpoint.restore(folder, IDENTITY, archive -> numbers(archive, restored));

        for (int i = 0; i < numbers.length; i++) {
            assertThat(Double.doubleToRawLongBits(restored[i])).isEqualTo(Double.doubleToRawLongBits(numbers[i]));
        }
    }

    @Test
    void theSameStateGivesTheSameBytes() throws IOException {
        for (String name : List.of("a", "b")) {
            Checkpoint.save(folder.resolve(name), Map.of("solver", "x"), new State(la, 1)::archive);
        }
        try (Stream<Path> files = Files.list(folder.resolve("a"))) {
            files.forEach(file -> assertThat(file)
                    .hasSameBinaryContentAs(folder.resolve("b").resolve(file.getFileName())));
        }
    }

    @Test
    void aLaterCheckpointTakesThePlaceOfTheOneBefore() {
        for (int save = 1; save <= 3; save++) {
            long value = save;
            Checkpoint.save(folder, IDENTITY, archive -> archive.integer("iteration", value));
            long[] restored = new long[1];
            Checkpoint.restore(folder, IDENTITY, archive -> restored[0] = archive.integer("iteration", 0));
            assertThat(restored[0]).isEqualTo(save);
            assertThat(folder.toFile().list()).containsExactlyInAnyOrder("checkpoint.json",
                    "state-" + save + ".safetensors");
        }
    }

    @Test
    void aFullDiskLeavesTheCheckpointBefore() {
        Matrix matrix = la.of(2, 3, 1, 2, 3, 4, 5, 6);
        Checkpoint.save(folder, IDENTITY, archive -> archive.matrix("x", matrix));
        Matrix later = la.of(2, 3, 7, 8, 9, 10, 11, 12);
        int failures = 0;
        boolean full = true;
        for (long free = 0; full; free += 13) {
            AtomicLong space = new AtomicLong(free);
            AtomicFiles files = new AtomicFiles(out -> new FailingStream(out, space));
            try {
                Checkpoint.save(folder, IDENTITY, archive -> archive.matrix("x", later), files);
                full = false;
            } catch (AltminException e) {
                failures++;
                assertThat(e).hasMessageContaining("No space left on device").hasMessageContaining(folder.toString());
                Matrix restored = la.allocate(2, 3);
                Checkpoint.restore(folder, IDENTITY, archive -> archive.matrix("x", restored));
                assertThat(la.toArray(restored)).containsExactly(1, 2, 3, 4, 5, 6);
            }
        }
        assertThat(failures).isGreaterThan(20);
        Matrix restored = la.allocate(2, 3);
        Checkpoint.restore(folder, IDENTITY, archive -> archive.matrix("x", restored));
        assertThat(la.toArray(restored)).containsExactly(7, 8, 9, 10, 11, 12);
        assertThat(folder.toFile().list()).hasSize(2);
    }

    @Test
    void everyTruncationIsRefusedAndTheStateLeftAlone() throws IOException {
        Matrix matrix = la.of(2, 2, 1, 2, 3, 4);
        Checkpoint.save(folder, IDENTITY, archive -> content(archive, matrix));
        for (String name : List.of("checkpoint.json", "state-1.safetensors")) {
            Path file = folder.resolve(name);
            byte[] whole = Files.readAllBytes(file);
            int end = name.endsWith(".json") ? whole.length - 1 : whole.length;
            for (int length = 0; length < end; length++) {
                Files.write(file, Arrays.copyOf(whole, length));
                assertRefused("cut to " + length, file.toString());
            }
            Files.write(file, whole);
        }
        Files.delete(folder.resolve("state-1.safetensors"));
        assertRefused("deleted", "state-1.safetensors is missing; use another copy");
        Files.delete(folder.resolve("checkpoint.json"));
        assertRefused("none", "no checkpoint");
    }

    @Test
    void everyFlippedBitOfTheMatricesIsRefused() throws IOException {
        Matrix matrix = la.of(2, 2, 1, 2, 3, 4);
        Checkpoint.save(folder, IDENTITY, archive -> content(archive, matrix));
        Path file = folder.resolve("state-1.safetensors");
        byte[] whole = Files.readAllBytes(file);
        for (int bit = 0; bit < whole.length * 8; bit++) {
            byte[] damaged = whole.clone();
            damaged[bit / 8] ^= (byte) (1 << bit % 8);
            Files.write(file, damaged);
            assertRefused("bit " + bit, file.toString());
        }
    }

    @Test
    void anotherRunsCheckpointIsRefusedWithWhatDiffers() {
        Checkpoint.save(folder, IDENTITY, archive -> archive.integer("iteration", 1));

        assertThatThrownBy(() -> Checkpoint.restore(folder,
                Map.of("solver", "bcd3", "network", "3-4-2 (relu)", "setting alpha", "1"),
                archive -> archive.integer("iteration", 0))).isInstanceOf(AltminException.class)
                .hasMessageContaining("solver is dladmm there and bcd3 here")
                .hasMessageContaining("setting alpha is none there and 1 here")
                .hasMessageContaining(folder.toString())
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain("network"));
    }

    @Test
    void whatDoesNotFitTheStateIsNamed() {
        Matrix matrix = la.of(2, 2, 1, 2, 3, 4);
        Checkpoint.save(folder, IDENTITY, archive -> content(archive, matrix));

        assertFails(archive -> archive.matrix("x", la.allocate(4, 1)), "'x.T'.*\\[2, 2\\].*\\[1, 4\\]");
        assertFails(archive -> archive.matrix("y", la.allocate(2, 2)), "no 'y'.*resume with");
        assertFails(archive -> archive.number("sigma", 0), "no 'sigma'");
        assertFails(archive -> archive.integer("iterations", 0), "no 'iterations'");
        assertFails(archive -> {
            archive.matrix("x", la.allocate(2, 2));
            archive.integer("iteration", 0);
        }, "'rho'.*does not have");
        try (LinearAlgebra single = HostMemory.open(Precision.FLOAT32)) {
            assertFails(archive -> archive.matrix("x", single.allocate(2, 2)), "'x.T'.*F64.*F32");
        }
    }

    @Test
    void namesAreUniqueAndStatesNameTheSameTwice() {
        assertThatThrownBy(() -> Checkpoint.save(folder, IDENTITY, archive -> {
            archive.number("x", 1);
            archive.integer("x", 1);
        })).isInstanceOf(IllegalStateException.class).hasMessageContaining("'x'");
        int[] calls = {0};
        assertThatThrownBy(() -> Checkpoint.save(folder, IDENTITY, archive ->
                archive.matrix("x" + calls[0]++, la.allocate(1, 1))))
                .isInstanceOf(IllegalStateException.class).hasMessageContaining("'x1'");
        assertThat(Checkpoint.exists(folder)).isFalse();
    }

    private void assertRefused(String how, String message) {
        Matrix matrix = la.of(2, 2, 9, 9, 9, 9);
        assertThatThrownBy(() -> Checkpoint.restore(folder, IDENTITY, archive -> content(archive, matrix))).as(how)
                .isInstanceOf(AltminException.class).hasMessageContaining(message);
        assertThat(la.toArray(matrix)).containsOnly(9);
    }

    private void assertFails(Consumer<StateArchive> content, String message) {
        assertThatThrownBy(() -> Checkpoint.restore(folder, IDENTITY, content)).isInstanceOf(AltminException.class)
                .hasMessageMatching("(?s).*" + message + ".*").hasMessageContaining(folder.toString());
    }

    private static void content(StateArchive archive, Matrix matrix) {
        archive.matrix("x", matrix);
        archive.number("rho", 1e-6);
        archive.integer("iteration", 12);
    }

    private static void numbers(StateArchive archive, double[] numbers) {
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = archive.number("n" + i, numbers[i]);
        }
    }
}

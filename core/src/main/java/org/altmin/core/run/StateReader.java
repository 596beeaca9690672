package org.altmin.core.run;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.zip.CRC32C;
import org.altmin.core.internal.AtomicFiles;
import org.altmin.core.internal.JsonView;
import org.altmin.core.model.SafetensorsFile;
import org.altmin.core.model.TensorInfo;
import org.altmin.core.solver.StateArchive;
import org.altmin.linalg.AltminException;
import org.altmin.linalg.Matrix;
import org.altmin.linalg.Precision;

/** Overwrites a state with a saved one. */
final class StateReader implements StateArchive, AutoCloseable {

    private static final int BUFFER = 1 << 16;

    private final Path path;
    private final SafetensorsFile file;
    private final Map<String, JsonView> numbers;
    private final Map<String, JsonView> integers;
    private final Set<String> unread = new TreeSet<>();
    private float[] singles = {};
    private double[] doubles = {};

    StateReader(Path path, JsonView json) {
        this.path = path;
        numbers = new HashMap<>(json.object("numbers").members());
        integers = new HashMap<>(json.object("integers").members());
        file = SafetensorsFile.open(path);
        unread.addAll(numbers.keySet());
        unread.addAll(integers.keySet());
        unread.addAll(file.names());
    }

    void requireChecksum(long expected) {
        CRC32C checksum = new CRC32C();
        try (InputStream in = Files.newInputStream(path)) {
            byte[] buffer = new byte[BUFFER];
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                checksum.update(buffer, 0, read);
            }
        } catch (IOException e) {
            throw AtomicFiles.unreadable(path, e);
        }
        if (checksum.getValue() != expected) {
            throw new AltminException("'" + path + "' is damaged: its CRC-32C is " + checksum.getValue() + ", but "
                    + expected + " was written; use another copy of it, or train anew.");
        }
    }

    void requireAllRead() {
        if (!unread.isEmpty()) {
            throw new AltminException("The checkpoint of '" + path + "' holds '" + unread.iterator().next()
                    + "', which the state to be restored does not have; resume with the altmin that saved it.");
        }
    }

    @Override
    public void matrix(String name, Matrix matrix) {
        TensorInfo expected = StateContents.tensor(name, matrix);
        if (!file.names().contains(expected.name())) {
            throw missing(name);
        }
        TensorInfo found = file.info(expected.name());
        found.requireShape(path, expected.shape());
        found.requireType(path, expected.type());
        unread.remove(expected.name());
        try {
            MatrixChunks.forEach(matrix, (columns, first) -> read(expected.name(), columns, first));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public double number(String name, double value) {
        JsonView stored = stored(numbers, name);
        Object plain = stored.plain();
        if (plain instanceof Double number) {
            return number;
        }
        return switch (stored.asText()) {
            case "NaN" -> Double.NaN;
            case "Infinity" -> Double.POSITIVE_INFINITY;
            case "-Infinity" -> Double.NEGATIVE_INFINITY;
            default -> throw stored.invalid("a number");
        };
    }

    @Override
    public long integer(String name, long value) {
        return stored(integers, name).asLong();
    }

    @Override
    public void close() {
        file.close();
    }

    private JsonView stored(Map<String, JsonView> values, String name) {
        JsonView stored = values.get(name);
        if (stored == null) {
            throw missing(name);
        }
        unread.remove(name);
        return stored;
    }

    private AltminException missing(String name) {
        return new AltminException("The checkpoint of '" + path + "' has no '" + name
                + "', which the state to be restored needs; resume with the altmin that saved it.");
    }

    private void read(String name, Matrix columns, long first) {
        int size = Math.toIntExact(columns.size());
        if (columns.owner().precision() == Precision.FLOAT32) {
            singles = singles.length < size ? new float[size] : singles;
            file.read(name, first, singles, size);
            columns.owner().upload(singles, 0, columns);
        } else {
            doubles = doubles.length < size ? new double[size] : doubles;
            file.read(name, first, doubles, size);
            columns.owner().upload(doubles, 0, columns);
        }
    }
}

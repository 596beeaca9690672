package org.altmin.core.run;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.function.Consumer;
import org.altmin.core.model.SafetensorsWriter;
import org.altmin.core.model.TensorInfo;
import org.altmin.core.solver.StateArchive;
import org.altmin.linalg.Matrix;
import org.altmin.linalg.Precision;

/** Writes the matrices of a state whose {@link StateContents} are known. */
final class StateWriter implements StateArchive {

    private final SafetensorsWriter writer;
    private final StateContents contents;
    private int next;
    private float[] singles = {};
    private double[] doubles = {};

    private StateWriter(SafetensorsWriter writer, StateContents contents) {
        this.writer = writer;
        this.contents = contents;
    }

    static void write(OutputStream out, StateContents contents, Consumer<StateArchive> content) throws IOException {
        SafetensorsWriter writer = new SafetensorsWriter(out, contents.tensors(), Map.of());
        try {
            content.accept(new StateWriter(writer, contents));
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        writer.finish();
    }

    @Override
    public void matrix(String name, Matrix matrix) {
        TensorInfo expected = next < contents.tensors().size() ? contents.tensors().get(next) : null;
        next++;
        if (!StateContents.tensor(name, matrix).equals(expected)) {
            throw new IllegalStateException("the state names the matrix '" + name + "' where it named " + expected
                    + " before");
        }
        try {
            MatrixChunks.forEach(matrix, (columns, first) -> write(columns));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public double number(String name, double value) {
        return value;
    }

    @Override
    public long integer(String name, long value) {
        return value;
    }

    private void write(Matrix columns) throws IOException {
        int size = Math.toIntExact(columns.size());
        if (columns.owner().precision() == Precision.FLOAT32) {
            singles = singles.length < size ? new float[size] : singles;
            columns.owner().download(columns, singles, 0);
            writer.write(singles, size);
        } else {
            doubles = doubles.length < size ? new double[size] : doubles;
            columns.owner().download(columns, doubles, 0);
            writer.write(doubles, size);
        }
    }
}

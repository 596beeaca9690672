package org.altmin.core.run;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.altmin.core.model.TensorInfo;
import org.altmin.core.model.TensorType;
import org.altmin.core.solver.StateArchive;
import org.altmin.linalg.Matrix;

/** The names, sizes and numbers of a state. */
final class StateContents implements StateArchive {

    private final Set<String> names = new HashSet<>();
    private final List<TensorInfo> tensors = new ArrayList<>();
    private final Map<String, Double> numbers = new TreeMap<>();
    private final Map<String, Long> integers = new TreeMap<>();

    /** A matrix in the order of its memory: the tensor [columns, rows] named with ".T". */
    static TensorInfo tensor(String name, Matrix matrix) {
        return new TensorInfo(name + ".T", TensorType.of(matrix.owner().precision()),
                List.of(matrix.columns(), matrix.rows()));
    }

    List<TensorInfo> tensors() {
        return tensors;
    }

    Map<String, Long> integers() {
        return integers;
    }

    /** Numbers as JSON can hold them: NaN and ±∞ as texts. */
    Map<String, Object> encodedNumbers() {
        Map<String, Object> encoded = new TreeMap<>();
        numbers.forEach((name, value) -> encoded.put(name, Double.isFinite(value) ? value : String.valueOf(value)));
        return encoded;
    }

    @Override
    public void matrix(String name, Matrix matrix) {
        requireNew(name);
        tensors.add(tensor(name, matrix));
    }

    @Override
    public double number(String name, double value) {
        requireNew(name);
        numbers.put(name, value);
        return value;
    }

    @Override
    public long integer(String name, long value) {
        requireNew(name);
        integers.put(name, value);
        return value;
    }

    private void requireNew(String name) {
        if (!names.add(name)) {
            throw new IllegalStateException("the state has two parts named '" + name + "'");
        }
    }
}

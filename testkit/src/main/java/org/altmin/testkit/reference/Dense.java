package org.altmin.testkit.reference;

import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleSupplier;
import java.util.function.DoubleUnaryOperator;
import org.altmin.linalg.Expr;
import org.altmin.linalg.LinearAlgebra;
import org.altmin.linalg.Matrix;
import org.altmin.linalg.Precision;

/** A small column-major matrix of doubles on the host with the plainest operations, for references in tests. */
public final class Dense {

    private final int rows;
    private final int columns;
    private final double[] values;

    /** @param values column by column; not copied */
    public Dense(int rows, int columns, double... values) {
        if (values.length != rows * columns) {
            throw new IllegalArgumentException(values.length + " values do not fill " + rows + "x" + columns);
        }
        this.rows = rows;
        this.columns = columns;
        this.values = values;
    }

    public static Dense zeros(int rows, int columns) {
        return new Dense(rows, columns, new double[rows * columns]);
    }

    /** Elements drawn one after the other, column by column. */
    public static Dense drawn(int rows, int columns, DoubleSupplier source) {
        Dense result = zeros(rows, columns);
        Arrays.setAll(result.values, i -> source.getAsDouble());
        return result;
    }

    /** The elements of a matrix as they are now. */
    public static Dense of(Matrix matrix) {
        return new Dense(matrix.rows(), matrix.columns(), matrix.owner().toArray(matrix));
    }

    /**
     * An expression over all elements, column by column, each operation in {@code precision}.
     *
     * @param inputs of rows × columns, or broadcast
     */
    public static Dense of(Expr expr, Precision precision, int rows, int columns, double[] parameters,
            List<Dense> inputs) {
        Dense result = zeros(rows, columns);
        for (int j = 0; j < columns; j++) {
            double[][] column = new double[inputs.size()][];
            for (int k = 0; k < column.length; k++) {
                Dense input = inputs.get(k);
                column[k] = input.column(input.columns == 1 ? 0 : j);
            }
            double[] value = ExprInterpreter.evaluate(expr, precision, rows, parameters, column);
            System.arraycopy(value, 0, result.values, j * rows, rows);
        }
        return result;
    }

    public int rows() {
        return rows;
    }

    public int columns() {
        return columns;
    }

    /** The elements column by column; not a copy. */
    public double[] values() {
        return values;
    }

    public double get(int row, int column) {
        return values[column * rows + row];
    }

    public void set(int row, int column, double value) {
        values[column * rows + row] = value;
    }

    public double[] column(int column) {
        return Arrays.copyOfRange(values, column * rows, (column + 1) * rows);
    }

    public Dense columns(int from, int to) {
        return new Dense(rows, to - from, Arrays.copyOfRange(values, from * rows, to * rows));
    }

    /** A matrix of the backend with these elements. */
    public Matrix on(LinearAlgebra la) {
        return la.of(rows, columns, values);
    }

    public Dense transposed() {
        Dense result = zeros(columns, rows);
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
                result.set(j, i, get(i, j));
            }
        }
        return result;
    }

    public Dense times(Dense other) {
        if (columns != other.rows) {
            throw new IllegalArgumentException(this + " cannot be multiplied by " + other);
        }
        Dense result = zeros(rows, other.columns);
        for (int j = 0; j < other.columns; j++) {
            for (int k = 0; k < columns; k++) {
                double factor = other.get(k, j);
                for (int i = 0; i < rows; i++) {
                    result.values[j * rows + i] += values[k * rows + i] * factor;
                }
            }
        }
        return result;
    }

    /** this + factor · other. */
    public Dense plus(double factor, Dense other) {
        if (rows != other.rows || columns != other.columns) {
            throw new IllegalArgumentException(other + " cannot be added to " + this);
        }
        Dense result = zeros(rows, columns);
        Arrays.setAll(result.values, i -> values[i] + factor * other.values[i]);
        return result;
    }

    public Dense map(DoubleUnaryOperator function) {
        return new Dense(rows, columns, Arrays.stream(values).map(function).toArray());
    }

    /** Elements rounded to what a backend of this precision stores. */
    public Dense rounded(Precision precision) {
        return precision == Precision.FLOAT32 ? map(x -> (float) x) : this;
    }

    /** Its shape. */
    @Override
    public String toString() {
        return rows + "x" + columns;
    }
}

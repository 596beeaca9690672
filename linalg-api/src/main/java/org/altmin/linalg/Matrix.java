package org.altmin.linalg;

import org.altmin.linalg.spi.Buffer;

/**
 * A dense column-major matrix that belongs to a {@link LinearAlgebra}. Its elements are changed only through the
 * operations of its owner. Consecutive columns are contiguous, so {@link #columns(int, int)} is a view.
 */
public final class Matrix {

    private final LinearAlgebra owner;
    private final Buffer buffer;
    private final long offset;
    private final int rows;
    private final int columns;
    private final boolean view;

    Matrix(LinearAlgebra owner, Buffer buffer, long offset, int rows, int columns, boolean view) {
        this.owner = owner;
        this.buffer = buffer;
        this.offset = offset;
        this.rows = rows;
        this.columns = columns;
        this.view = view;
    }

    public int rows() {
        return rows;
    }

    public int columns() {
        return columns;
    }

    /** rows × columns. */
    public long size() {
        return (long) rows * columns;
    }

    /** A view of columns {@code from} (inclusive) to {@code to} (exclusive). */
    public Matrix columns(int from, int to) {
        if (from < 0 || to < from || to > columns) {
            throw new IllegalArgumentException(
                    "columns " + from + " to " + to + " do not lie within a " + shape() + " matrix");
        }
        return new Matrix(owner, buffer, offset + (long) from * rows, rows, to - from, true);
    }

    /** "rows x columns", for messages. */
    public String shape() {
        return rows + "x" + columns;
    }

    public LinearAlgebra owner() {
        return owner;
    }

    /** For backends: where the elements are. */
    public Buffer buffer() {
        return buffer;
    }

    /** For backends: the position of the first element in the buffer. */
    public long offset() {
        return offset;
    }

    boolean isView() {
        return view;
    }

    boolean sameShape(Matrix other) {
        return rows == other.rows && columns == other.columns;
    }

    boolean overlaps(Matrix other) {
        return buffer == other.buffer && offset < other.offset + other.size() && other.offset < offset + size();
    }

    boolean coincides(Matrix other) {
        return buffer == other.buffer && offset == other.offset && sameShape(other);
    }

    @Override
    public String toString() {
        return "Matrix " + shape();
    }
}

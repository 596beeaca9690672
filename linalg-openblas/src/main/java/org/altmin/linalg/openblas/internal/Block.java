package org.altmin.linalg.openblas.internal;

import org.altmin.linalg.Matrix;
import org.altmin.linalg.cpu.internal.HeapBuffer;

/**
 * Part of a column-major matrix.
 *
 * @param at index of its first element
 * @param stride from one column to the next
 */
public record Block(HeapBuffer buffer, int at, int stride) {

    static Block of(Matrix matrix) {
        return new Block(HeapBuffer.of(matrix), HeapBuffer.offset(matrix), matrix.rows());
    }

    /** What begins at this row and column of it. */
    public Block from(int row, int column) {
        return new Block(buffer, at + row + column * stride, stride);
    }

    /** What begins at this row and column of its transpose, if {@code transposed}. */
    public Block from(int row, int column, boolean transposed) {
        return transposed ? from(column, row) : from(row, column);
    }
}

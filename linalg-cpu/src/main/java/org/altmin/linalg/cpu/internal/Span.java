package org.altmin.linalg.cpu.internal;

/** Where a chunk of a {@link Grid} lies; each worker has one, so that no place is computed twice. */
final class Span {

    private int firstRow;
    private int firstColumn;
    private int rows;
    private int columns;
    private int firstElement;

    void set(Grid grid, int chunk) {
        firstRow = grid.firstRow(chunk);
        firstColumn = grid.firstColumn(chunk);
        rows = Math.min(grid.chunkRows(), grid.rows() - firstRow);
        columns = Math.min(grid.chunkColumns(), grid.columns() - firstColumn);
        firstElement = firstColumn * grid.rows() + firstRow;
    }

    int firstRow() {
        return firstRow;
    }

    int firstColumn() {
        return firstColumn;
    }

    int rows() {
        return rows;
    }

    int columns() {
        return columns;
    }

    /** Of the first element in the matrix, in column-major order. */
    int firstElement() {
        return firstElement;
    }

    /** How many elements there are. */
    int count() {
        return rows * columns;
    }
}

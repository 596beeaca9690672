package org.altmin.linalg.cpu.internal;

/**
 * How a {@code rows × columns} pass is cut into chunks: into groups of whole columns, or, where a column is longer than
 * a chunk should be, each column into equal segments. Chunks follow one another in column-major order. Within a chunk
 * the order is that of the matrix, or row by row, so that what is done along short columns is done for many at once.
 * The cut depends on the shape alone, so that partial sums, taken by chunks, do not depend on the number of threads.
 */
final class Grid {

    private static final int FEWEST_COLUMNS_BY_ROWS = 32;

    private final int rows;
    private final int columns;
    private final int segments;
    private final int chunkRows;
    private final int chunkColumns;
    private final boolean byRows;

    private Grid(int rows, int columns, int segments, int chunkRows, int chunkColumns, boolean byRows) {
        this.rows = rows;
        this.columns = columns;
        this.segments = segments;
        this.chunkRows = chunkRows;
        this.chunkColumns = chunkColumns;
        this.byRows = byRows;
    }

    /** Chunks of at most {@code width} elements. */
    static Grid of(int rows, int columns, int width) {
        return rows <= width ? wholeColumns(rows, columns, width) : segmented(rows, columns, width);
    }

    /** Chunks of whole columns: of {@code width} elements, or one column if that is longer. */
    static Grid wholeColumns(int rows, int columns, int width) {
        int group = Math.max(1, Math.min(columns, width / Math.max(1, rows)));
        return new Grid(rows, columns, 1, rows, group, false);
    }

    private static Grid segmented(int rows, int columns, int width) {
        int segments = ceilingDivide(rows, width);
        return new Grid(rows, columns, segments, ceilingDivide(rows, segments), 1, false);
    }

    /** This with chunks in row-major order, if columns are short and a chunk has many of them. */
    Grid preferringRows() {
        boolean worthIt = rows > 1 && chunkColumns >= FEWEST_COLUMNS_BY_ROWS;
        return worthIt ? new Grid(rows, columns, segments, chunkRows, chunkColumns, true) : this;
    }

    /** Whether the elements of a chunk are in row-major order. */
    boolean byRows() {
        return byRows;
    }

    int rows() {
        return rows;
    }

    int columns() {
        return columns;
    }

    /** How many chunks share a column; 1 if chunks are whole columns. */
    int segments() {
        return segments;
    }

    /** The most elements a chunk has. */
    int width() {
        return chunkRows * chunkColumns;
    }

    int chunks() {
        if (rows == 0 || columns == 0) {
            return 0;
        }
        return segments == 1 ? ceilingDivide(columns, chunkColumns) : Math.multiplyExact(columns, segments);
    }

    int firstColumn(int chunk) {
        return chunk / segments * chunkColumns;
    }

    int firstRow(int chunk) {
        return chunk % segments * chunkRows;
    }

    /** How many columns a chunk has at most. */
    int chunkColumns() {
        return chunkColumns;
    }

    /** How many rows a chunk has at most. */
    int chunkRows() {
        return chunkRows;
    }

    /** Whether all chunks have one column each. */
    boolean oneColumnEach() {
        return chunkColumns == 1;
    }

    private static int ceilingDivide(int x, int y) {
        return (x - 1) / y + 1;
    }
}

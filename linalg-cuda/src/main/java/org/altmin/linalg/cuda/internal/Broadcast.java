package org.altmin.linalg.cuda.internal;

import org.altmin.linalg.Matrix;

/** How an input spans the elements of a kernel. */
enum Broadcast {
    /** One value for each element. */
    FULL,
    /** One column for all columns. */
    COLUMN,
    /** One row for all rows. */
    ROW,
    /** One value for all elements. */
    SINGLE;

    static Broadcast of(Matrix input, long rows, long columns) {
        boolean allRows = input.rows() == rows;
        boolean allColumns = input.columns() == columns;
        if (allRows && allColumns) {
            return FULL;
        } else if (allRows && rows > 1) {
            return COLUMN;
        }
        return allColumns && columns > 1 ? ROW : SINGLE;
    }

    /** The index of the value for element {@code e} = (i, j). */
    String index() {
        return switch (this) {
            case FULL -> "e";
            case COLUMN -> "i";
            case ROW -> "j";
            case SINGLE -> "0";
        };
    }
}

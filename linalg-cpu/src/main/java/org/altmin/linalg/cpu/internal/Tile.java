package org.altmin.linalg.cpu.internal;

import org.altmin.linalg.Precision;

/**
 * A small matrix in an array of its own that ojAlgo multiplies. Parts of large matrices are copied into it, since
 * ojAlgo's stores are whole arrays.
 */
abstract sealed class Tile permits FloatTile, DoubleTile {

    static Tile of(Precision precision, int rows, int columns) {
        return precision == Precision.FLOAT32 ? new FloatTile(rows, columns) : new DoubleTile(rows, columns);
    }

    /**
     * This ← a part of a column-major matrix, or of its transpose; the rest of this is zero.
     *
     * @param at place of the part's first element
     * @param stride distance of the matrix' columns
     * @param rows rows of the part, after transposition
     * @param columns columns of the part, after transposition
     */
    abstract void load(HeapBuffer source, int at, int stride, boolean transposed, int rows, int columns);

    /** This ← left × right. */
    abstract void multiply(Tile left, Tile right);

    /** A part of a column-major matrix ← α this + β the part, where the part is not read if β is 0. */
    abstract void store(double alpha, double beta, HeapBuffer target, int at, int stride, int rows, int columns);
}

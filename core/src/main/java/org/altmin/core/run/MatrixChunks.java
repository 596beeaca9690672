package org.altmin.core.run;

import java.io.IOException;
import org.altmin.linalg.Matrix;

/** Walks over a matrix in groups of columns that fit a small buffer. */
final class MatrixChunks {

    private static final int ELEMENTS = 1 << 18;

    private MatrixChunks() {
    }

    /** What is done with columns that begin at an element of the matrix. */
    @FunctionalInterface
    interface Action {
        void accept(Matrix columns, long firstElement) throws IOException;
    }

    static void forEach(Matrix matrix, Action action) throws IOException {
        int step = Math.max(1, ELEMENTS / Math.max(1, matrix.rows()));
        for (int from = 0; from < matrix.columns(); from += step) {
            Matrix columns = matrix.columns(from, Math.min(from + step, matrix.columns()));
            if (columns.size() > 0) {
                action.accept(columns, (long) from * matrix.rows());
            }
        }
    }
}

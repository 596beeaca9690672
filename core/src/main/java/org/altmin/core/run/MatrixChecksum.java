package org.altmin.core.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Locale;
import java.util.zip.CRC32C;
import org.altmin.linalg.Matrix;

/** A CRC-32C over the elements of matrices, by which other data are told from the same. */
final class MatrixChecksum {

    private MatrixChecksum() {
    }

    /** Eight hexadecimal digits; equal on every backend that holds the same elements. */
    static String of(Matrix... matrices) {
        CRC32C checksum = new CRC32C();
        try {
            for (Matrix matrix : matrices) {
                MatrixChunks.forEach(matrix, (columns, first) -> update(checksum, columns));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return String.format(Locale.ROOT, "%08x", checksum.getValue());
    }

    private static void update(CRC32C checksum, Matrix columns) {
        double[] elements = columns.owner().toArray(columns);
        ByteBuffer bytes = ByteBuffer.allocate(Math.multiplyExact(elements.length, Double.BYTES));
        bytes.asDoubleBuffer().put(elements);
        checksum.update(bytes);
    }
}

package org.altmin.linalg.openblas.internal;

import dev.ludovic.netlib.blas.NativeBLAS;
import org.altmin.linalg.Matrix;
import org.altmin.linalg.NotPositiveDefiniteException;
import org.altmin.linalg.Precision;
import org.altmin.linalg.cpu.internal.HeapBuffer;
import org.altmin.linalg.cpu.internal.HeapDoubles;
import org.altmin.linalg.cpu.internal.Workers;
import org.altmin.linalg.spi.Factorization;
import org.netlib.util.intW;

/**
 * A + shift·I = R Rᵀ by LAPACK's {@code dpotrf}, R in the lower triangle. Right-hand sides in float are solved in double, a
 * block of them at a time.
 */
final class OpenBlasCholesky implements Factorization {

    private static final int RIGHT_HAND_SIDES = 512;
    private static final double[] NONE = {};

    private final int order;
    private final OpenBlas openBlas;
    private final Workers workers;
    private final double[] factor;
    private double[] block = NONE;

    OpenBlasCholesky(int order, OpenBlas openBlas, Workers workers) {
        this.order = order;
        this.openBlas = openBlas;
        this.workers = workers;
        factor = ((HeapDoubles) HeapBuffer.allocate(Precision.FLOAT64, (long) order * order)).array();
    }

    @Override
    public void factor(Matrix symmetric, double shift) {
        HeapBuffer source = HeapBuffer.of(symmetric);
        int at = HeapBuffer.offset(symmetric);
        workers.run(groups(order), (worker, group) -> {
            for (int j = first(group); j < end(group, order); j++) {
                int diagonal = j + j * order;
                source.read(at + diagonal, factor, diagonal, order - j);
                factor[diagonal] += shift;
            }
        });
        intW info = new intW(0);
        openBlas.run(workers.threads(), () -> openBlas.lapack().dpotrf("L", order, factor, 0, order, info));
        int pivot = info.val > 0 ? info.val - 1 : firstUnusable();
        if (pivot < order) {
            throw new NotPositiveDefiniteException(order, pivot, shift);
        }
    }

    /** OpenBLAS does not stop at a NaN or an infinity. */
    private int firstUnusable() {
        for (int i = 0; i < order; i++) {
            double pivot = factor[i + i * order];
            if (!(pivot > 0) || pivot == Double.POSITIVE_INFINITY) {
                return i;
            }
        }
        return order;
    }

    @Override
    public void solveLeft(Matrix b) {
        int columns = b.columns();
        int at = HeapBuffer.offset(b);
        if (b.buffer() instanceof HeapDoubles doubles) {
            substituteLeft(doubles.array(), at, columns);
            return;
        }
        HeapBuffer buffer = HeapBuffer.of(b);
        double[] x = block(Math.min(columns, RIGHT_HAND_SIDES));
        for (int from = 0; from < columns; from += RIGHT_HAND_SIDES) {
            int width = Math.min(RIGHT_HAND_SIDES, columns - from);
            int start = at + from * order;
            workers.run(groups(width), (worker, group) -> {
                int first = first(group) * order;
                buffer.read(start + first, x, first, end(group, width) * order - first);
            });
            substituteLeft(x, 0, width);
            workers.run(groups(width), (worker, group) -> {
                int first = first(group) * order;
                buffer.write(start + first, x, first, end(group, width) * order - first);
            });
        }
    }

    @Override
    public void solveRight(Matrix b) {
        int rows = b.rows();
        int at = HeapBuffer.offset(b);
        if (b.buffer() instanceof HeapDoubles doubles) {
            substituteRight(doubles.array(), at, rows);
            return;
        }
        HeapBuffer buffer = HeapBuffer.of(b);
        double[] x = block(Math.min(rows, RIGHT_HAND_SIDES));
        for (int from = 0; from < rows; from += RIGHT_HAND_SIDES) {
            int height = Math.min(RIGHT_HAND_SIDES, rows - from);
            int start = at + from;
            workers.run(groups(order), (worker, group) -> {
                for (int j = first(group); j < end(group, order); j++) {
                    buffer.read(start + j * rows, x, j * height, height);
                }
            });
            substituteRight(x, 0, height);
            workers.run(groups(order), (worker, group) -> {
                for (int j = first(group); j < end(group, order); j++) {
                    buffer.write(start + j * rows, x, j * height, height);
                }
            });
        }
    }

    @Override
    public void inverse(Matrix target) {
        int at = HeapBuffer.offset(target);
        if (target.buffer() instanceof HeapDoubles doubles) {
            invert(doubles.array(), at);
            return;
        }
        HeapBuffer buffer = HeapBuffer.of(target);
        double[] x = block(order);
        invert(x, 0);
        workers.run(groups(order), (worker, group) -> {
            int first = first(group) * order;
            buffer.write(at + first, x, first, end(group, order) * order - first);
        });
    }

    @Override
    public void close() {
    }

    /** X ← R⁻ᵀ R⁻¹ X. */
    private void substituteLeft(double[] x, int at, int columns) {
        if (columns > 0) {
            NativeBLAS blas = openBlas.blas();
            openBlas.run(workers.threads(), () -> {
                blas.dtrsm("L", "L", "N", "N", order, columns, 1, factor, 0, order, x, at, order);
                blas.dtrsm("L", "L", "T", "N", order, columns, 1, factor, 0, order, x, at, order);
            });
        }
    }

    /** X ← X R⁻ᵀ R⁻¹. */
    private void substituteRight(double[] x, int at, int rows) {
        if (rows > 0) {
            NativeBLAS blas = openBlas.blas();
            openBlas.run(workers.threads(), () -> {
                blas.dtrsm("R", "L", "T", "N", rows, order, 1, factor, 0, order, x, at, rows);
                blas.dtrsm("R", "L", "N", "N", rows, order, 1, factor, 0, order, x, at, rows);
            });
        }
    }

    private void invert(double[] x, int at) {
        System.arraycopy(factor, 0, x, at, order * order);
        intW info = new intW(0);
        openBlas.run(workers.threads(), () -> openBlas.lapack().dpotri("L", order, x, at, order, info));
        Mirror.lowerToUpper(x, at, order, workers);
    }

    /** Room for so many right-hand sides, kept for the next time. */
    private double[] block(int count) {
        int length = order * Math.max(1, count);
        if (block.length < length) {
            block = new double[length];
        }
        return block;
    }

    private static final int GROUP = 64;

    private static int groups(int columns) {
        return (columns + GROUP - 1) / GROUP;
    }

    private static int first(int group) {
        return group * GROUP;
    }

    private static int end(int group, int columns) {
        return Math.min(columns, first(group) + GROUP);
    }
}

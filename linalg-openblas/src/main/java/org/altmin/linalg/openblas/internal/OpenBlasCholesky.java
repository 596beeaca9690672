package org.altmin.linalg.openblas.internal;

import dev.ludovic.netlib.blas.NativeBLAS;
import org.altmin.linalg.Matrix;
import org.altmin.linalg.NotPositiveDefiniteException;
import org.altmin.linalg.Precision;
import org.altmin.linalg.cpu.internal.HeapBuffer;
import org.altmin.linalg.cpu.internal.HeapDoubles;
import org.altmin.linalg.cpu.internal.Workers;
import org.altmin.linalg.spi.Factorization;

/**
 * A + shift·I = R Rᵀ in double, R in the lower triangle: by halves, A₁₁ = R₁₁ R₁₁ᵀ, R₂₁ = A₂₁ R₁₁⁻ᵀ,
 * A₂₂ − R₂₁ R₂₁ᵀ = R₂₂ R₂₂ᵀ. The workers share the rows of R₂₁ and the columns of A₂₂, and the right-hand sides of a
 * solve.
 */
final class OpenBlasCholesky implements Factorization {

    /** Order from which on a matrix is halved. */
    private static final int LEAF = 32;

    /** Rows, columns or right-hand sides that a worker takes at a time. */
    private static final int GROUP = 64;

    /** Operations below which the workers are not troubled. */
    private static final double LEAST_OPERATIONS = 4e6;

    private final int order;
    private final NativeBLAS blas;
    private final Workers workers;
    private final double[] factor;
    private final double[][] scratch;

    OpenBlasCholesky(int order, NativeBLAS blas, Workers workers) {
        this.order = order;
        this.blas = blas;
        this.workers = workers;
        // One column more than there is: netlib takes a block that ends with the last column to need it.
        factor = ((HeapDoubles) HeapBuffer.allocate(Precision.FLOAT64, order * (order + 1L))).array();
        scratch = new double[workers.threads()][order * GROUP];
    }

    @Override
    public void factor(Matrix symmetric, double shift) {
        HeapBuffer source = HeapBuffer.of(symmetric);
        int at = HeapBuffer.offset(symmetric);
        Split columns = new Split(order, GROUP);
        run(columns, (double) order * order, (worker, from, width) -> {
            for (int j = from; j < from + width; j++) {
                source.read(at + j + j * order, factor, j + j * order, order - j);
                factor[j + j * order] += shift;
            }
        });
        int pivot = decompose(0, order);
        if (pivot < order) {
            throw new NotPositiveDefiniteException(order, pivot, shift);
        }
    }

    @Override
    public void solveLeft(Matrix b) {
        HeapBuffer buffer = HeapBuffer.of(b);
        int at = HeapBuffer.offset(b);
        run(new Split(b.columns(), GROUP), 2.0 * order * b.size(), (worker, from, width) -> {
            double[] x = scratch[worker];
            buffer.read(at + from * order, x, 0, width * order);
            blas.dtrsm("L", "L", "N", "N", order, width, 1, factor, 0, order, x, 0, order);
            blas.dtrsm("L", "L", "T", "N", order, width, 1, factor, 0, order, x, 0, order);
            buffer.write(at + from * order, x, 0, width * order);
        });
    }

    @Override
    public void solveRight(Matrix b) {
        HeapBuffer buffer = HeapBuffer.of(b);
        int at = HeapBuffer.offset(b);
        int rows = b.rows();
        run(new Split(rows, GROUP), 2.0 * order * b.size(), (worker, from, height) -> {
            double[] x = scratch[worker];
            for (int j = 0; j < order; j++) {
                buffer.read(at + from + j * rows, x, j * height, height);
            }
            blas.dtrsm("R", "L", "T", "N", height, order, 1, factor, 0, order, x, 0, height);
            blas.dtrsm("R", "L", "N", "N", height, order, 1, factor, 0, order, x, 0, height);
            for (int j = 0; j < order; j++) {
                buffer.write(at + from + j * rows, x, j * height, height);
            }
        });
    }

    /** Columns of the inverse are computed from the diagonal down; the rest follows by symmetry. */
    @Override
    public void inverse(Matrix target) {
        Block inverse = Block.of(target);
        double operations = 2.0 / 3 * order * order * order;
        run(new Split(order, GROUP), operations, (worker, from, width) -> {
            double[] x = scratch[worker];
            int height = order - from;
            int diagonal = from + from * order;
            for (int j = 0; j < width; j++) {
                for (int i = 0; i < height; i++) {
                    x[i + j * height] = i == j ? 1 : 0;
                }
            }
            blas.dtrsm("L", "L", "N", "N", height, width, 1, factor, diagonal, order, x, 0, height);
            blas.dtrsm("L", "L", "T", "N", height, width, 1, factor, diagonal, order, x, 0, height);
            for (int j = 0; j < width; j++) {
                inverse.buffer().write(inverse.from(from + j, from + j).at(), x, j + j * height, height - j);
            }
        });
        Mirror.complete(inverse, workers);
    }

    @Override
    public void close() {
    }

    @FunctionalInterface
    private interface Task {
        void run(int worker, int from, int count);
    }

    private void run(Split groups, double operations, Task task) {
        Workers.Task each = (worker, group) -> task.run(worker, groups.start(group), groups.length(group));
        if (operations < LEAST_OPERATIONS) {
            Workers.runAlone(groups.parts(), each);
        } else {
            workers.run(groups.parts(), each);
        }
    }

    /**
     * Factors a diagonal block.
     *
     * @return the first pivot that is not positive and finite, or the order
     */
    private int decompose(int from, int end) {
        if (end - from <= LEAF) {
            return decomposeByColumns(from, end);
        }
        int middle = from + ((end - from) / 2 + LEAF - 1) / LEAF * LEAF;
        int pivot = decompose(from, middle);
        if (pivot < order) {
            return pivot;
        }
        divideBelow(from, middle, end);
        subtractBelow(from, middle, end);
        return decompose(middle, end);
    }

    /** R₂₁ ← A₂₁ R₁₁⁻ᵀ, where the blocks meet at {@code middle}. */
    private void divideBelow(int from, int middle, int end) {
        int width = middle - from;
        run(new Split(end - middle, GROUP), (double) (end - middle) * width * width, (worker, row, height) ->
                blas.dtrsm("R", "L", "T", "N", height, width, 1, factor, from + from * order, order, factor,
                        middle + row + from * order, order));
    }

    /** A₂₂ ← A₂₂ − R₂₁ R₂₁ᵀ, on and below the diagonal, where the blocks meet at {@code middle}. */
    private void subtractBelow(int from, int middle, int end) {
        int inner = middle - from;
        double operations = (double) (end - middle) * (end - middle) * inner;
        run(new Split(end - middle, GROUP), operations, (worker, group, width) -> {
            int column = middle + group;
            int left = column + from * order;
            blas.dgemm("N", "T", end - column, width, inner, -1, factor, left, order, factor, left, order, 1, factor,
                    column + column * order, order);
        });
    }

    private int decomposeByColumns(int from, int end) {
        for (int j = from; j < end; j++) {
            int column = j * order;
            double pivot = factor[column + j];
            if (!(pivot > 0) || pivot == Double.POSITIVE_INFINITY) {
                return j;
            }
            double root = Math.sqrt(pivot);
            for (int i = j; i < end; i++) {
                factor[column + i] /= root;
            }
            for (int k = j + 1; k < end; k++) {
                subtract(factor[column + k], column + k, k + k * order, end - k);
            }
        }
        return order;
    }

    private void subtract(double scale, int from, int to, int count) {
        for (int i = 0; i < count; i++) {
            factor[to + i] -= scale * factor[from + i];
        }
    }
}

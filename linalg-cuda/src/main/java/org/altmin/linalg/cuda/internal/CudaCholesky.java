package org.altmin.linalg.cuda.internal;

import jcuda.driver.JCudaDriver;
import org.altmin.linalg.Matrix;
import org.altmin.linalg.NotPositiveDefiniteException;
import org.altmin.linalg.spi.Factorization;

/**
 * A + shift·I = R Rᵀ in double on the device, by block columns: the diagonal block by one block of threads, the rest of
 * the column by a triangular solve, and what is right of it by a product. Only the pivot's index comes to the host.
 */
final class CudaCholesky implements Factorization {

    private static final int WIDTH = 64;

    private final CudaBackend backend;
    private final int order;
    private final long factor;
    private final long pivot;
    private final int[] failed = new int[1];
    private final long factorBytes;

    CudaCholesky(CudaBackend backend, int order) {
        this.backend = backend;
        this.order = order;
        factorBytes = (long) order * order * Double.BYTES;
        factor = backend.memory().allocate(factorBytes);
        pivot = backend.memory().allocate(Integer.BYTES);
    }

    @Override
    public void factor(Matrix symmetric, double shift) {
        CudaContext context = backend.bound();
        if (order == 0) {
            return;
        }
        backend.utilities().widen(order, order, shift, backend.address(symmetric), factor);
        JCudaDriver.cuMemsetD8Async(new Address(pivot), (byte) -1, Integer.BYTES, context.stream());
        for (int first = 0; first < order; first += WIDTH) {
            int width = Math.min(WIDTH, order - first);
            int below = order - first - width;
            backend.utilities().factorBlock(order, first, width, factor, pivot);
            if (below > 0) {
                long column = at(first + width, first);
                backend.products().solveTriangular(true, true, below, width, at(first, first), order, column, order);
                backend.products().syrk(Real.DOUBLE, false, below, width, -1, column, order, 1,
                        at(first + width, first + width), order);
            }
        }
        backend.transfers().download(pivot, failed, 1);
        if (failed[0] >= 0) {
            throw new NotPositiveDefiniteException(order, failed[0], shift);
        }
    }

    @Override
    public void solveLeft(Matrix b) {
        backend.bound();
        inDouble(b, x -> {
            backend.products().solveTriangular(false, false, order, b.columns(), factor, order, x, order);
            backend.products().solveTriangular(false, true, order, b.columns(), factor, order, x, order);
        });
    }

    @Override
    public void solveRight(Matrix b) {
        backend.bound();
        inDouble(b, x -> {
            backend.products().solveTriangular(true, true, b.rows(), order, factor, order, x, b.rows());
            backend.products().solveTriangular(true, false, b.rows(), order, factor, order, x, b.rows());
        });
    }

    /** With Y = R⁻¹, A⁻¹ = Yᵀ Y, which is as symmetric as its mirrored half. */
    @Override
    public void inverse(Matrix target) {
        backend.bound();
        if (order == 0) {
            return;
        }
        long y = backend.memory().allocate(factorBytes);
        long product = backend.memory().allocate(factorBytes);
        backend.utilities().identity(order, y);
        backend.products().solveTriangular(false, false, order, order, factor, order, y, order);
        backend.products().syrk(Real.DOUBLE, true, order, order, 1, y, order, 0, product, order);
        backend.utilities().narrow(target.size(), product, backend.address(target));
        backend.utilities().mirror(order, backend.address(target));
        backend.memory().release(y, factorBytes);
        backend.memory().release(product, factorBytes);
    }

    @Override
    public void close() {
        backend.memory().release(factor, factorBytes);
        backend.memory().release(pivot, Integer.BYTES);
    }

    private interface Solve {
        void run(long x);
    }

    private void inDouble(Matrix b, Solve solve) {
        if (b.size() == 0) {
            return;
        }
        if (backend.element() == Real.DOUBLE) {
            solve.run(backend.address(b));
            return;
        }
        long bytes = b.size() * Double.BYTES;
        long x = backend.memory().allocate(bytes);
        backend.utilities().widen(b.rows(), b.columns(), 0, backend.address(b), x);
        solve.run(x);
        backend.utilities().narrow(b.size(), x, backend.address(b));
        backend.memory().release(x, bytes);
    }

    private long at(int row, int column) {
        return factor + ((long) column * order + row) * Double.BYTES;
    }
}

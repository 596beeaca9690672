package org.altmin.linalg;

import org.altmin.linalg.spi.Factorization;

/**
 * A Cholesky factorisation A + shift·I = R Rᵀ of symmetric positive definite matrices of one order, computed in double
 * on every backend, with its workspace allocated once. {@link #factor} may be called again and again.
 */
public final class Cholesky implements AutoCloseable {

    private final LinearAlgebra owner;
    private final Factorization factorization;
    private final int order;
    private boolean factored;
    private boolean closed;

    Cholesky(LinearAlgebra owner, Factorization factorization, int order) {
        this.owner = owner;
        this.factorization = factorization;
        this.order = order;
    }

    public int order() {
        return order;
    }

    /**
     * Factors A + shift·I; A is not changed, and only one of its triangles is read.
     *
     * @throws NotPositiveDefiniteException if a pivot is not positive
     */
    public void factor(Matrix a, double shift) {
        requireUsable(a);
        requireShape(a, a.rows() == order && a.columns() == order, order + "x" + order);
        factored = false;
        factorization.factor(a, shift);
        factored = true;
    }

    /** B ← (A + shift·I)⁻¹ B, for B with as many rows as the order. */
    public void solveLeft(Matrix b) {
        requireFactored(b);
        requireShape(b, b.rows() == order, order + " rows");
        factorization.solveLeft(b);
    }

    /** B ← B (A + shift·I)⁻¹, for B with as many columns as the order. */
    public void solveRight(Matrix b) {
        requireFactored(b);
        requireShape(b, b.columns() == order, order + " columns");
        factorization.solveRight(b);
    }

    /** target ← (A + shift·I)⁻¹. With many right-hand sides a product with it is faster than {@link #solveLeft}. */
    public void inverse(Matrix target) {
        requireFactored(target);
        requireShape(target, target.rows() == order && target.columns() == order, order + "x" + order);
        factorization.inverse(target);
    }

    @Override
    public void close() {
        closed = true;
        owner.close(factorization, order);
    }

    private void requireUsable(Matrix matrix) {
        owner.requireOwned(matrix);
        if (closed) {
            throw new IllegalStateException("this Cholesky factorisation is closed");
        }
    }

    private void requireFactored(Matrix b) {
        requireUsable(b);
        if (!factored) {
            throw new IllegalStateException("factor(...) has not been called, or it failed");
        }
    }

    private static void requireShape(Matrix matrix, boolean fits, String wanted) {
        if (!fits) {
            throw new IllegalArgumentException("a Cholesky solve needs " + wanted + ", but the matrix is "
                    + matrix.shape());
        }
    }
}

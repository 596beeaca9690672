package org.altmin.linalg.spi;

import org.altmin.linalg.Matrix;

/** A backend's reusable Cholesky factorisation; see {@link org.altmin.linalg.Cholesky}. */
public interface Factorization extends AutoCloseable {

    /** @throws org.altmin.linalg.NotPositiveDefiniteException if a pivot is not positive */
    void factor(Matrix symmetric, double shift);

    /** B ← A⁻¹ B. */
    void solveLeft(Matrix b);

    /** B ← B A⁻¹. */
    void solveRight(Matrix b);

    /** target ← A⁻¹, both triangles. */
    void inverse(Matrix target);

    @Override
    void close();
}

package org.altmin.core.step;

import org.altmin.linalg.Cholesky;
import org.altmin.linalg.LinearAlgebra;
import org.altmin.linalg.Matrix;

/**
 * The damped inverse of the one of the two Gram matrices of W (k × m) that makes (Wᵀ W + c I)⁻¹ g cheaper for an m × n
 * matrix g: for 2k ≥ m that is (Wᵀ W + c I)⁻¹ itself, in 2m²n operations. With fewer rows it is (W Wᵀ + c I)⁻¹, by
 * <pre>  (Wᵀ W + c I)⁻¹ = (I − Wᵀ (W Wᵀ + c I)⁻¹ W)/c,</pre>
 * in 4kmn operations and what the smaller inverse takes.
 */
public final class GramInverse {

    private final LinearAlgebra la;
    private final boolean ofRows;
    private final Matrix gram;
    private final Matrix inverse;
    private final Cholesky cholesky;

    /**
     * @param outputs k, rows of W
     * @param inputs m, columns of W
     */
    public GramInverse(LinearAlgebra la, int outputs, int inputs) {
        this.la = la;
        ofRows = 2 * outputs < inputs;
        int order = ofRows ? outputs : inputs;
        gram = la.allocate(order, order);
        inverse = la.allocate(order, order);
        cholesky = la.cholesky(order);
    }

    /** Whether the Gram matrix is W Wᵀ, and not Wᵀ W. */
    public boolean isOfRows() {
        return ofRows;
    }

    /** k or m. */
    public int order() {
        return gram.rows();
    }

    /**
     * Inverts.
     *
     * @return of {@link #order}; kept until the next call
     * @throws org.altmin.linalg.NotPositiveDefiniteException if c is lost in the rounding of the Gram matrix
     */
    public Matrix of(Matrix weight, double c) {
        la.syrk(1, weight, !ofRows, 0, gram);
        cholesky.factor(gram, c);
        cholesky.inverse(inverse);
        return inverse;
    }
}

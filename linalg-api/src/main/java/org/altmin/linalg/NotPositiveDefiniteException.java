package org.altmin.linalg;

/** A Cholesky factorisation met a pivot that is not positive. */
public final class NotPositiveDefiniteException extends AltminException {

    private static final long serialVersionUID = 1L;

    /**
     * @param order order of the matrix
     * @param pivot zero-based index of the first pivot that is not positive
     * @param shift what had been added to the diagonal
     */
    public NotPositiveDefiniteException(int order, int pivot, double shift) {
        super(Double.isFinite(shift)
                ? "A " + order + "x" + order + " matrix is not positive definite: pivot " + pivot
                        + " is not positive with " + shift + " added to the diagonal; add more damping."
                : "The entries of a " + order + "x" + order + " matrix are too large for their precision; use inputs "
                        + "of a smaller scale, or a higher precision.");
    }
}

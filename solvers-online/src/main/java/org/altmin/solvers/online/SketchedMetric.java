package org.altmin.solvers.online;

import org.altmin.core.solver.StateArchive;
import org.altmin.linalg.Cholesky;
import org.altmin.linalg.LinearAlgebra;
import org.altmin.linalg.Matrix;
import org.altmin.linalg.RandomStream;

/**
 * The covariance as its sketch Y = G Ω shows it, where Ω, n × r, is Gaussian and fixed: by Nyström's approximation and
 * the Woodbury identity
 * <pre>
 *   G ≈ Y (ΩᵀY)⁻¹ Yᵀ,   P = (I − V Yᵀ)/α,   V = Y (α ΩᵀY + YᵀY)⁻¹.
 * </pre>
 * G itself is never formed, and a product with a batch takes 4nrB operations. The approximation is below G, and what
 * it lacks is small beside α once r passes the number of eigenvalues of G that are not: α = λ trace(G)/n leaves at
 * most n/λ above it. See Halko, Martinsson, Tropp 2011, "Finding structure with randomness", section 5.5, and Tropp,
 * Yurtsever, Udell, Cevher 2017, "Fixed-rank approximation of a positive-semidefinite matrix from streaming data".
 */
final class SketchedMetric implements InputMetric {

    /** What is added to the diagonal of α ΩᵀY + YᵀY, relative to its trace, against rounding in float32. */
    static final double SHIFT = 1e-6;

    private final LinearAlgebra la;
    private final Matrix test;
    private final Matrix sketch;
    private final Matrix basis;
    private final Matrix solved;
    private final Matrix core;
    private final Matrix coordinates;
    private final Matrix moveCoordinates;
    private final Cholesky cholesky;
    private double alpha;

    /**
     * @param rank r
     * @param outputs k, or 0 if there is no product with a k × n matrix
     */
    SketchedMetric(LinearAlgebra la, int inputs, int rank, int outputs, int batch, RandomStream random) {
        this.la = la;
        test = la.allocate(inputs, rank);
        random.fillGaussian(test, 0, 1);
        sketch = la.allocate(inputs, rank);
        basis = la.allocate(inputs, rank);
        solved = la.allocate(inputs, rank);
        core = la.allocate(rank, rank);
        coordinates = la.allocate(rank, batch);
        moveCoordinates = la.allocate(outputs, rank);
        cholesky = la.cholesky(rank);
    }

    @Override
    public void accumulate(Matrix centred, double keep) {
        Matrix projected = coordinates.columns(0, centred.columns());
        la.gemm(1, test, true, centred, false, 0, projected);
        la.gemm((1 - keep) / centred.columns(), centred, false, projected, true, keep, sketch);
    }

    @Override
    public void refresh(double alpha) {
        this.alpha = alpha;
        la.gemm(alpha, test, true, sketch, false, 0, core);
        la.syrk(1, sketch, true, 1, core);
        double trace = la.trace(core);
        cholesky.factor(core, trace > 0 ? SHIFT * trace : 1);
        la.copy(sketch, basis);
        la.copy(sketch, solved);
        cholesky.solveRight(solved);
    }

    @Override
    public Matrix timesInputs(double scale, Matrix centred) {
        Matrix projected = coordinates.columns(0, centred.columns());
        la.gemm(1, basis, true, centred, false, 0, projected);
        la.gemm(-scale / alpha, solved, false, projected, false, scale / alpha, centred);
        return centred;
    }

    @Override
    public Matrix timesMove(double scale, Matrix move) {
        la.gemm(1, move, false, solved, false, 0, moveCoordinates);
        la.gemm(-scale / alpha, moveCoordinates, false, basis, true, scale / alpha, move);
        return move;
    }

    @Override
    public void archive(StateArchive archive, int layer) {
        archive.matrix("sketch" + layer, sketch);
        archive.matrix("basis" + layer, basis);
        archive.matrix("solved" + layer, solved);
        alpha = archive.number("sketchAlpha" + layer, alpha);
    }
}

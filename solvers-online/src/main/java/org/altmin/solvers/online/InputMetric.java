package org.altmin.solvers.online;

import org.altmin.core.solver.StateArchive;
import org.altmin.linalg.Matrix;

/** The running covariance G of a layer's inputs, n × n, and products with P = (G + αI)⁻¹ as of the last refresh. */
interface InputMetric {

    /** G ← keep·G + (1 − keep) C Cᵀ/B, where C, n × B, holds a batch about its mean. */
    void accumulate(Matrix centred, double keep);

    /** Takes over G as it is now. */
    void refresh(double alpha);

    /** scale·P C, n × B; {@code centred} may be overwritten. */
    Matrix timesInputs(double scale, Matrix centred);

    /** scale·K P, k × n; {@code move}, K, may be overwritten. */
    Matrix timesMove(double scale, Matrix move);

    void archive(StateArchive archive, int layer);
}

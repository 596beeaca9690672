package org.altmin.core.solver;

import org.altmin.core.network.Weights;

/** The variables of a solver between two steps. */
public interface SolverState {

    /** The network as it is now; the solver's own matrices, to be read only. */
    Weights weights();

    /**
     * Names everything that the next step depends on. The same method saves and restores: the archive either stores
     * what it is shown or overwrites it, and a solver restored so continues bit-identically.
     */
    void archive(StateArchive archive);
}

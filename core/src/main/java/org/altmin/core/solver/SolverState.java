package org.altmin.core.solver;

import java.util.function.DoubleSupplier;
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

    /**
     * Told before the first step if the run's seconds are bounded, so that a schedule that ends with the run keeps pace
     * with them. Results then depend on the speed of the machine.
     *
     * @param spent the part of the seconds that has gone by when it is asked: from 0, and 1 or more at the end
     */
    default void limit(DoubleSupplier spent) {
    }
}

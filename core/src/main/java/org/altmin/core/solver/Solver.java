package org.altmin.core.solver;

import org.altmin.core.network.Problem;

/**
 * An algorithm with its settings: immutable, a stepper over an explicit state. Stopping, evaluation, logging and
 * checkpoints are not its business; see {@code Trainer}.
 *
 * @param <S> the solver's state
 */
public interface Solver<S extends SolverState> {

    /**
     * Checks that the problem composes with this solver and {@linkplain Problem#requireMemory fits into memory},
     * allocates state and workspace once and for all, and starts from {@link Problem#initial()}.
     *
     * @throws org.altmin.linalg.AltminException if the problem does not compose: which trait is missing, and which
     *     operators have it; or if it does not fit
     */
    S initialise(Problem problem);

    /** One iteration: a sweep over all blocks, or an epoch of a mini-batch solver. */
    StepReport step(S state);
}

package org.altmin.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.util.function.Function;
import org.altmin.core.network.Problem;
import org.altmin.core.solver.Solver;
import org.altmin.core.solver.SolverState;
import org.altmin.linalg.AltminException;
import org.altmin.linalg.LinearAlgebra;
import org.altmin.linalg.Precision;
import org.altmin.testkit.reference.ReferenceProvider;

/** Whether a solver asks, before it allocates anything, for the memory that it then takes. */
public final class SolverMemory {

    private static final int STEPS = 2;

    private SolverMemory() {
    }

    /**
     * Takes two steps, and then starts again on a backend that has as much memory free as was taken, and on one that
     * has a byte less; with the problem's inputs and with most of them 0.
     *
     * @return how it says that the memory does not suffice
     */
    public static String assertAskedForBeforehand(Solver<?> solver, Function<LinearAlgebra, Problem> problem) {
        assertAskedFor(solver, la -> SmallProblems.thinOut(problem.apply(la), 0));
        return assertAskedFor(solver, problem);
    }

    private static String assertAskedFor(Solver<?> solver, Function<LinearAlgebra, Problem> problem) {
        long taken = taken(solver, problem);
        long tooLittle = taken - 1;
        assertThat(taken).as("bytes taken").isPositive();
        try (LinearAlgebra la = ReferenceProvider.open(Precision.FLOAT64, taken)) {
            Problem fitting = problem.apply(la);
            assertThatCode(() -> solver.initialise(fitting)).as("with the %d bytes free that it takes", taken)
                    .doesNotThrowAnyException();
        }
        try (LinearAlgebra la = ReferenceProvider.open(Precision.FLOAT64, tooLittle)) {
            Problem unfitting = problem.apply(la);
            Throwable refusal = catchThrowable(() -> solver.initialise(unfitting));
            assertThat(refusal).as("with %d of the %d bytes free", tooLittle, taken).isInstanceOf(AltminException.class)
                    .hasMessageContaining("of memory on the backend 'reference'");
            return refusal.getMessage();
        }
    }

    private static <S extends SolverState> long taken(Solver<S> solver, Function<LinearAlgebra, Problem> problem) {
        try (LinearAlgebra la = ReferenceProvider.open(Precision.FLOAT64, Long.MAX_VALUE)) {
            Problem unbounded = problem.apply(la);
            long before = la.allocatedBytes();
            S state = solver.initialise(unbounded);
            for (int k = 0; k < STEPS; k++) {
                solver.step(state);
            }
            return la.peakBytes() - before;
        }
    }
}

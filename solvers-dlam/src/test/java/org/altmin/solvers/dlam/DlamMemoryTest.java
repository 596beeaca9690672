package org.altmin.solvers.dlam;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.stream.Stream;
import org.altmin.core.network.Network;
import org.altmin.core.network.Problem;
import org.altmin.core.operator.Operators;
import org.altmin.core.solver.Solver;
import org.altmin.core.solver.SolverState;
import org.altmin.linalg.LinearAlgebra;
import org.altmin.linalg.Precision;
import org.altmin.testkit.SmallProblems;
import org.altmin.testkit.reference.ReferenceProvider;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the memory check says beforehand is what is allocated, but for matrices without samples. */
class DlamMemoryTest {

    @ParameterizedTest
    @CsvSource({"false, 8 7", "false, 20 4 9", "false, 8", "true, 8 7", "true, 20 4 9", "true, 9 9"})
    void asksForTheMemoryItTakes(boolean accelerated, String hidden) {
        int[] widths = Stream.of(hidden.split(" ")).mapToInt(Integer::parseInt).toArray();
        try (LinearAlgebra la = ReferenceProvider.open(Precision.FLOAT64)) {
            Network network = Network.of(6, widths, Operators.activation("relu"), 3);
            Problem problem = SmallProblems.of(la, network, Operators.loss("cross-entropy"),
                    Operators.regularizer("none"), Operators.regularizer("none"), 4000, 1);
            long before = la.allocatedBytes();
            run((accelerated ? new MdlamFactory() : new DlamFactory()).create(Map.of()), problem);
            long asked = DlamState.elements(problem, accelerated) * Double.BYTES;
            assertThat(la.peakBytes() - before).isBetween(asked, asked + asked / 20);
        }
    }

    private static <S extends SolverState> void run(Solver<S> solver, Problem problem) {
        solver.step(solver.initialise(problem));
    }
}

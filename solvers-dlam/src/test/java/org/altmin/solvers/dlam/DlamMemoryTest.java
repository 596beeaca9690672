package org.altmin.solvers.dlam;

import java.util.Map;
import java.util.stream.Stream;
import org.altmin.core.network.Network;
import org.altmin.core.operator.Operators;
import org.altmin.core.solver.Solver;
import org.altmin.testkit.SmallProblems;
import org.altmin.testkit.SolverMemory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DlamMemoryTest {

    @ParameterizedTest
    @CsvSource({"majorised, 8 7, 400", "exact, 20 4 9, 400", "exact, 8, 400", "majorised, 40 50, 3", "exact, 40 50, 3"})
    void dlamAsksForTheMemoryItTakes(String updates, String hidden, int samples) {
        assertAskedForBeforehand(new DlamFactory().create(Map.of("updates", updates)), hidden, samples);
    }

    @ParameterizedTest
    @CsvSource({"8 7, 400", "20 4 9, 400", "9 9, 400", "40 50, 3"})
    void mdlamAsksForTheMemoryItTakes(String hidden, int samples) {
        assertAskedForBeforehand(new MdlamFactory().create(Map.of()), hidden, samples);
    }

    private static void assertAskedForBeforehand(Solver<?> solver, String hidden, int samples) {
        int[] widths = Stream.of(hidden.split(" ")).mapToInt(Integer::parseInt).toArray();
        Network network = Network.of(6, widths, Operators.activation("relu"), 3);
        SolverMemory.assertAskedForBeforehand(solver, la -> SmallProblems.of(la, network,
                Operators.loss("cross-entropy"), Operators.regularizer("none"), Operators.regularizer("none"), samples,
                1));
    }
}

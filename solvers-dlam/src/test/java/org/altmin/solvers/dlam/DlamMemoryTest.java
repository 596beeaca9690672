package org.altmin.solvers.dlam;

import java.util.Map;
import java.util.stream.Stream;
import org.altmin.core.network.Network;
import org.altmin.core.operator.Operators;
import org.altmin.testkit.SmallProblems;
import org.altmin.testkit.SolverMemory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DlamMemoryTest {

    @ParameterizedTest
    @CsvSource({"false, 8 7", "false, 20 4 9", "false, 8", "true, 8 7", "true, 20 4 9", "true, 9 9"})
    void asksForTheMemoryItTakes(boolean accelerated, String hidden) {
        int[] widths = Stream.of(hidden.split(" ")).mapToInt(Integer::parseInt).toArray();
        Network network = Network.of(6, widths, Operators.activation("relu"), 3);
        SolverMemory.assertAskedForBeforehand((accelerated ? new MdlamFactory() : new DlamFactory()).create(Map.of()),
                la -> SmallProblems.of(la, network, Operators.loss("cross-entropy"), Operators.regularizer("none"),
                        Operators.regularizer("none"), 4000, 1));
    }
}

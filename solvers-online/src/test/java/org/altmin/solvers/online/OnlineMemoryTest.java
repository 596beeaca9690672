package org.altmin.solvers.online;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.altmin.core.network.Network;
import org.altmin.core.operator.Operators;
import org.altmin.testkit.SmallProblems;
import org.altmin.testkit.SolverMemory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OnlineMemoryTest {

    /** Batches below and above the layers' widths, covariances whole and sketched. */
    @ParameterizedTest
    @CsvSource({"15, 0, 0", "15, 5, 0.3", "400, 0, 0.3", "400, 5, 0", "400, 12, 0", "3, 0, 0"})
    void asksForTheMemoryItTakes(int batch, int rank, String adversary) {
        Network network = Network.of(30, new int[] {40, 25, 40}, Operators.activation("relu"), 10);
        String refusal = SolverMemory.assertAskedForBeforehand(new OnlineAltMinFactory().create(Map.of("batch",
                "" + batch, "rank", "" + rank, "adversary", adversary, "epochs", "5")), la -> SmallProblems.of(la,
                network, Operators.loss("cross-entropy"), Operators.regularizer("none"), Operators.regularizer("none"),
                900, 1));
        assertThat(refusal).contains("use a smaller batch");
    }
}

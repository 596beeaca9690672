package org.altmin.solvers.bcd;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.altmin.core.network.Network;
import org.altmin.core.operator.Operators;
import org.altmin.testkit.SmallProblems;
import org.altmin.testkit.SolverMemory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BcdMemoryTest {

    private static final int SAMPLES = 400;

    @ParameterizedTest
    @CsvSource({"bcd2, none, none, exact", "bcd2, l1, none, exact", "bcd2, none, l1, exact", "bcd2, l2, l1, exact",
        "bcd3, none, none, exact", "bcd3, none, none, majorised", "bcd3, l1, l1, majorised",
        "bcd-resnet, none, none, exact", "bcd-resnet, l1, l2, majorised"})
    void asksForTheMemoryItTakesOnTheWholeBatch(String name, String weightPenalty, String statePenalty,
            String updates) {
        assertAskedForBeforehand(name, weightPenalty, statePenalty, Map.of("state-updates", updates));
    }

    /** With a last batch that is smaller than the others. */
    @ParameterizedTest
    @CsvSource({"bcd2, kept", "bcd2, afresh", "bcd3, kept", "bcd3, afresh", "bcd-resnet, afresh"})
    void asksForTheMemoryItTakesInBatches(String name, String states) {
        String refusal = assertAskedForBeforehand(name, "none", "none", Map.of("states", states, "batch", "150"));
        assertThat(refusal).contains(states.equals("kept") ? "use fewer samples" : "use a smaller batch");
    }

    /** V and U are updated in two parts. */
    @ParameterizedTest
    @ValueSource(strings = {"exact", "majorised"})
    void asksForTheMemoryItTakesWithManySamples(String updates) {
        SolverMemory.assertAskedForBeforehand(SmallNetworks.solver("bcd3", Map.of("state-updates", updates)),
                la -> SmallNetworks.problem(la, "relu", false, true, "squared", "none", "none", 13000, 1));
    }

    /** The last batch has as many samples as the parts in which V and U of the others are updated. */
    @ParameterizedTest
    @ValueSource(strings = {"exact", "majorised"})
    void asksOnceForWhatTheBatchesShare(String updates) {
        SolverMemory.assertAskedForBeforehand(
                SmallNetworks.solver("bcd3", Map.of("state-updates", updates, "batch", "13000")),
                la -> SmallNetworks.problem(la, "relu", false, true, "squared", "none", "none", 19500, 1));
    }

    /** Weights, gradients and Gram matrices are then most of what is taken. */
    @ParameterizedTest
    @CsvSource({"bcd2, none, exact", "bcd2, l1, exact", "bcd3, none, exact", "bcd3, none, majorised",
        "bcd3, l1, majorised"})
    void asksForTheMemoryItTakesWithWideLayers(String name, String penalty, String updates) {
        Network network = Network.of(6, new int[] {40, 50}, Operators.activation("relu"), 3);
        SolverMemory.assertAskedForBeforehand(SmallNetworks.solver(name, Map.of("state-updates", updates)),
                la -> SmallProblems.of(la, network, Operators.loss("squared"), Operators.regularizer(penalty),
                        Operators.regularizer("none"), 3, 1));
    }

    private static String assertAskedForBeforehand(String name, String weightPenalty, String statePenalty,
            Map<String, String> settings) {
        return SolverMemory.assertAskedForBeforehand(SmallNetworks.solver(name, settings),
                la -> SmallNetworks.problem(la, "relu", name.equals("bcd-resnet"), true, "squared", weightPenalty,
                        statePenalty, SAMPLES, 1));
    }
}

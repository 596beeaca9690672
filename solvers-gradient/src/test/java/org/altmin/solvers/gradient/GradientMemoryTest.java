package org.altmin.solvers.gradient;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.altmin.core.network.Layer;
import org.altmin.core.network.Network;
import org.altmin.core.operator.Operators;
import org.altmin.core.solver.Solver;
import org.altmin.core.solver.Solvers;
import org.altmin.testkit.SmallProblems;
import org.altmin.testkit.SolverMemory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GradientMemoryTest {

    /** The whole batch, batches as many samples as weights, and small ones. */
    @ParameterizedTest
    @CsvSource({"sgd, 0", "sgd, 700", "momentum, 0", "momentum, 50", "adagrad, 0", "adagrad, 50", "adadelta, 0",
        "adadelta, 700", "adam, 0", "adam, 50", "adam, 3"})
    void asksForTheMemoryItTakes(String name, int batch) {
        Layer layer = new Layer(20, Operators.activation("relu"), false);
        Layer skipping = new Layer(20, Operators.activation("relu"), true);
        Layer narrow = new Layer(15, Operators.activation("relu"), false);
        Network network = new Network(30, List.of(layer, skipping, narrow), 10, true);
        Solver<?> solver = Solvers.installed().get(name).create(Map.of("batch", "" + batch));
        String refusal = SolverMemory.assertAskedForBeforehand(solver,
                la -> SmallProblems.of(la, network, Operators.loss("cross-entropy"), Operators.regularizer("none"),
                        Operators.regularizer("none"), 1500, 1));
        assertThat(refusal).contains("use a smaller batch");
    }
}

package org.altmin.solvers.bcd;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.altmin.core.network.Problem;
import org.altmin.linalg.LinearAlgebra;
import org.altmin.linalg.Precision;
import org.altmin.testkit.reference.ReferenceProvider;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What float32 may cost the prox-linear steps of bcd2: rounding, but no stiffness. */
class SinglePrecisionTest {

    private static final int STEPS = 60;

    /** Where the model is exact, its first stiffness majorises, however small the move is beside the weight. */
    @ParameterizedTest
    @CsvSource({"1, 1", "2, 1", "3, 1", "1, 5", "2, 5", "3, 5"})
    void linearLayersNeedNoDoubling(long seed, double scale) {
        try (LinearAlgebra la = ReferenceProvider.open(Precision.FLOAT32)) {
            Problem problem = SmallNetworks.problem(la, "linear", false, true, "squared", "none", "none", 40, seed);
            for (int l = 1; l <= problem.network().depth(); l++) {
                la.scale(scale, problem.initial().augmented(l));
            }
            Bcd solver = SmallNetworks.solver("bcd2", Map.of("gamma", "0.3", "alpha", "1"));
            BcdState state = solver.initialise(problem);
            for (int step = 1; step <= STEPS; step++) {
                assertThat(solver.step(state).innerCounts()).as("step %d", step).containsEntry("doublings", 0L);
            }
        }
    }
}

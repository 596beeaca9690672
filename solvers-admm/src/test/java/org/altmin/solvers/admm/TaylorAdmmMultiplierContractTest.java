package org.altmin.solvers.admm;

import java.util.Map;
import org.altmin.core.network.Network;
import org.altmin.core.network.Problem;
import org.altmin.core.operator.Operators;
import org.altmin.core.solver.SolverState;
import org.altmin.linalg.LinearAlgebra;
import org.altmin.testkit.SmallProblems;
import org.altmin.testkit.StateArchives;
import org.altmin.testkit.reference.Dense;

/** With its multiplier from the first step on. */
class TaylorAdmmMultiplierContractTest extends TaylorAdmmContractTest {

    @Override
    protected Map<String, String> settings() {
        return Map.of("warm-start", "0", "damping", "1e-4");
    }

    @Override
    protected Problem problem(LinearAlgebra la) {
        Network network = Network.of(5, new int[] {7, 6}, Operators.activation("relu"), 3);
        return SmallProblems.of(la, network, Operators.loss("squared"), Operators.regularizer("none"),
                Operators.regularizer("none"), 40, 1);
    }

    @Override
    protected double referenceObjective(Problem problem, SolverState state) {
        PlainTaylorAdmm point = new PlainTaylorAdmm(problem, (TaylorAdmm) factory().create(settings()));
        Map<String, Dense> found = StateArchives.save(state).matrices();
        for (int l = 1; l <= 3; l++) {
            point.weight.set(l - 1, Dense.of(state.weights().augmented(l)));
            point.z.set(l - 1, found.get("z" + l));
            if (l < 3) {
                point.a.set(l, found.get("a" + l));
            }
        }
        point.dual = found.get("u");
        return point.objective();
    }
}

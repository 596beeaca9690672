package org.altmin.solvers.dlam;

import java.util.Map;
import org.altmin.core.network.Problem;
import org.altmin.core.solver.SolverFactory;
import org.altmin.core.solver.SolverState;
import org.altmin.linalg.LinearAlgebra;
import org.altmin.testkit.SolverContract;
import org.altmin.testkit.StateArchives;
import org.altmin.testkit.reference.Dense;
import org.junit.jupiter.api.Nested;

class DlamContractTest {

    private abstract static class Contract extends SolverContract {

        private final SolverFactory factory;
        private final Case setting;
        private final Map<String, String> settings;

        Contract(SolverFactory factory, Case setting, Map<String, String> settings) {
            this.factory = factory;
            this.setting = setting;
            this.settings = settings;
        }

        @Override
        protected SolverFactory factory() {
            return factory;
        }

        @Override
        protected Map<String, String> settings() {
            return settings;
        }

        @Override
        protected Problem problem(LinearAlgebra la) {
            return setting.problem(la);
        }

        @Override
        protected double referenceObjective(Problem problem, SolverState state) {
            return setting.objective(Case.Variables.of(StateArchives.save(state)), Dense.of(problem.inputs()),
                    Dense.of(problem.targets()));
        }
    }

    @Nested
    class AsInThePaper extends Contract {
        AsInThePaper() {
            super(new DlamFactory(), Case.of("relu", "cross-entropy", 0, 1e-4, 1),
                    Map.of("rho", "1e-4", "schedule", "paper", "eps", "10", "updates", "majorised"));
        }
    }

    @Nested
    class ExactWeights extends Contract {
        ExactWeights() {
            super(new DlamFactory(), Case.of("sigmoid", "squared", 0.1, 0.1, 2),
                    Map.of("rho", "0.1", "schedule", "geometric", "eps", "0.5", "updates", "exact",
                            "state-steps", "2"));
        }
    }

    @Nested
    class ConstantTolerance extends Contract {
        ConstantTolerance() {
            super(new DlamFactory(), Case.of("tanh", "squared", 0, 0.1, 3),
                    Map.of("rho", "0.1", "schedule", "constant", "eps", "0.1"));
        }
    }

    @Nested
    class Accelerated extends Contract {
        Accelerated() {
            super(new MdlamFactory(), Case.of("relu", "cross-entropy", 0.05, 1e-3, 4),
                    Map.of("rho", "1e-3", "eps", "100", "eps-factor", "0.5", "eps-least", "0.001"));
        }
    }
}

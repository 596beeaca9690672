package org.altmin.solvers.gradient;

import java.util.Map;
import org.altmin.core.network.Problem;
import org.altmin.core.solver.SolverFactory;
import org.altmin.linalg.LinearAlgebra;
import org.altmin.testkit.SolverContract;
import org.junit.jupiter.api.Nested;

class GradientContractTest {

    private abstract static class Contract extends SolverContract {

        private final SolverFactory factory;
        private final Map<String, String> settings;

        Contract(SolverFactory factory, Map<String, String> settings) {
            this.factory = factory;
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
            return SmallProblem.of(la, "relu", true, "cross-entropy", "l2", 37, 2);
        }
    }

    @Nested
    class Sgd extends Contract {
        Sgd() {
            super(new SgdFactory(), Map.of("batch", "8"));
        }
    }

    @Nested
    class SgdOnTheWholeBatch extends Contract {
        SgdOnTheWholeBatch() {
            super(new SgdFactory(), Map.of("batch", "0"));
        }
    }

    @Nested
    class Momentum extends Contract {
        Momentum() {
            super(new MomentumFactory(), Map.of("batch", "8"));
        }
    }

    @Nested
    class Adagrad extends Contract {
        Adagrad() {
            super(new AdagradFactory(), Map.of("batch", "8"));
        }
    }

    @Nested
    class Adadelta extends Contract {
        Adadelta() {
            super(new AdadeltaFactory(), Map.of("batch", "8"));
        }
    }

    @Nested
    class Adam extends Contract {
        Adam() {
            super(new AdamFactory(), Map.of("batch", "8", "decay", "linear", "epochs", "7"));
        }
    }
}

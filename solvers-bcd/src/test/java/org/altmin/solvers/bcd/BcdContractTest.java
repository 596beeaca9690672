package org.altmin.solvers.bcd;

import java.util.List;
import java.util.Map;
import org.altmin.core.network.Problem;
import org.altmin.core.solver.SolverFactory;
import org.altmin.core.solver.SolverState;
import org.altmin.core.solver.Solvers;
import org.altmin.linalg.Expr;
import org.altmin.linalg.LinearAlgebra;
import org.altmin.linalg.Precision;
import org.altmin.testkit.SolverContract;
import org.altmin.testkit.StateArchives;
import org.altmin.testkit.reference.Dense;
import org.junit.jupiter.api.Nested;

class BcdContractTest {

    abstract static class Contract extends SolverContract {

        private final String name;
        private final Map<String, String> settings;

        Contract(String name, Map<String, String> settings) {
            this.name = name;
            this.settings = settings;
        }

        @Override
        protected SolverFactory factory() {
            return Solvers.installed().get(name);
        }

        @Override
        protected Map<String, String> settings() {
            return settings;
        }

        @Override
        protected Problem problem(LinearAlgebra la) {
            return SmallNetworks.problem(la, "relu", name.equals("bcd-resnet"), true, "cross-entropy",
                    "l2(strength=0.1)", "l1(strength=0.05)", 26, 4);
        }
    }

    @Nested
    class Bcd3Test extends Contract {

        Bcd3Test() {
            super("bcd3", SmallNetworks.WHOLE_BATCH);
        }

        @Override
        protected double referenceObjective(Problem problem, SolverState state) {
            Map<String, Dense> saved = StateArchives.save(state).matrices();
            int depth = problem.network().depth();
            Expr x = Expr.input(0);
            Expr y = Expr.input(1);
            double result = sum(problem.loss().value(x, y), saved.get("V" + depth), Dense.of(problem.targets()));
            for (int l = 1; l <= depth; l++) {
                Dense v = saved.get("V" + l);
                Dense u = saved.get("U" + l);
                Dense below = l == 1 ? Dense.of(problem.inputs()) : saved.get("V" + (l - 1));
                Dense image = saved.get("W" + l).times(below);
                for (int j = 0; j < image.columns(); j++) {
                    for (int i = 0; i < image.rows(); i++) {
                        image.set(i, j, image.get(i, j) + saved.get("b" + l).get(i, 0));
                    }
                }
                Expr value = l == depth ? y : problem.network().activation(l).value(y);
                result += sum(x.minus(value).square().times(0.5), v, u);
                result += sum(x.minus(y).square().times(0.5), u, image);
                result += sum(problem.weightPenalty().value(x), saved.get("W" + l));
                result += l == depth ? 0 : sum(problem.statePenalty().value(x), v);
            }
            return result;
        }

        private static double sum(Expr expr, Dense... inputs) {
            Dense values = Dense.of(expr, Precision.FLOAT64, inputs[0].rows(), inputs[0].columns(), new double[0],
                    List.of(inputs));
            double result = 0;
            for (double value : values.values()) {
                result += value;
            }
            return result;
        }
    }

    @Nested
    class Bcd3DefaultsTest extends Contract {

        Bcd3DefaultsTest() {
            super("bcd3", Map.of());
        }
    }

    @Nested
    class Bcd3KeptBatchesTest extends Contract {

        Bcd3KeptBatchesTest() {
            super("bcd3", Map.of("batch", "8", "states", "kept", "alpha-growth", "1.5"));
        }
    }

    @Nested
    class Bcd3FreshBatchesTest extends Contract {

        Bcd3FreshBatchesTest() {
            super("bcd3", Map.of("batch", "8", "states", "afresh"));
        }
    }

    @Nested
    class Bcd2Test extends Contract {

        Bcd2Test() {
            super("bcd2", Map.of("batch", "0", "states", "kept"));
        }
    }

    @Nested
    class Bcd2KeptBatchesTest extends Contract {

        Bcd2KeptBatchesTest() {
            super("bcd2", Map.of("batch", "8", "states", "kept"));
        }
    }

    @Nested
    class BcdResnetTest extends Contract {

        BcdResnetTest() {
            super("bcd-resnet", SmallNetworks.WHOLE_BATCH);
        }
    }

    @Nested
    class BcdResnetFreshBatchesTest extends Contract {

        BcdResnetFreshBatchesTest() {
            super("bcd-resnet", Map.of("batch", "8", "states", "afresh", "sweeps", "2"));
        }
    }
}

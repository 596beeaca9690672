package org.altmin.linalg.cuda;

import java.util.Set;
import org.altmin.linalg.spi.LinearAlgebraProvider;
import org.altmin.testkit.LinearAlgebraContract;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;

/** The whole backend on a simulated device: everything but the speed and the elementary functions of a real one. */
@ExtendWith(SimulatedCudaTest.Thrift.class)
class SimulatedCudaTest extends LinearAlgebraContract {

    @Override
    protected LinearAlgebraProvider provider() {
        Simulator.use();
        return new CudaProvider();
    }

    /** Leaves out what compiles hundreds of kernels, a process of g++ each, unless all is asked for. */
    static final class Thrift implements ExecutionCondition {

        private static final String ALL = "altmin.cuda.simulate";
        private static final Set<String> COSTLY = Set.of("agreesOnRandomExpressions", "keepsConstantsAndParameters");

        @Override
        public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
            boolean costly = context.getTestMethod().map(method -> COSTLY.contains(method.getName())).orElse(false);
            return costly && !System.getProperty(ALL, "").equals("all")
                    ? ConditionEvaluationResult.disabled("Compiles hundreds of kernels, which takes minutes; run with -D"
                            + ALL + "=all to include it.")
                    : ConditionEvaluationResult.enabled("");
        }
    }
}

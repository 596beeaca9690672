package org.altmin.linalg.cuda;

import java.lang.reflect.Method;
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

    /** Leaves out what compiles many kernels, a process of g++ each, unless all is asked for. */
    static final class Thrift implements ExecutionCondition {

        private static final String ALL = "altmin.cuda.simulate";
        private static final Set<String> COSTLY = Set.of("agreesOnRandomExpressions", "keepsConstantsAndParameters");
        private static final Set<String> COSTLY_TWICE = Set.of("reducesAlongColumns", "reducesAlongRows",
                "reducesCoupledColumns", "couplesColumnsByTheirMaximum", "crossesChunkBorders");

        @Override
        public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
            String method = context.getTestMethod().map(Method::getName).orElse("");
            boolean second = context.getDisplayName().contains("FLOAT64");
            boolean costly = COSTLY.contains(method) || COSTLY_TWICE.contains(method) && second;
            return costly && !System.getProperty(ALL, "").equals("all")
                    ? ConditionEvaluationResult.disabled("Compiles many kernels, which takes minutes in all; run with "
                            + "-D" + ALL + "=all to include it.")
                    : ConditionEvaluationResult.enabled("");
        }
    }
}

package org.altmin.gpucheck;

import java.util.function.Consumer;
import org.altmin.core.operator.Operators;
import org.altmin.core.solver.Solvers;
import org.altmin.linalg.Precision;

/** The activation of examples/custom-activation, whose jar knows no backend: dlADMM trains with it. */
final class Example {

    private static final String NAME = "isru";

    private Example() {
    }

    static void run(Consumer<Row> rows) {
        if (Operators.activations().all().stream().noneMatch(activation -> activation.name().equals(NAME))) {
            rows.accept(Row.notMeasured("custom activation " + NAME, "its jar is not on the class path"));
            return;
        }
        for (Precision precision : Precision.values()) {
            rows.accept(Curves.compare(Solvers.installed().get("dladmm"), new Setup(NAME, "cross-entropy", false),
                    precision));
        }
    }
}

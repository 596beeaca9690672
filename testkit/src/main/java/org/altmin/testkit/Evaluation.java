package org.altmin.testkit;

import java.util.function.UnaryOperator;
import org.altmin.linalg.Expr;
import org.altmin.linalg.Kernel;
import org.altmin.linalg.LinearAlgebra;
import org.altmin.linalg.LinearAlgebraOptions;
import org.altmin.linalg.Matrix;
import org.altmin.linalg.Precision;
import org.altmin.linalg.spi.LinearAlgebraProvider;
import org.altmin.testkit.reference.Dense;
import org.altmin.testkit.reference.ExprInterpreter;

/** Evaluates expressions over host arrays, on a backend or by the interpreter. */
final class Evaluation {

    private Evaluation() {
    }

    static LinearAlgebra open(LinearAlgebraProvider provider, Precision precision) {
        return new LinearAlgebra(provider.name(),
                provider.open(LinearAlgebraOptions.of(precision).withThreads(2)));
    }

    /** One expression over arrays of one length, on a backend, as a single row. */
    static double[] on(LinearAlgebra la, Kernel kernel, double[]... inputs) {
        Dense[] rows = new Dense[inputs.length];
        for (int k = 0; k < inputs.length; k++) {
            rows[k] = new Dense(1, inputs[k].length, inputs[k]);
        }
        return on(la, kernel, rows).values();
    }

    /** One expression over matrices of one shape, on a backend. */
    static Dense on(LinearAlgebra la, Kernel kernel, Dense... inputs) {
        Matrix[] matrices = new Matrix[inputs.length];
        for (int k = 0; k < inputs.length; k++) {
            matrices[k] = inputs[k].on(la);
        }
        Matrix output = la.allocate(inputs[0].rows(), inputs[0].columns());
        la.map(output, kernel, matrices);
        Dense result = Dense.of(output);
        la.release(output);
        for (Matrix matrix : matrices) {
            la.release(matrix);
        }
        return result;
    }

    /** A function of one variable, evaluated by the interpreter in double. */
    static UnaryOperator<double[]> function(UnaryOperator<Expr> expression) {
        Expr expr = expression.apply(Expr.input(0));
        return x -> ExprInterpreter.evaluate(expr, x);
    }

    /** Dense around 0, reaching to ±10⁶. */
    static double[] grid() {
        int half = 6000;
        double[] result = new double[2 * half + 1];
        for (int i = 1; i <= half; i++) {
            double z = i <= 4000 ? i / 200.0 + 0.00037 : 20 * Math.pow(5e4, (i - 4000) / 2000.0);
            result[half + i] = z;
            result[half - i] = -z;
        }
        return result;
    }
}

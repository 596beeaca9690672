package org.altmin.core.step;

import org.altmin.core.network.Problem;
import org.altmin.core.network.Weights;
import org.altmin.core.operator.Regularizer;
import org.altmin.linalg.Expr;
import org.altmin.linalg.Kernel;
import org.altmin.linalg.LinearAlgebra;

/** The term Σ Ω(W_l) of a problem's objective. */
public final class WeightPenalty {

    private final LinearAlgebra la;
    private final Regularizer omega;
    private final Kernel value;

    public WeightPenalty(Problem problem) {
        la = problem.la();
        omega = problem.weightPenalty();
        value = Kernel.sum(omega.value(Expr.input(0)));
    }

    /** Σ Ω(W_l) over the layers; biases have none. */
    public double value(Weights weights) {
        double sum = 0;
        for (int l = 1; l <= weights.network().depth() && !omega.isZero(); l++) {
            sum += la.reduce(value, weights.weight(l));
        }
        return sum;
    }
}

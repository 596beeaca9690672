package org.altmin.losses;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.altmin.core.operator.Loss;
import org.altmin.linalg.Expr;
import org.altmin.testkit.LossContract;
import org.altmin.testkit.reference.ExprInterpreter;
import org.junit.jupiter.api.Test;

class LogisticTest extends LossContract {

    @Override
    protected Loss loss() {
        return new Logistic();
    }

    @Test
    void proxIsThatOfBisection() {
        Random random = new Random(6);
        int count = 4000;
        double[] y = random.doubles(count).map(u -> u < 0.4 ? 1 : u < 0.8 ? -1 : u < 0.85 ? 0 : 4 * u - 3.7).toArray();
        double[] q = random.doubles(count, -2.5, 2.5).map(u -> Math.copySign(Math.pow(10, Math.abs(u)), u)).toArray();
        double[] w = random.doubles(count, -6, 4).map(u -> Math.pow(10, u)).toArray();
        double[] z = ExprInterpreter.evaluate(
                new Logistic().prox(Expr.input(0), Expr.input(1), Expr.input(2)), q, y, w);
        for (int i = 0; i < count; i++) {
            double expected = bisected(q[i], y[i], w[i]);
            assertThat(z[i]).as("y=%s, q=%s, w=%s", y[i], q[i], w[i])
                    .isBetween(expected - 1e-11 * (1 + Math.abs(q[i])), expected + 1e-11 * (1 + Math.abs(q[i])));
        }
    }

    /** In r = y (z − q), which is at least 0. */
    private static double bisected(double q, double y, double w) {
        if (y == 0) {
            return q;
        }
        double k = y * y / w;
        double from = 0;
        double to = k * Math.exp(Math.min(-y * q, 600)) + 1;
        for (int round = 0; round < 2200 && from < to; round++) {
            double r = 0.5 * (from + to);
            if (r == from || r == to) {
                break;
            }
            if (r <= k / (1 + Math.exp(y * q + r))) {
                from = r;
            } else {
                to = r;
            }
        }
        return q + 0.5 * (from + to) / y;
    }
}

package org.altmin.losses;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import org.altmin.core.operator.Loss;
import org.altmin.linalg.Expr;
import org.altmin.testkit.reference.ExprInterpreter;

/** The prox of a loss that falls with the margin m = y z, found by bisection. */
final class BisectedProx {

    private static final int COUNT = 4000;
    private static final double TOLERANCE = 1e-11;
    private static final double LARGEST_EXPONENT = 600;
    private static final int MOST_ROUNDS = 2200;

    private BisectedProx() {
    }

    /** @param slope how fast the loss falls at a margin, at most exp(−m) */
    static void assertSame(Loss loss, DoubleUnaryOperator slope) {
        Random random = new Random(6);
        double[] y = random.doubles(COUNT).map(u -> u < 0.4 ? 1 : u < 0.8 ? -1 : u < 0.85 ? 0 : 4 * u - 3.7).toArray();
        double[] q = random.doubles(COUNT, -2.5, 2.5).map(u -> Math.copySign(Math.pow(10, Math.abs(u)), u)).toArray();
        double[] w = random.doubles(COUNT, -6, 4).map(u -> Math.pow(10, u)).toArray();
        double[] z = ExprInterpreter.evaluate(loss.prox(Expr.input(0), Expr.input(1), Expr.input(2)), q, y, w);
        for (int i = 0; i < COUNT; i++) {
            double expected = y[i] == 0 ? q[i] : q[i] + bisected(q[i], y[i], w[i], slope) / y[i];
            double tolerance = TOLERANCE * (1 + Math.abs(q[i]));
            assertThat(z[i]).as("y=%s, q=%s, w=%s", y[i], q[i], w[i])
                    .isBetween(expected - tolerance, expected + tolerance);
        }
    }

    /** r = y (z − q), which is at least 0. */
    private static double bisected(double q, double y, double w, DoubleUnaryOperator slope) {
        double k = y * y / w;
        double from = 0;
        double to = k * Math.exp(Math.min(-y * q, LARGEST_EXPONENT)) + 1;
        for (int round = 0; round < MOST_ROUNDS && from < to; round++) {
            double r = 0.5 * (from + to);
            if (r == from || r == to) {
                break;
            }
            if (r <= k * slope.applyAsDouble(y * q + r)) {
                from = r;
            } else {
                to = r;
            }
        }
        return 0.5 * (from + to);
    }
}

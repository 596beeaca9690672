package org.altmin.activations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import org.altmin.core.operator.Activation;
import org.altmin.linalg.Expr;
import org.altmin.testkit.ActivationContract;
import org.altmin.testkit.reference.ExprInterpreter;
import org.junit.jupiter.api.Test;

class ReluTest extends ActivationContract {

    @Override
    protected Activation activation() {
        return new Relu();
    }

    /** f(−10) = f(6) = 112.5. */
    @Override
    protected List<Tie> ties() {
        return List.of(new Tie(15, -10, 0.5625, 6));
    }

    @Test
    void proxIsTheTableOfLemma9() {
        Random random = new Random(3);
        int count = 2000;
        double[] a = random.doubles(count, -4, 4).toArray();
        double[] b = random.doubles(count, -4, 4).toArray();
        double[] gamma = random.doubles(count, -3, 3).map(u -> Math.pow(10, u)).toArray();
        double[] z = ExprInterpreter.evaluate(
                new Relu().prox(Expr.input(0), Expr.input(1), Expr.input(2)), a, b, gamma);
        for (int i = 0; i < count; i++) {
            assertThat(z[i]).as("a=%s, b=%s, gamma=%s", a[i], b[i], gamma[i])
                    .isCloseTo(lemma9(a[i], b[i], gamma[i]), within(1e-12));
        }
    }

    private static double lemma9(double a, double b, double gamma) {
        if (a + gamma * b < 0) {
            return Math.min(b, 0);
        }
        boolean positive = b >= 0 || gamma * b >= -(Math.sqrt(gamma * (gamma + 1)) - gamma) * a;
        return positive ? (a + gamma * b) / (1 + gamma) : b;
    }
}

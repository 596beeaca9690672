package org.altmin.losses;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.altmin.core.operator.Loss;
import org.altmin.linalg.Expr;
import org.altmin.testkit.LossContract;
import org.altmin.testkit.reference.ExprInterpreter;
import org.junit.jupiter.api.Test;

class HingeTest extends LossContract {

    @Override
    protected Loss loss() {
        return new Hinge();
    }

    @Override
    protected boolean differentiable() {
        return false;
    }

    @Test
    void proxIsTheTableOfLemma10() {
        Random random = new Random(4);
        int count = 2000;
        double[] a = random.doubles(count, -2, 2).map(u -> Math.abs(u) < 0.1 ? 0 : u).toArray();
        double[] b = random.doubles(count, -4, 4).toArray();
        double[] gamma = random.doubles(count, -2, 2).map(u -> Math.pow(10, u)).toArray();
        double[] z = ExprInterpreter.evaluate(
                new Hinge().prox(Expr.input(1), Expr.input(0), Expr.input(2)), a, b, gamma);
        for (int i = 0; i < count; i++) {
            assertThat(z[i]).as("a=%s, b=%s, gamma=%s", a[i], b[i], gamma[i])
                    .isCloseTo(lemma10(a[i], b[i], gamma[i]), within(1e-12));
        }
    }

    private static double lemma10(double a, double b, double gamma) {
        if (a == 0 || a * b >= 1) {
            return b;
        }
        return a * b <= 1 - a * a / gamma ? b + a / gamma : 1 / a;
    }
}

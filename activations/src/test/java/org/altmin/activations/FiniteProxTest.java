package org.altmin.activations;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.stream.Stream;
import org.altmin.core.operator.Activation;
import org.altmin.core.operator.MisfitProx;
import org.altmin.core.operator.Operators;
import org.altmin.linalg.Expr;
import org.altmin.linalg.Precision;
import org.altmin.testkit.reference.ExprInterpreter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The prox of finite numbers is finite and never worse than staying at the centre, in both precisions. */
class FiniteProxTest {

    private static final double[] VALUES = {-1e6, -3000, -88.5, -20, -1, -1e-5, -1e-20, -0.0, 0, 1e-20, 1e-5, 0.5, 1, 2,
            20, 88.5, 3000, 1e6};
    private static final double[] WEIGHTS = {1e-10, 1e-6, 1e-3, 1, 1e3, 1e6, 1e10};

    static Stream<String> activations() {
        return Operators.activations().all().stream().map(Activation::name).filter(name -> !name.equals("polynomial"));
    }

    @ParameterizedTest
    @MethodSource("activations")
    void isFinite(String name) {
        Activation activation = Operators.activation(name);
        Expr prox = activation.prox(Expr.input(0), Expr.input(1), Expr.input(2));
        int count = VALUES.length * VALUES.length * WEIGHTS.length;
        double[] t = new double[count];
        double[] c = new double[count];
        double[] w = new double[count];
        Arrays.setAll(t, i -> VALUES[i % VALUES.length]);
        Arrays.setAll(c, i -> VALUES[i / VALUES.length % VALUES.length]);
        Arrays.setAll(w, i -> WEIGHTS[i / (VALUES.length * VALUES.length)]);
        for (Precision precision : Precision.values()) {
            double[][] inputs = {t, c, w};
            if (precision == Precision.FLOAT32) {
                inputs = Stream.of(inputs).map(input -> Arrays.stream(input).map(x -> (float) x).toArray())
                        .toArray(double[][]::new);
            }
            double[] z = ExprInterpreter.evaluate(prox, precision, count, new double[0], inputs);
            double[] attained = misfit(activation, z, inputs);
            double[] staying = misfit(activation, inputs[1], inputs);
            for (int i = 0; i < count; i++) {
                String what = "prox of " + name + " in " + precision + " for t=" + t[i] + ", c=" + c[i] + ", w=" + w[i];
                assertThat(z[i]).as(what).isFinite();
                double rounding = precision == Precision.FLOAT32 ? 1e-6 : 1e-13;
                double shift = rounding * (Math.abs(c[i]) + Math.abs(z[i]));
                assertThat(attained[i]).as("f(%s), %s", z[i], what)
                        .isLessThanOrEqualTo(staying[i] * (1 + rounding) + 0.5 * w[i] * shift * shift + rounding);
            }
        }
    }

    private static double[] misfit(Activation activation, double[] z, double[][] inputs) {
        Expr misfit = MisfitProx.misfit(Expr.input(0), activation.value(Expr.input(0)), Expr.input(1), Expr.input(2),
                Expr.input(3));
        return ExprInterpreter.evaluate(misfit, z, inputs[0], inputs[1], inputs[2]);
    }
}

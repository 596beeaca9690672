package org.altmin.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.function.UnaryOperator;
import org.altmin.core.operator.Regularizer;
import org.altmin.linalg.Expr;
import org.altmin.linalg.Kernel;
import org.altmin.linalg.LinearAlgebra;
import org.altmin.linalg.Precision;
import org.altmin.linalg.RandomStream;
import org.altmin.testkit.ScalarOracle.Minimum;
import org.altmin.testkit.reference.ExprInterpreter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.api.Test;

/**
 * What every {@link Regularizer} must do. The prox is compared with a dense-grid search that knows only the value.
 *
 * <pre>{@code
 * class HuberTest extends RegularizerContract {
 *     @Override
 *     protected Regularizer regularizer() {
 *         return new Huber().with(Map.of("threshold", "0.5"));
 *     }
 * }
 * }</pre>
 *
 * <p><b>Tolerances</b> of the prox, for w from 1e-6 to 1e6: |x − x*| ≤ 1e-6·max(1, |x*|, |q|) in float64 and
 * 1e-5·max(1, |x*|, |q|) in float32, where x* is the oracle's; the value at x is finite, so x satisfies the constraints
 * exactly.
 */
public abstract class RegularizerContract extends OperatorChecks<Regularizer> implements OnBackend {

    private static final double[] WEIGHTS = {1e-6, 1e-3, 0.1, 1, 4, 1000, 1e6};

    /** The regulariser that is judged. */
    protected abstract Regularizer regularizer();

    @Override
    final Regularizer operator() {
        return regularizer();
    }

    @Override
    final double[] behaviour(Regularizer regularizer) {
        double[] x = {-3, -0.2, 0, 0.4, 1.5};
        return ExprInterpreter.evaluate(regularizer.value(Expr.input(0))
                .plus(regularizer.prox(Expr.input(0), Expr.constant(0.7)).times(100)), x);
    }

    @Test
    void isConvexAndNowhereNaN() {
        UnaryOperator<double[]> value = Evaluation.function(regularizer()::value);
        RandomStream random = new RandomStream(2);
        for (int k = 0; k < 2000; k++) {
            double scale = Math.pow(10, random.nextDouble(-3, 3));
            double a = scale * random.nextGaussian();
            double b = scale * random.nextGaussian();
            double part = random.nextDouble();
            double[] values = value.apply(new double[] {a, b, part * a + (1 - part) * b});
            assertThat(values).as("values").doesNotContain(Double.NaN, Double.NEGATIVE_INFINITY);
            double chord = part * values[0] + (1 - part) * values[1];
            assertThat(values[2]).as("value between %s and %s", a, b)
                    .isLessThanOrEqualTo(chord + 1e-12 * Math.abs(chord));
        }
    }

    @ParameterizedTest
    @EnumSource(Precision.class)
    void proxMatchesTheOracle(Precision precision) {
        double[] centres = centres(precision);
        UnaryOperator<double[]> value = Evaluation.function(regularizer()::value);
        double tolerance = precision == Precision.FLOAT32 ? 1e-5 : 1e-6;
        for (double weight : WEIGHTS) {
            double[] x;
            try (LinearAlgebra la = Evaluation.open(provider(), precision)) {
                x = Evaluation.on(la, Kernel.map(regularizer().prox(Expr.input(0), Expr.constant(weight))), centres);
            }
            for (int i = 0; i < x.length; i++) {
                ScalarOracle oracle = new ScalarOracle(value, null, centres[i], weight);
                Minimum best = oracle.minima().get(0);
                String what = "prox(q=" + centres[i] + ", w=" + weight + ") = " + x[i] + " (oracle: " + best + ")";
                double scale = Math.max(1, Math.max(Math.abs(best.z()), Math.abs(centres[i])));
                assertThat(oracle.objective(x[i])).as("objective of " + what).isFinite();
                boolean near = Math.abs(x[i] - best.z()) <= tolerance * scale;
                boolean asGood = precision == Precision.FLOAT64
                        && oracle.objective(x[i]) <= best.objective() * (1 + 1e-13);
                assertThat(near || asGood).as(what).isTrue();
            }
        }
    }

    @Test
    void quadraticPartIsTrue() {
        Regularizer regularizer = regularizer();
        double mu = regularizer.quadratic();
        assertThat(mu).as("mu").isGreaterThanOrEqualTo(0).isFinite();
        UnaryOperator<double[]> value = Evaluation.function(regularizer::value);
        double[] x = {-8, -7, -6, -0.75, -0.5, -0.25, 0, 0.25, 0.5, 0.75, 6, 7, 8};
        double[] rest = value.apply(x);
        Arrays.setAll(rest, i -> rest[i] - 0.5 * mu * x[i] * x[i]);
        for (int i = 1; i + 1 < x.length; i++) {
            boolean evenlySpaced = x[i + 1] - x[i] == x[i] - x[i - 1];
            if (evenlySpaced && Double.isFinite(rest[i - 1]) && Double.isFinite(rest[i + 1])) {
                assertThat(rest[i + 1] - 2 * rest[i] + rest[i - 1]).as("curvature of the rest at %s", x[i])
                        .isGreaterThanOrEqualTo(-1e-12 * (1 + mu));
            }
        }
        if (regularizer.isQuadratic()) {
            assertThat(Arrays.stream(rest).map(Math::abs).max().orElseThrow()).as("the rest of a quadratic")
                    .isLessThanOrEqualTo(1e-12 * (1 + mu));
        }
        if (regularizer.isZero()) {
            assertThat(mu).as("mu of nothing").isZero();
            assertThat(value.apply(x)).as("values of nothing").containsOnly(0);
            assertThat(regularizer.isQuadratic()).as("nothing is quadratic").isTrue();
        }
    }

    private static double[] centres(Precision precision) {
        RandomStream random = new RandomStream(8);
        double[] result = new double[60];
        double[] fixed = {0, -0.0, 1, -1, 0.5, -0.5, 1e-3, -1e-3, 10, -10, 1000, -1000};
        Arrays.setAll(result, i -> i < fixed.length ? fixed[i] : 2 * random.nextGaussian());
        return precision == Precision.FLOAT32 ? Arrays.stream(result).map(q -> (float) q).toArray() : result;
    }
}

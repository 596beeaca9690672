package org.altmin.losses;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.altmin.core.operator.Loss;
import org.altmin.linalg.Expr;
import org.altmin.testkit.LossContract;
import org.altmin.testkit.reference.ExprInterpreter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CrossEntropyTest extends LossContract {

    @Override
    protected Loss loss() {
        return new CrossEntropy();
    }

    /** Against two nested bisections, for centres that Newton's method on s finds hard as well as for random ones. */
    @ParameterizedTest
    @ValueSource(doubles = {1e-6, 1e-4, 1e-2, 0.3, 1, 10, 100})
    void proxIsThatOfNestedBisections(double weight) {
        Random random = new Random(7);
        for (int classes : new int[] {2, 10, 100}) {
            for (int kind = 0; kind < 4; kind++) {
                for (double spread : new double[] {0, 1, 100, 1e4}) {
                    double[] q = centre(kind, classes, spread, random);
                    double[] y = new double[classes];
                    int label = random.nextInt(classes);
                    double smoothing = kind == 1 ? 0 : kind == 2 ? 1 : 0.1;
                    Arrays.setAll(y, k -> new CrossEntropy().encoding().entry(k, label, smoothing, classes));
                    double[] z = ExprInterpreter.evaluate(
                            new CrossEntropy().prox(Expr.input(0), Expr.input(1), Expr.constant(weight)), q, y);
                    double[] p = probabilities(q, y, weight);
                    for (int k = 0; k < classes; k++) {
                        double expected = q[k] + (y[k] - p[k]) / weight;
                        double rounding = 1e-14 * (Math.abs(q[k]) + 1 / weight) / Math.min(1, weight + p[k]);
                        assertThat(Math.abs(z[k] - expected) * Math.min(1, weight))
                                .as("class %d of %d, kind %d, spread %s: %s and %s", k, classes, kind, spread, z[k],
                                        expected)
                                .isLessThanOrEqualTo(1e-11 + rounding * Math.min(1, weight));
                    }
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {1e-6, 1e-4, 1e-2, 1, 100})
    void proxIsStationaryForAThousandClasses(double weight) {
        Random random = new Random(9);
        for (int kind = 0; kind < 4; kind++) {
            for (double spread : new double[] {0, 1, 100, 1e4}) {
                double[] q = centre(kind, 1000, spread, random);
                double[] y = new double[1000];
                y[random.nextInt(1000)] = 1;
                double[] z = ExprInterpreter.evaluate(
                        new CrossEntropy().prox(Expr.input(0), Expr.input(1), Expr.constant(weight)), q, y);
                double[] gradient = ExprInterpreter.evaluate(
                        new CrossEntropy().gradient(Expr.input(0), Expr.input(1)), z, y);
                for (int k = 0; k < 1000; k++) {
                    assertThat(gradient[k] + weight * (z[k] - q[k])).as("kind %d, spread %s, class %d", kind, spread, k)
                            .isCloseTo(0, within(1e-11 + 2 * weight * Math.ulp(spread)));
                }
            }
        }
    }

    @Test
    void valueAndGradientOfSoftLabelsAreThoseOfTheDefinition() {
        double[] z = {1, -2, 0.5};
        double[] y = {0.7, 0.1, 0.2};
        double sum = Math.exp(1) + Math.exp(-2) + Math.exp(0.5);
        double value = Math.log(sum) - (0.7 - 0.2 + 0.1);
        double[] shares = ExprInterpreter.evaluate(new CrossEntropy().value(Expr.input(0), Expr.input(1)), z, y);
        double[] gradient = ExprInterpreter.evaluate(new CrossEntropy().gradient(Expr.input(0), Expr.input(1)), z, y);
        assertThat(Arrays.stream(shares).sum()).isCloseTo(value, within(1e-14));
        assertThat(gradient[1]).isCloseTo(Math.exp(-2) / sum - 0.1, within(1e-15));
    }

    private static double[] centre(int kind, int classes, double spread, Random random) {
        double[] q = new double[classes];
        Arrays.setAll(q, k -> switch (kind) {
            case 0 -> spread * random.nextDouble(-1, 1);
            case 1 -> spread * random.nextGaussian();
            case 2 -> -spread * Math.pow(10, -6.0 * k / classes);
            default -> -spread * Math.pow(2, -k);
        });
        return q;
    }

    private static double[] probabilities(double[] q, double[] y, double weight) {
        double[] c = new double[q.length];
        Arrays.setAll(c, k -> q[k] + y[k] / weight);
        double highest = Arrays.stream(c).max().orElseThrow();
        double from = highest - 1 / weight - 1;
        double to = highest + Math.log(q.length) + 1;
        for (int round = 0; round < 100; round++) {
            double s = 0.5 * (from + to);
            if (Arrays.stream(c).map(x -> weight * WrightOmegaTest.bisected(x - s - Math.log(weight))).sum() >= 1) {
                from = s;
            } else {
                to = s;
            }
        }
        double s = 0.5 * (from + to);
        return Arrays.stream(c).map(x -> weight * WrightOmegaTest.bisected(x - s - Math.log(weight))).toArray();
    }
}

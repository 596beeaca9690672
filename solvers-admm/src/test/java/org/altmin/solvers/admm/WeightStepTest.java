package org.altmin.solvers.admm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import org.altmin.core.operator.Operators;
import org.altmin.core.step.LayerInputs;
import org.altmin.core.step.UpdateRule;
import org.altmin.core.step.WeightStep;
import org.altmin.core.step.Workspace;
import org.altmin.linalg.Backends;
import org.altmin.linalg.LinearAlgebra;
import org.altmin.linalg.LinearAlgebraOptions;
import org.altmin.linalg.Matrix;
import org.altmin.linalg.Precision;
import org.altmin.linalg.RandomStream;
import org.altmin.testkit.reference.Dense;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Majorised weight steps with a regulariser, through the samples and through the Gram matrix. */
class WeightStepTest {

    private static final int STEPS = 4;

    private interface Prox {
        /** argmin over y of γ Ω(y) + ½(y − x)². */
        double of(double x, double gamma);
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '"', value = {"none, 0.5, false", "none, 0.5, true", "l1(strength=2), 0.2, false",
        "l1(strength=2), 0.2, true", "l2(strength=3), 4, false", "l2(strength=3), 4, true", "non-negative, 3, false",
        "non-negative, 3, true"})
    void followsItsDefinition(String penalty, double rho, boolean fixedInputs) {
        long doublings = 0;
        for (long seed = 1; seed <= 5; seed++) {
            doublings += follow(penalty, prox(penalty), rho, fixedInputs, seed);
        }
        assertThat(doublings > 0).as("a stiffness was doubled").isEqualTo(!penalty.equals("none"));
    }

    private static long follow(String penalty, Prox prox, double rho, boolean fixedInputs, long seed) {
        try (LinearAlgebra la = Backends.open("cpu", new LinearAlgebraOptions(Precision.FLOAT64, 1, Map.of()))) {
            RandomStream random = new RandomStream(seed);
            Dense inputs = Dense.drawn(6, 20, random::nextGaussian);
            Dense rest = Dense.drawn(5, 20, random::nextGaussian);
            Dense expected = Dense.drawn(5, 6, random::nextGaussian).map(x -> prox.of(x, 0));
            Matrix weight = expected.on(la);
            LayerInputs a = LayerInputs.of(la, inputs.on(la));
            WeightStep step = new WeightStep(new Workspace(la), UpdateRule.MAJORISED, Operators.regularizer(penalty), 0,
                    5, 6, 20);
            int inARow = fixedInputs ? 2 : 1;
            if (fixedInputs) {
                step.fixInputs(a);
            }
            long doublings = 0;
            for (int k = 0; k < STEPS; k += inARow) {
                Dense residual = Dense.of(weight).times(inputs).plus(1, rest);
                double squaredStep = step.steps(inARow, residual.on(la), a, weight, rho);
                double moved = 0;
                for (int i = 0; i < inARow; i++) {
                    Dense before = expected.map(x -> x);
                    doublings += plainStep(expected, inputs, rest, rho, prox);
                    moved += squaredNorm(expected.plus(-1, before));
                }
                assertClose("weights", Dense.of(weight), expected);
                assertThat(squaredStep).isCloseTo(moved, within(1e-10 * (1 + moved)));
                Dense image = Dense.of(step.image());
                Dense scale = Dense.of(step.imageScale());
                for (int i = 0; i < 5; i++) {
                    for (int j = 0; j < 20; j++) {
                        residual.set(i, j, residual.get(i, j) + scale.get(i, 0) * image.get(i, j));
                    }
                }
                assertClose("residual", residual, expected.times(inputs).plus(1, rest));
            }
            assertThat(step.takeDoublings() > 0).isEqualTo(doublings > 0);
            return doublings;
        }
    }

    /** @return how many rows' stiffness was doubled, summed over the trials */
    private static long plainStep(Dense weight, Dense inputs, Dense rest, double rho, Prox prox) {
        Dense gradient = weight.times(inputs).plus(1, rest).times(inputs.transposed());
        long doublings = 0;
        for (int i = 0; i < weight.rows(); i++) {
            double[] g = row(gradient, i);
            double[] w = row(weight, i);
            double theta = squaredImage(g, inputs) / squaredNorm(g);
            while (true) {
                double[] point = new double[w.length];
                double[] move = new double[w.length];
                for (int k = 0; k < w.length; k++) {
                    point[k] = prox.of(w[k] - g[k] / theta, 1 / (rho * theta));
                    move[k] = point[k] - w[k];
                }
                if (squaredImage(move, inputs) <= theta * squaredNorm(move) * (1 + 1e-5)) {
                    for (int k = 0; k < w.length; k++) {
                        weight.set(i, k, point[k]);
                    }
                    break;
                }
                theta *= 2;
                doublings++;
            }
        }
        return doublings;
    }

    private static Prox prox(String penalty) {
        return switch (penalty) {
            case "none" -> (x, gamma) -> x;
            case "l1(strength=2)" -> (x, gamma) -> Math.signum(x) * Math.max(Math.abs(x) - 2 * gamma, 0);
            case "l2(strength=3)" -> (x, gamma) -> x / (1 + 3 * gamma);
            case "non-negative" -> (x, gamma) -> Math.max(x, 0);
            default -> throw new IllegalArgumentException(penalty);
        };
    }

    private static double squaredImage(double[] row, Dense inputs) {
        double sum = 0;
        for (int j = 0; j < inputs.columns(); j++) {
            double image = 0;
            for (int k = 0; k < row.length; k++) {
                image += row[k] * inputs.get(k, j);
            }
            sum += image * image;
        }
        return sum;
    }

    private static double[] row(Dense matrix, int i) {
        double[] result = new double[matrix.columns()];
        for (int k = 0; k < result.length; k++) {
            result[k] = matrix.get(i, k);
        }
        return result;
    }

    private static double squaredNorm(Dense matrix) {
        return squaredNorm(matrix.values());
    }

    private static double squaredNorm(double[] values) {
        double sum = 0;
        for (double x : values) {
            sum += x * x;
        }
        return sum;
    }

    private static void assertClose(String what, Dense actual, Dense expected) {
        double size = Math.sqrt(squaredNorm(expected));
        assertThat(Math.sqrt(squaredNorm(actual.plus(-1, expected)))).as(what).isLessThanOrEqualTo(1e-11 * size);
    }
}

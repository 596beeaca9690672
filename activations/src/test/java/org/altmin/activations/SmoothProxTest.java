package org.altmin.activations;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.altmin.core.operator.Activation;
import org.altmin.core.operator.MisfitProx;
import org.altmin.linalg.Expr;
import org.altmin.testkit.reference.ExprInterpreter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The prox of the smooth activations against a second, plain one: every sign change of f′ on a grid, by bisection, and
 * the lowest of them. Targets are drawn inside, near the ends of, and outside the range, weights over twelve decades.
 */
class SmoothProxTest {

    private static final int COUNT = 6000;
    private static final int GRID = 1500;

    static Stream<Arguments> activations() {
        return Stream.of(Arguments.of(new Sigmoid(), 0, 1), Arguments.of(new Tanh(), -1, 1),
                Arguments.of(new Softplus(), 0, 1), Arguments.of(new Elu(), -1, 1),
                Arguments.of(new Elu(0.3), -0.3, 0.3), Arguments.of(new Elu(3), -3, 3),
                Arguments.of(new Elu(0.01), -0.01, 0.01), Arguments.of(new Elu(50), -50, 50));
    }

    @ParameterizedTest
    @MethodSource("activations")
    void attainsTheGlobalMinimum(Activation activation, double lower, double scale) {
        Random random = new Random(23);
        double[] t = DoubleStream.generate(() -> target(random, lower, scale)).limit(COUNT).toArray();
        double[] c = DoubleStream.generate(() -> random.nextGaussian()
                * (random.nextBoolean() ? 4 : Math.pow(10, random.nextDouble(-1, 3.3)))).limit(COUNT).toArray();
        double[] w = DoubleStream.generate(() -> Math.pow(10, random.nextDouble(-6, random.nextBoolean() ? 6 : 0)))
                .limit(COUNT).toArray();
        double[] z = ExprInterpreter.evaluate(activation.prox(Expr.input(0), Expr.input(1), Expr.input(2)), t, c, w);
        double[] attained = objective(activation, z, t, c, w);
        double[] plain = new double[COUNT];
        for (int i = 0; i < COUNT; i++) {
            plain[i] = plainProx(activation, t[i], c[i], w[i]);
        }
        double[] lowest = objective(activation, plain, t, c, w);
        for (int i = 0; i < COUNT; i++) {
            assertThat(attained[i]).as("f(%s) against f(%s) for t=%s, c=%s, w=%s", z[i], plain[i], t[i], c[i], w[i])
                    .isLessThanOrEqualTo(lowest[i] + 1e-11 * (1 + lowest[i]));
        }
    }

    private static double target(Random random, double lower, double scale) {
        double far = Math.pow(10, random.nextDouble(-9, 0));
        return switch (random.nextInt(5)) {
            case 0 -> lower + scale * random.nextDouble(-1, 2);
            case 1 -> random.nextGaussian() * Math.pow(10, random.nextDouble(0, 3));
            case 2 -> lower + far;
            case 3 -> 1 - far;
            default -> (random.nextBoolean() ? 1 : lower) + Math.copySign(far, random.nextGaussian());
        };
    }

    private static double[] objective(Activation activation, double[] z, double[] t, double[] c, double[] w) {
        Expr misfit = MisfitProx.misfit(Expr.input(0), activation.value(Expr.input(0)), Expr.input(1), Expr.input(2),
                Expr.input(3));
        return ExprInterpreter.evaluate(misfit, z, t, c, w);
    }

    private static double plainProx(Activation activation, double t, double c, double w) {
        double reach = Math.abs(value(activation, c) - t) / Math.sqrt(w);
        double[] distances = DoubleStream.concat(
                DoubleStream.iterate(0, k -> k < GRID, k -> k + 1).map(k -> reach * Math.pow(10, 14 * (k / GRID - 1))),
                DoubleStream.iterate(-GRID, k -> k < GRID, k -> k + 1).map(k -> 45 * k / GRID - c).map(Math::abs)
                        .filter(distance -> distance < reach)).toArray();
        double side = value(activation, c) <= t ? 1 : -1;
        double[] grid = DoubleStream.concat(DoubleStream.of(c, 0, c + side * reach),
                DoubleStream.of(distances).map(distance -> c + side * distance))
                .filter(z -> side * (z - c) >= 0).sorted().distinct().toArray();
        double[] h = ExprInterpreter.evaluate(activation.value(Expr.input(0)), grid);
        double[] slope = ExprInterpreter.evaluate(activation.derivative(Expr.input(0)), grid);
        DoubleUnaryOperator f = z -> {
            double residual = value(activation, z) - t;
            return 0.5 * residual * residual + 0.5 * w * (z - c) * (z - c);
        };
        double best = c;
        for (int i = 0; i + 1 < grid.length; i++) {
            boolean falls = slope[i] * (h[i] - t) + w * (grid[i] - c) <= 0;
            boolean rises = slope[i + 1] * (h[i + 1] - t) + w * (grid[i + 1] - c) >= 0;
            if (falls && rises) {
                double root = bisected(activation, t, c, w, grid[i], grid[i + 1]);
                best = f.applyAsDouble(root) < f.applyAsDouble(best) ? root : best;
            }
        }
        return best;
    }

    private static double bisected(Activation activation, double t, double c, double w, double lower, double upper) {
        double from = lower;
        double to = upper;
        for (int round = 0; round < 60; round++) {
            double z = 0.5 * (from + to);
            double slope = ExprInterpreter.evaluate(activation.derivative(Expr.input(0)), new double[] {z})[0];
            if (slope * (value(activation, z) - t) + w * (z - c) <= 0) {
                from = z;
            } else {
                to = z;
            }
        }
        return 0.5 * (from + to);
    }

    private static double value(Activation activation, double z) {
        return ExprInterpreter.evaluate(activation.value(Expr.input(0)), new double[] {z})[0];
    }
}

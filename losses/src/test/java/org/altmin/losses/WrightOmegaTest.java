package org.altmin.losses;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.util.stream.DoubleStream;
import org.altmin.linalg.Expr;
import org.altmin.testkit.reference.ExprInterpreter;
import org.junit.jupiter.api.Test;

class WrightOmegaTest {

    private final double[] grid = DoubleStream.concat(
            DoubleStream.iterate(-60, x -> x < 60, x -> x + 0.0137),
            DoubleStream.of(-700, -300, 1, 500, 1e4, 1e6, 1e9)).toArray();

    @Test
    void solvesItsEquation() {
        double[] omega = ExprInterpreter.evaluate(WrightOmega.of(Expr.input(0)), grid);
        for (int i = 0; i < grid.length; i++) {
            assertThat(omega[i]).as("omega(%s)", grid[i]).isCloseTo(bisected(grid[i]), withinPercentage(1e-11));
        }
    }

    @Test
    void isApproximatedWithinOneAndAHalfPercent() {
        double[] omega = ExprInterpreter.evaluate(WrightOmega.approximate(Expr.input(0)), grid);
        for (int i = 0; i < grid.length; i++) {
            assertThat(omega[i]).as("omega(%s)", grid[i]).isCloseTo(bisected(grid[i]), withinPercentage(1.5));
        }
    }

    @Test
    void vanishesWhereItUnderflows() {
        double[] far = {-750, -1e4, -1e9, -Double.MAX_VALUE};
        for (double omega : ExprInterpreter.evaluate(WrightOmega.of(Expr.input(0)), far)) {
            assertThat(omega).isBetween(0.0, 1e-300);
        }
    }

    /** The root u of u + eᵘ = x gives ω = eᵘ. */
    static double bisected(double x) {
        double from = Math.min(x - 1, 0) - 1;
        double to = Math.max(Math.log(Math.max(x, 1)), 1) + 1;
        for (int round = 0; round < 75; round++) {
            double u = 0.5 * (from + to);
            if (u + Math.exp(u) <= x) {
                from = u;
            } else {
                to = u;
            }
        }
        double u = 0.5 * (from + to);
        return x > 1 ? x - u : Math.exp(u);
    }
}

package org.altmin.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import org.altmin.core.operator.Activation;
import org.altmin.core.operator.ActivationTrait;
import org.altmin.linalg.AltminException;
import org.altmin.linalg.Expr;
import org.altmin.linalg.Kernel;
import org.altmin.linalg.LinearAlgebra;
import org.altmin.linalg.Precision;
import org.altmin.linalg.RandomStream;
import org.altmin.testkit.ScalarOracle.Minimum;
import org.altmin.testkit.reference.ExprInterpreter;
import org.junit.jupiter.api.Test;

/**
 * What every {@link Activation} must do. The prox is compared with a dense-grid search that knows only the value.
 *
 * <pre>{@code
 * class SquareTest extends ActivationContract {
 *     @Override
 *     protected Activation activation() {
 *         return new Square();
 *     }
 * }
 * }</pre>
 *
 * <p>Override {@link #provider()} to judge it on a real backend, and {@link #ties()} to say where the largest of
 * several minimisers must be taken.
 *
 * <p><b>Tolerances</b> of the prox, for w from 1e-6 to 1e6, with F the objective, F* the least one found, z* where:
 * in float64, F ≤ F*(1 + 1e-6), and where the minimiser is unique |z − z*| ≤ 1e-6·max(1, |z*|), or z is stationary to
 * rounding; in float32, F ≤ F* + 1e-4 F* + 1e-6 F(c) + the largest rise of F within 2e-6·max(1, |z*|, |c|) of z*.
 */
public abstract class ActivationContract extends OperatorChecks<Activation> implements OnBackend {

    /** float32 is judged on every third case; coprime to the number of weights, so that all of them are met. */
    private static final int SINGLE_STRIDE = 3;
    private static final double[] TARGETS = {-1000, -2, -1, -0.5, 0, 0.25, 0.5, 0.75, 1, 1.5, 3, 15, 1000};
    private static final double[] CENTRES = {-1000, -20, -10, -3, -1, -0.3, 0, 0.4, 1, 2.5, 10, 1000};
    private static final double[] WEIGHTS = {1e-6, 1e-4, 1e-2, 0.1, 0.5625, 1, 3, 100, 1e4, 1e6};
    private static final double[] BOUNDS = {Double.NEGATIVE_INFINITY, -50, -2, -1.5, -1, -0.999, -0.5, -0.01, 0, 0.01,
            0.25, 0.5, 0.75, 0.999, 1, 1.2, 3, 50, Double.POSITIVE_INFINITY};

    /** The activation that is judged. */
    protected abstract Activation activation();

    /** Where the objective of the prox has several global minimisers, exactly and in floating point too. */
    protected List<Tie> ties() {
        return List.of();
    }

    /**
     * A tie that the activation's rule must resolve.
     *
     * @param target t
     * @param centre c
     * @param weight w
     * @param minimiser the one to be taken, by default the largest
     */
    public record Tie(double target, double centre, double weight, double minimiser) {
    }

    @Override
    final Activation operator() {
        return activation();
    }

    @Override
    final double[] behaviour(Activation activation) {
        double[] z = {-7, -1.5, -0.4, 0, 0.3, 1.25, 9};
        Expr x = Expr.input(0);
        Expr prox = activation.prox(Expr.constant(0.6), x, Expr.constant(0.8));
        return ExprInterpreter.evaluate(activation.value(x).plus(activation.derivative(x).times(10))
                .plus(prox.times(100)), z);
    }

    @Test
    void derivativeMatchesFiniteDifferences() {
        UnaryOperator<double[]> value = Evaluation.function(activation()::value);
        double[] grid = Evaluation.grid();
        double[] slope = Evaluation.function(activation()::derivative).apply(grid);
        double[] step = Arrays.stream(grid).map(z -> 1e-5 * Math.max(1, Math.abs(z))).toArray();
        double[] before = value.apply(shifted(grid, step, -1));
        double[] here = value.apply(grid);
        double[] after = value.apply(shifted(grid, step, 1));
        for (int i = 0; i < grid.length; i++) {
            double left = (here[i] - before[i]) / step[i];
            double right = (after[i] - here[i]) / step[i];
            double scale = Math.max(1, Math.max(Math.abs(left), Math.abs(right)));
            double noise = 1e-5 * scale + 1e-15 * Math.abs(here[i]) / step[i];
            assertThat(slope[i]).as("derivative at %s", grid[i])
                    .isBetween(Math.min(left, right) - noise, Math.max(left, right) + noise);
        }
    }

    @Test
    void valuesFillTheRange() {
        Activation.Range range = activation().range();
        double[] values = Evaluation.function(activation()::value).apply(Evaluation.grid());
        double least = Arrays.stream(values).min().orElseThrow();
        double most = Arrays.stream(values).max().orElseThrow();
        assertThat(least).as("least value").isGreaterThanOrEqualTo(range.lower());
        assertThat(most).as("largest value").isLessThanOrEqualTo(range.upper());
        assertReached("infimum", range.lower(), least);
        assertReached("supremum", range.upper(), most);
    }

    @Test
    void smoothnessBoundsHoldAndAreReached() {
        Activation.Smoothness smoothness = activation().smoothness();
        double[] grid = Evaluation.grid();
        UnaryOperator<double[]> derivative = Evaluation.function(activation()::derivative);
        assertBound("|h|", smoothness.value(), Evaluation.function(activation()::value).apply(grid), 1e-9);
        assertBound("|h'|", smoothness.slope(), derivative.apply(grid), 1e-9);
        if (Double.isFinite(smoothness.curvature())) {
            double[] step = Arrays.stream(grid).map(z -> 1e-4).toArray();
            double[] after = derivative.apply(shifted(grid, step, 1));
            double[] before = derivative.apply(shifted(grid, step, -1));
            double[] curvature = new double[grid.length];
            Arrays.setAll(curvature, i -> (after[i] - before[i]) / 2e-4);
            assertBound("|h''|", smoothness.curvature(), curvature, 1e-6);
        }
    }

    @Test
    void traitsAreTrue() {
        Activation activation = activation();
        double[] grid = Evaluation.grid();
        double[] values = Evaluation.function(activation::value).apply(grid);
        double[] slopes = Evaluation.function(activation::derivative).apply(grid);
        boolean monotone = true;
        for (int i = 1; i < values.length; i++) {
            monotone &= values[i] >= values[i - 1] - 1e-15 * Math.abs(values[i]);
        }
        long pieces = Arrays.stream(slopes).distinct().count();
        boolean bounded = Double.isFinite(activation.range().lower()) && Double.isFinite(activation.range().upper());
        assertThat(activation.traits().contains(ActivationTrait.MONOTONE)).as("monotone").isEqualTo(monotone);
        assertThat(activation.traits().contains(ActivationTrait.PIECEWISE_LINEAR)).as("piecewise linear")
                .isEqualTo(pieces <= 64);
        assertThat(activation.traits().contains(ActivationTrait.BOUNDED)).as("bounded").isEqualTo(bounded);
        assertThat(Double.isFinite(activation.smoothness().value())).as("finite sup|h|").isEqualTo(bounded);
        if (activation.traits().contains(ActivationTrait.TWICE_DIFFERENTIABLE)) {
            assertThat(activation.smoothness().curvature()).as("sup|h''|").isFinite();
        }
    }

    @Test
    void proxMatchesTheOracleInDouble() {
        double[][] cases = cases(Precision.FLOAT64);
        double[] z = prox(Precision.FLOAT64, cases);
        for (int i = 0; i < z.length; i++) {
            double t = cases[0][i];
            double c = cases[1][i];
            double w = cases[2][i];
            ScalarOracle oracle = oracle(t, c, w);
            List<Minimum> minima = oracle.minima();
            Minimum best = minima.get(0);
            String what = "prox(t=" + t + ", c=" + c + ", w=" + w + ") = " + z[i] + " (oracle: " + best + ")";
            assertThat(z[i]).as(what).isFinite();
            double rounding = 1e-24 * (1 + w) * (1 + t * t + c * c);
            assertThat(oracle.objective(z[i])).as("objective of " + what)
                    .isLessThanOrEqualTo(best.objective() * (1 + 1e-6) + rounding);
            assertThat(isOneOf(minima, z[i], best.objective() * (1 + 2e-6) + rounding)
                    || isStationary(oracle, z[i], t, c, w)).as("minimiser of " + what).isTrue();
        }
    }

    @Test
    void proxIsGoodEnoughInSingle() {
        double[][] cases = cases(Precision.FLOAT32);
        double[] z = prox(Precision.FLOAT32, cases);
        for (int i = 0; i < z.length; i += SINGLE_STRIDE) {
            double t = cases[0][i];
            double c = cases[1][i];
            double w = cases[2][i];
            ScalarOracle oracle = oracle(t, c, w);
            Minimum best = oracle.minima().get(0);
            double reach = 2e-6 * Math.max(1, Math.max(Math.abs(best.z()), Math.abs(c)));
            double rise = Math.max(oracle.objective(best.z() - reach), oracle.objective(best.z() + reach))
                    - best.objective();
            double allowed = best.objective() * (1 + 1e-4) + 1e-6 * oracle.objective(c) + rise;
            assertThat(oracle.objective(z[i])).as("objective in float32 of prox(t=%s, c=%s, w=%s) = %s (oracle: %s)",
                    t, c, w, z[i], best).isLessThanOrEqualTo(allowed);
        }
    }

    @Test
    void proxResolvesTies() {
        for (Tie tie : ties()) {
            for (Precision precision : Precision.values()) {
                double z = prox(precision, new double[][] {{tie.target()}, {tie.centre()}, {tie.weight()}})[0];
                assertThat(z).as("prox in %s of %s", precision, tie).isEqualTo(tie.minimiser());
            }
        }
    }

    @Test
    void preimageIsExactlyTheRightSet() {
        if (!activation().traits().contains(ActivationTrait.MONOTONE)) {
            assertThatThrownBy(() -> activation().preimage(Expr.input(0), Expr.input(1)))
                    .isInstanceOf(AltminException.class).hasMessageContaining(activation().name());
            return;
        }
        for (double lower : BOUNDS) {
            for (double upper : BOUNDS) {
                if (lower <= upper && lower < Double.POSITIVE_INFINITY && upper > Double.NEGATIVE_INFINITY) {
                    assertPreimage(Precision.FLOAT64, lower, upper);
                    assertPreimage(Precision.FLOAT32, (float) lower, (float) upper);
                }
            }
        }
    }

    private void assertPreimage(Precision precision, double lower, double upper) {
        UnaryOperator<double[]> value = Evaluation.function(activation()::value);
        UnaryOperator<double[]> derivative = Evaluation.function(activation()::derivative);
        Activation.Interval interval = activation().preimage(Expr.input(0), Expr.input(1));
        double from = single(interval.lower(), precision, lower, upper);
        double to = single(interval.upper(), precision, lower, upper);
        String what = "preimage of [" + lower + ", " + upper + "] in " + precision + ", [" + from + ", " + to + "]";
        assertThat(from).as(what).isLessThanOrEqualTo(to).isLessThan(Double.POSITIVE_INFINITY);
        assertThat(to).as(what).isGreaterThan(Double.NEGATIVE_INFINITY);
        double relative = precision == Precision.FLOAT32 ? 1e-5 : 1e-9;
        double marginFrom = relative * Math.max(1, Math.abs(from));
        double marginTo = relative * Math.max(1, Math.abs(to));
        double[] grid = Arrays.copyOf(Evaluation.grid(), Evaluation.grid().length + 4);
        double[] ends = {from, to, from - marginFrom, to + marginTo};
        for (int k = 0; k < 4; k++) {
            grid[grid.length - 4 + k] = Double.isFinite(ends[k]) ? ends[k] : 0;
        }
        double[] values = value.apply(grid);
        double[] slopes = derivative.apply(grid);
        boolean piecewiseLinear = activation().traits().contains(ActivationTrait.PIECEWISE_LINEAR);
        double nearest = Double.POSITIVE_INFINITY;
        for (double h : values) {
            nearest = Math.min(nearest, distance(h, lower, upper));
        }
        double tolerance = precision == Precision.FLOAT32 ? 3e-6 : 1e-7;
        for (int i = 0; i < grid.length; i++) {
            double z = grid[i];
            double h = values[i];
            double distance = distance(h, lower, upper);
            if (z >= from && z <= to) {
                assertThat(distance).as("h(%s) = %s, inside the %s", z, h, what)
                        .isLessThanOrEqualTo(nearest + tolerance * Math.max(1, Math.abs(h)));
            } else if (z <= from - marginFrom || z >= to + marginTo) {
                boolean saturated = !piecewiseLinear && Math.abs(slopes[i]) <= 1e-9;
                assertThat(distance > nearest || saturated)
                        .as("h(%s) = %s belongs to the %s, but z is outside", z, h, what).isTrue();
            }
        }
    }

    private static double distance(double h, double lower, double upper) {
        return Math.max(0, Math.max(lower - h, h - upper));
    }

    private static double single(Expr expr, Precision precision, double lower, double upper) {
        return ExprInterpreter.evaluate(expr, precision, 1, new double[0], new double[] {lower},
                new double[] {upper})[0];
    }

    private double[] prox(Precision precision, double[][] cases) {
        Kernel kernel = Kernel.map(activation().prox(Expr.input(0), Expr.input(1), Expr.input(2)));
        try (LinearAlgebra la = Evaluation.open(provider(), precision)) {
            return Evaluation.on(la, kernel, cases);
        }
    }

    private ScalarOracle oracle(double target, double centre, double weight) {
        UnaryOperator<double[]> value = Evaluation.function(activation()::value);
        UnaryOperator<double[]> slope = Evaluation.function(activation()::derivative);
        return new ScalarOracle(z -> {
            double[] h = value.apply(z);
            return Arrays.stream(h).map(x -> 0.5 * (x - target) * (x - target)).toArray();
        }, z -> {
            double[] h = value.apply(z);
            double[] derivative = slope.apply(z);
            double[] result = new double[z.length];
            Arrays.setAll(result, i -> derivative[i] * (h[i] - target));
            return result;
        }, centre, weight);
    }

    private static boolean isOneOf(List<Minimum> minima, double z, double objective) {
        return minima.stream().filter(minimum -> minimum.objective() <= objective)
                .anyMatch(minimum -> Math.abs(z - minimum.z()) <= 1e-6 * Math.max(1, Math.abs(minimum.z())));
    }

    /** The derivative of the objective at z is as small as its terms are exact. */
    private boolean isStationary(ScalarOracle oracle, double z, double t, double c, double w) {
        double h = Evaluation.function(activation()::value).apply(new double[] {z})[0];
        double slope = Evaluation.function(activation()::derivative).apply(new double[] {z})[0];
        double terms = Math.abs(slope) * (Math.abs(h) + Math.abs(t)) + w * (Math.abs(z) + Math.abs(c));
        return Math.abs(oracle.slope(z)) <= 16 * Math.ulp(1.0) * terms;
    }

    /** Targets, centres and weights as the precision stores them. */
    private static double[][] cases(Precision precision) {
        List<double[]> cases = new ArrayList<>();
        for (double t : TARGETS) {
            for (double c : CENTRES) {
                for (double w : WEIGHTS) {
                    cases.add(new double[] {t, c, w});
                }
            }
        }
        RandomStream random = new RandomStream(17);
        for (int i = 0; i < 400; i++) {
            double scale = i % 2 == 0 ? 1 : 6;
            cases.add(new double[] {scale * random.nextGaussian(), scale * random.nextGaussian(),
                    Math.pow(10, random.nextDouble(-6, 6))});
        }
        double[][] result = new double[3][cases.size()];
        for (int i = 0; i < cases.size(); i++) {
            for (int k = 0; k < 3; k++) {
                double value = cases.get(i)[k];
                result[k][i] = precision == Precision.FLOAT32 ? (float) value : value;
            }
        }
        return result;
    }

    private static double[] shifted(double[] grid, double[] step, int sign) {
        double[] result = new double[grid.length];
        Arrays.setAll(result, i -> grid[i] + sign * step[i]);
        return result;
    }

    private static void assertReached(String what, double bound, double reached) {
        if (Double.isFinite(bound)) {
            assertThat(reached).as("%s approached", what).isCloseTo(bound,
                    within(1e-4 * Math.max(1, Math.abs(bound))));
        } else {
            assertThat(Math.abs(reached)).as("%s is infinite, so values grow", what).isNotNaN()
                    .isGreaterThan(1e3);
        }
    }

    private static void assertBound(String what, double bound, double[] values, double tolerance) {
        double largest = Arrays.stream(values).map(Math::abs).max().orElseThrow();
        if (Double.isFinite(bound)) {
            assertThat(largest).as("largest %s", what).isLessThanOrEqualTo(bound * (1 + tolerance) + tolerance)
                    .isGreaterThanOrEqualTo(0.98 * bound);
        } else {
            assertThat(largest).as("%s is said to be unbounded", what).isNotNaN().isGreaterThan(1e3);
        }
    }
}

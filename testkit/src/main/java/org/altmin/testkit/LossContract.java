package org.altmin.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.altmin.core.operator.Loss;
import org.altmin.core.operator.LossTrait;
import org.altmin.core.operator.TargetEncoding;
import org.altmin.linalg.Expr;
import org.altmin.linalg.Kernel;
import org.altmin.linalg.LinearAlgebra;
import org.altmin.linalg.Precision;
import org.altmin.linalg.RandomStream;
import org.altmin.testkit.reference.Dense;
import org.altmin.testkit.reference.ExprInterpreter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.junit.jupiter.api.Test;

/**
 * What every {@link Loss} must do, for columns of 1, 2, 10 and 100 elements.
 *
 * <pre>{@code
 * class AbsoluteTest extends LossContract {
 *     @Override
 *     protected Loss loss() {
 *         return new Absolute();
 *     }
 *
 *     @Override
 *     protected boolean differentiable() {
 *         return false;
 *     }
 * }
 * }</pre>
 *
 * <p><b>Tolerances.</b> Everything is evaluated in double. At z = prox(q, y, w), with w from 1e-6 to 1e3 and |q| up to
 * 1e4, every element of ∇R(z) + w(z − q) of a differentiable loss is at most 1e-11 + 32ε·(what rounding z, q and y
 * alone must cause); no move by a coordinate or a random direction lowers R(z) + (w/2)‖z − q‖² by more than 1e-12 of it
 * and of its change's terms. In float32 (matrices of float, kernels {@code inDouble}) the same z to 1 ulp.
 */
public abstract class LossContract extends OperatorChecks<Loss> implements OnBackend {

    private static final int SAMPLES = 24;
    private static final double[] WEIGHTS = {1e-6, 1e-4, 1e-2, 0.3, 1, 7, 100, 1000};
    private static final double[] SPREADS = {0.1, 3, 50, 1e4};

    /** The loss that is judged. */
    protected abstract Loss loss();

    /** Whether the gradient exists everywhere; without it the prox is judged by values alone. */
    protected boolean differentiable() {
        return true;
    }

    /** The largest |q| the prox is asked for; only a loss that overflows beyond lowers it. */
    protected double largestCentre() {
        return 1e4;
    }

    @Override
    final Loss operator() {
        return loss();
    }

    @Override
    final double[] behaviour(Loss loss) {
        double[] z = {-3, 0.2, 1.5};
        double[] y = targets(3, 1, 1).values();
        Expr all = loss.value(Expr.input(0), Expr.input(1)).plus(loss.gradient(Expr.input(0), Expr.input(1)).times(10))
                .plus(loss.prox(Expr.input(0), Expr.input(1), Expr.constant(0.7)).times(100));
        return ExprInterpreter.evaluate(all, z, y);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 10, 100})
    void gradientMatchesFiniteDifferences(int classes) {
        Dense y = targets(classes, SAMPLES, 1);
        Dense z = Dense.drawn(classes, SAMPLES, new RandomStream(classes)::nextGaussian);
        Kernel kernel = Kernel.map(loss().gradient(Expr.input(0), Expr.input(1)));
        Dense gradient;
        try (LinearAlgebra la = Evaluation.open(provider(), Precision.FLOAT64)) {
            gradient = Evaluation.on(la, kernel, z, y);
        }
        double step = 1e-5;
        for (int j = 0; j < SAMPLES; j++) {
            for (int i = 0; i < classes; i++) {
                double here = value(z.column(j), y.column(j));
                double after = value(moved(z.column(j), i, step), y.column(j));
                double before = value(moved(z.column(j), i, -step), y.column(j));
                double left = (here - before) / step;
                double right = (after - here) / step;
                double noise = 1e-9 * (1 + Math.abs(here)) + 2 * step * Math.abs(right - left);
                assertThat(gradient.get(i, j)).as("gradient, element %d of sample %d", i, j)
                        .isBetween(Math.min(left, right) - noise, Math.max(left, right) + noise);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 10, 100})
    void isConvex(int classes) {
        RandomStream random = new RandomStream(classes);
        for (int k = 0; k < 100; k++) {
            double[] y = targets(classes, 1, k).values();
            double scale = Math.pow(10, random.nextDouble(-2, 2));
            double[] a = Dense.drawn(classes, 1, () -> scale * random.nextGaussian()).values();
            double[] b = Dense.drawn(classes, 1, () -> scale * random.nextGaussian()).values();
            double part = random.nextDouble();
            double[] between = new double[classes];
            Arrays.setAll(between, i -> part * a[i] + (1 - part) * b[i]);
            double chord = part * value(a, y) + (1 - part) * value(b, y);
            assertThat(value(between, y)).as("value on a chord")
                    .isLessThanOrEqualTo(chord + 1e-12 * (1 + Math.abs(chord)));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 10, 100})
    void curvatureBoundsTheGradientsChange(int classes) {
        double curvature = loss().curvature();
        assertThat(curvature).as("curvature").isNotNaN().isGreaterThan(0);
        if (Double.isInfinite(curvature)) {
            return;
        }
        RandomStream random = new RandomStream(classes);
        for (int k = 0; k < 200; k++) {
            double[] y = targets(classes, 1, k).values();
            double spread = Math.pow(10, random.nextDouble(-1, 1));
            double reach = Math.pow(10, random.nextDouble(-3, 1));
            double[] a = Dense.drawn(classes, 1, () -> spread * random.nextGaussian()).values();
            double[] b = Arrays.stream(a).map(x -> x + reach * random.nextGaussian()).toArray();
            double change = distance(gradient(a, y), gradient(b, y));
            assertThat(change).as("change of the gradient").isLessThanOrEqualTo(curvature * distance(a, b) + 1e-12);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 10, 100})
    void traitsAreThoseOfTheGradient(int classes) {
        RandomStream random = new RandomStream(classes);
        boolean quadratic = true;
        boolean softmax = true;
        for (int k = 0; k < 100; k++) {
            double[] y = targets(classes, 1, k).values();
            double scale = Math.min(largestCentre(), Math.pow(10, random.nextDouble(-2, 2)));
            double[] z = Dense.drawn(classes, 1, () -> scale * random.nextGaussian()).values();
            double[] gradient = gradient(z, y);
            quadratic &= equal(gradient, z, y);
            softmax &= equal(gradient, softmax(z), y);
        }
        assertThat(loss().traits().contains(LossTrait.QUADRATIC)).as("declared quadratic").isEqualTo(quadratic);
        assertThat(loss().traits().contains(LossTrait.SOFTMAX)).as("declared softmax").isEqualTo(softmax);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 10, 100})
    void proxIsOptimal(int classes) {
        for (double weight : WEIGHTS) {
            for (double spread : SPREADS) {
                Dense y = targets(classes, SAMPLES, 3);
                RandomStream random = new RandomStream(classes);
                double limit = largestCentre();
                Dense q = Dense.drawn(classes, SAMPLES,
                        () -> Math.max(-limit, Math.min(limit, spread * random.nextGaussian())));
                Dense z = prox(Precision.FLOAT64, q, y, weight);
                for (int j = 0; j < SAMPLES; j++) {
                    String what = "prox of sample " + j + " with w=" + weight + " and |q| about " + spread;
                    assertThat(z.column(j)).as(what).doesNotContain(Double.NaN, Double.POSITIVE_INFINITY,
                            Double.NEGATIVE_INFINITY);
                    if (differentiable()) {
                        assertStationary(what, z.column(j), q.column(j), y.column(j), weight);
                    }
                    assertNoMoveImproves(what, z.column(j), q.column(j), y.column(j), weight);
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 10, 100})
    void proxInDoubleServesFloatMatrices(int classes) {
        for (double weight : new double[] {1e-4, 1, 100}) {
            RandomStream random = new RandomStream(classes);
            Dense y = targets(classes, SAMPLES, 4).rounded(Precision.FLOAT32);
            Dense q = Dense.drawn(classes, SAMPLES, () -> 3 * random.nextGaussian()).rounded(Precision.FLOAT32);
            Dense expected = prox(Precision.FLOAT64, q, y, weight);
            Dense actual = prox(Precision.FLOAT32, q, y, weight);
            Agreement.assertWithin("prox on float matrices, w=" + weight, expected,
                    expected.map(z -> Math.ulp((float) z)), actual);
        }
    }

    @Test
    void encodingPrefersTheRightClass() {
        TargetEncoding encoding = loss().encoding();
        if (encoding.kind() == TargetEncoding.Kind.CLASSES) {
            assertThat(encoding.on()).as("the entry of the own class").isGreaterThan(encoding.off());
        }
        for (int classes : new int[] {2, 10}) {
            double[] y = encoded(classes, 1, 0);
            double[] right = encoded(classes, 1, 0);
            double[] wrong = encoded(classes, 0, 0);
            assertThat(value(wrong, y)).as("loss of the wrong class").isFinite();
            assertThat(value(right, y)).as("loss of the right class").isLessThan(value(wrong, y));
            double[] onward = right.clone();
            double[] gradient = gradient(wrong, y);
            Arrays.setAll(onward, i -> wrong[i] - 0.01 * gradient[i]);
            assertThat(value(onward, y)).as("loss after a gradient step").isLessThan(value(wrong, y));
            assertThat(wrong[1] - 0.01 * gradient[1]).as("the right class's output after it")
                    .isGreaterThan(wrong[1]);
        }
    }

    @Test
    void isFiniteFarOut() {
        for (double far : new double[] {-largestCentre(), largestCentre()}) {
            for (int label = 0; label < 2; label++) {
                double[] z = {far, 0, -far};
                double[] y = encoded(3, label, 0);
                if (largestCentre() >= 1e4) {
                    assertThat(value(z, y)).as("value far out").isFinite();
                    assertThat(gradient(z, y)).as("gradient far out").doesNotContain(Double.NaN);
                }
            }
        }
    }

    private void assertStationary(String what, double[] z, double[] q, double[] y, double weight) {
        double[] gradient = gradient(z, y);
        double[] nearby = gradient(Arrays.stream(z).map(x -> x + 32 * Math.ulp(x)).toArray(), y);
        for (int i = 0; i < z.length; i++) {
            double rest = gradient[i] + weight * (z[i] - q[i]);
            double rounding = 32 * Math.ulp(1.0) * (Math.abs(gradient[i]) + weight * (Math.abs(z[i]) + Math.abs(q[i])))
                    + Math.abs(nearby[i] - gradient[i]) + sensitivity(z, y, i);
            assertThat(Math.abs(rest)).as("|gradient| of the objective at the %s, element %d", what, i)
                    .isLessThanOrEqualTo(1e-11 + rounding);
        }
    }

    /** How much rounding of one large element moves the gradient of element i. */
    private double sensitivity(double[] z, double[] y, int i) {
        double largest = Arrays.stream(z).map(Math::abs).max().orElse(0);
        double step = 32 * Math.ulp(largest);
        return Math.abs(gradient(moved(z, i, step), y)[i] - gradient(moved(z, i, -step), y)[i]);
    }

    private void assertNoMoveImproves(String what, double[] z, double[] q, double[] y, double weight) {
        double here = value(z, y);
        RandomStream random = new RandomStream(5);
        for (int k = 0; k < 40; k++) {
            double reach = Math.pow(10, random.nextDouble(-6, 2));
            int element = random.nextInt(z.length);
            double[] move = new double[z.length];
            if (k % 2 == 0) {
                move[element] = k % 4 == 0 ? reach : -reach;
            } else {
                Arrays.setAll(move, i -> reach * random.nextGaussian());
            }
            double[] there = new double[z.length];
            Arrays.setAll(there, i -> z[i] + move[i]);
            double rise = value(there, y) - here;
            double slack = 1e-12 * (Math.abs(here) + Math.abs(value(there, y)));
            for (int i = 0; i < z.length; i++) {
                double term = weight * move[i] * (z[i] - q[i] + 0.5 * move[i]);
                rise += term;
                slack += 1e-12 * Math.abs(term)
                        + 1e-15 * weight * Math.abs(move[i]) * (Math.abs(z[i]) + Math.abs(q[i]));
            }
            assertThat(rise).as("rise of the objective when moving by %s from the %s", reach, what)
                    .isGreaterThanOrEqualTo(-slack - 1e-14);
        }
    }

    private Dense prox(Precision precision, Dense q, Dense y, double weight) {
        Expr prox = loss().prox(Expr.input(0), Expr.input(1), Expr.constant(weight));
        try (LinearAlgebra la = Evaluation.open(provider(), precision)) {
            return Evaluation.on(la, Kernel.builder().output(prox).inDouble().build(), q, y);
        }
    }

    /** R of one column. */
    private double value(double[] z, double[] y) {
        Expr value = loss().value(Expr.input(0), Expr.input(1));
        return Arrays.stream(ExprInterpreter.evaluate(value, z, y)).sum();
    }

    private double[] gradient(double[] z, double[] y) {
        return ExprInterpreter.evaluate(loss().gradient(Expr.input(0), Expr.input(1)), z, y);
    }

    private static double[] softmax(double[] z) {
        double largest = Arrays.stream(z).max().orElse(0);
        double[] power = Arrays.stream(z).map(x -> Math.exp(x - largest)).toArray();
        double sum = Arrays.stream(power).sum();
        return Arrays.stream(power).map(x -> x / sum).toArray();
    }

    /** Whether the gradient is p − y to rounding. */
    private static boolean equal(double[] gradient, double[] p, double[] y) {
        for (int i = 0; i < y.length; i++) {
            if (!(Math.abs(gradient[i] - (p[i] - y[i])) <= 1e-12 * (1 + Math.abs(p[i]) + Math.abs(y[i])))) {
                return false;
            }
        }
        return true;
    }

    /** Columns as the loss wants them: classes, every third with label smoothing, or real values. */
    private Dense targets(int classes, int samples, long seed) {
        RandomStream random = new RandomStream(seed);
        if (loss().encoding().kind() == TargetEncoding.Kind.VALUES) {
            return Dense.drawn(classes, samples, () -> 2 * random.nextGaussian());
        }
        Dense result = Dense.zeros(classes, samples);
        for (int j = 0; j < samples; j++) {
            double[] column = encoded(classes, random.nextInt(classes), j % 3 == 2 ? 0.1 : 0);
            System.arraycopy(column, 0, result.values(), j * classes, classes);
        }
        return result;
    }

    private double[] encoded(int classes, int label, double smoothing) {
        double[] result = new double[classes];
        Arrays.setAll(result, row -> loss().encoding().entry(row, label, smoothing, classes));
        return result;
    }

    private static double[] moved(double[] z, int element, double step) {
        double[] result = z.clone();
        result[element] += step;
        return result;
    }

    private static double distance(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += (a[i] - b[i]) * (a[i] - b[i]);
        }
        return Math.sqrt(sum);
    }
}

package org.altmin.linalg.cpu.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.altmin.linalg.Cholesky;
import org.altmin.linalg.LinearAlgebra;
import org.altmin.linalg.LinearAlgebraOptions;
import org.altmin.linalg.Matrix;
import org.altmin.linalg.NotPositiveDefiniteException;
import org.altmin.linalg.Precision;
import org.altmin.linalg.RandomStream;
import org.altmin.linalg.cpu.CpuProvider;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Products and factorisations over shapes that do and do not fill their tiles, against plain sums. */
class OjAlgoProductsTest {

    private static final int[][] SHAPES = {
        {1, 1, 1}, {3, 2, 0}, {1, 40, 7}, {40, 1, 7}, {10, 33, 300}, {33, 64, 257}, {515, 40, 5}, {70, 290, 20}
    };

    static Stream<Arguments> products() {
        List<Arguments> result = new ArrayList<>();
        for (int[] s : SHAPES) {
            for (int transposes = 0; transposes < 4; transposes++) {
                Precision precision = Precision.values()[(s[0] + transposes) % 2];
                result.add(Arguments.of(s[0], s[1], s[2], transposes / 2 == 1, transposes % 2 == 1, precision));
                if (transposes % 3 == 0) {
                    Precision other = Precision.values()[(s[0] + transposes + 1) % 2];
                    result.add(Arguments.of(s[0], s[1], s[2], transposes / 2 == 1, transposes % 2 == 1, other));
                }
            }
        }
        return result.stream();
    }

    @ParameterizedTest(name = "{0} x {1} over {2}, transposed {3} {4}, {5}")
    @MethodSource("products")
    void gemmIsTheSumOfProducts(int rows, int columns, int inner, boolean transposeA, boolean transposeB,
            Precision precision) {
        try (LinearAlgebra la = open(precision, 1); LinearAlgebra parallel = open(precision, 3)) {
            for (double beta : new double[] {0, -0.5}) {
                double[] actual = gemm(la, rows, columns, inner, transposeA, transposeB, beta);
                double[] expected = expected(la, rows, columns, inner, transposeA, transposeB, beta);
                requireClose(actual, expected, tolerance(precision) * (inner + 1));
                assertThat(gemm(parallel, rows, columns, inner, transposeA, transposeB, beta)).isEqualTo(actual);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Precision.class)
    void syrkIsTheProductWithTheTransposeAndSymmetric(Precision precision) {
        try (LinearAlgebra la = open(precision, 2)) {
            for (int[] shape : new int[][] {{1, 5}, {30, 40}, {70, 300}, {530, 3}}) {
                Matrix a = random(la, shape[0], shape[1], 1);
                for (boolean transposed : new boolean[] {false, true}) {
                    int order = shape[transposed ? 1 : 0];
                    Matrix expected = symmetric(la, order);
                    Matrix actual = symmetric(la, order);
                    la.gemm(0.25, a, transposed, a, !transposed, 2, expected);
                    la.syrk(0.25, a, transposed, 2, actual);
                    double[] elements = la.toArray(actual);
                    requireClose(elements, la.toArray(expected), tolerance(precision) * 300);
                    double[] reflected = new double[elements.length];
                    for (int i = 0; i < elements.length; i++) {
                        reflected[i] = elements[i / order + i % order * order];
                    }
                    assertThat(reflected).isEqualTo(elements);
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Precision.class)
    void choleskySolvesFromBothSidesAndInverts(Precision precision) {
        try (LinearAlgebra la = open(precision, 3)) {
            for (int order : new int[] {1, 2, 31, 32, 33, 100, 161}) {
                Matrix a = la.allocate(order, order);
                la.syrk(1.0 / order, random(la, order, order + 5, 2), false, 0, a);
                Matrix shifted = la.allocateLike(a);
                double[] elements = la.toArray(a);
                for (int i = 0; i < order; i++) {
                    elements[i * (order + 1)] += 0.5;
                }
                la.upload(elements, shifted);
                double tolerance = 100 * tolerance(precision);
                try (Cholesky cholesky = la.cholesky(order)) {
                    cholesky.factor(a, 0.5);
                    Matrix left = random(la, order, 45, 3);
                    Matrix right = random(la, 45, order, 4);
                    double[] b = la.toArray(left);
                    double[] c = la.toArray(right);
                    cholesky.solveLeft(left);
                    cholesky.solveRight(right);
                    Matrix inverse = la.allocateLike(a);
                    cholesky.inverse(inverse);
                    Matrix product = la.allocateLike(left);
                    la.multiply(shifted, left, product);
                    requireClose(la.toArray(product), b, tolerance);
                    Matrix fromRight = la.allocateLike(right);
                    la.multiply(right, shifted, fromRight);
                    requireClose(la.toArray(fromRight), c, tolerance);
                    Matrix identity = la.allocateLike(a);
                    la.multiply(inverse, shifted, identity);
                    double[] expected = new double[order * order];
                    for (int i = 0; i < order; i++) {
                        expected[i * (order + 1)] = 1;
                    }
                    requireClose(la.toArray(identity), expected, tolerance);
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Precision.class)
    void choleskyNamesTheFirstPivotThatIsNotPositive(Precision precision) {
        try (LinearAlgebra la = open(precision, 1); Cholesky cholesky = la.cholesky(3)) {
            Matrix indefinite = la.of(3, 3, 4, 2, 0, 2, 1, 0, 0, 0, 1);
            assertThatThrownBy(() -> cholesky.factor(indefinite, 0))
                    .isInstanceOf(NotPositiveDefiniteException.class)
                    .hasMessageContaining("pivot 1 ");
            cholesky.factor(indefinite, 1);
            Matrix withNaN = la.of(3, 3, 1, 0, 0, 0, 1, 0, 0, 0, Double.NaN);
            assertThatThrownBy(() -> cholesky.factor(withNaN, 0)).hasMessageContaining("pivot 2 ");
        }
    }

    private static void requireClose(double[] actual, double[] expected, double tolerance) {
        assertThat(actual).hasSameSizeAs(expected);
        for (int i = 0; i < actual.length; i++) {
            if (!(Math.abs(actual[i] - expected[i]) <= tolerance)) {
                assertThat(actual[i]).as("element %d", i).isCloseTo(expected[i], within(tolerance));
            }
        }
    }

    private static double[] gemm(LinearAlgebra la, int rows, int columns, int inner, boolean transposeA,
            boolean transposeB, double beta) {
        Matrix a = left(la, rows, inner, transposeA);
        Matrix b = right(la, columns, inner, transposeB);
        Matrix c = random(la, rows, columns, 7);
        if (beta == 0) {
            la.fill(c, Double.NaN);
        }
        la.gemm(1.5, a, transposeA, b, transposeB, beta, c);
        return la.toArray(c);
    }

    private static double[] expected(LinearAlgebra la, int rows, int columns, int inner, boolean transposeA,
            boolean transposeB, double beta) {
        double[] a = la.toArray(left(la, rows, inner, transposeA));
        double[] b = la.toArray(right(la, columns, inner, transposeB));
        double[] c = la.toArray(random(la, rows, columns, 7));
        for (int j = 0; j < columns; j++) {
            for (int i = 0; i < rows; i++) {
                double sum = 0;
                for (int k = 0; k < inner; k++) {
                    sum += a[transposeA ? k + i * inner : i + k * rows]
                            * b[transposeB ? j + k * columns : k + j * inner];
                }
                c[i + j * rows] = 1.5 * sum + beta * c[i + j * rows];
            }
        }
        return c;
    }

    private static Matrix left(LinearAlgebra la, int rows, int inner, boolean transposed) {
        return transposed ? random(la, inner, rows, 5) : random(la, rows, inner, 5);
    }

    private static Matrix right(LinearAlgebra la, int columns, int inner, boolean transposed) {
        return transposed ? random(la, columns, inner, 6) : random(la, inner, columns, 6);
    }

    private static Matrix symmetric(LinearAlgebra la, int order) {
        Matrix result = la.allocate(order, order);
        Matrix column = random(la, order, 1, 8);
        la.gemm(1, column, false, column, true, 0, result);
        return result;
    }

    /** A view that does not begin at the beginning of its buffer. */
    private static Matrix random(LinearAlgebra la, int rows, int columns, long seed) {
        Matrix result = la.allocate(rows, columns + 2).columns(1, columns + 1);
        new RandomStream(seed).fillGaussian(result, 0, 1);
        return result;
    }

    private static double tolerance(Precision precision) {
        return precision == Precision.FLOAT32 ? 1e-5 : 1e-13;
    }

    private static LinearAlgebra open(Precision precision, int threads) {
        LinearAlgebraOptions options = LinearAlgebraOptions.of(precision).withThreads(threads);
        return new LinearAlgebra("cpu", new CpuProvider().open(options));
    }
}

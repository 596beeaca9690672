package org.altmin.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import org.altmin.linalg.LinearAlgebra;
import org.altmin.linalg.Matrix;
import org.altmin.linalg.Precision;
import org.altmin.testkit.reference.Dense;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** gemm and syrk. */
abstract class ProductChecks extends BackendChecks {

    private static final int[][] SHAPES = {{1, 1, 1}, {1, 7, 1}, {1, 1, 9}, {9, 1, 1}, {1, 40, 17}, {17, 40, 1},
            {17, 1, 40}, {2, 3, 4}, {5, 5, 5}, {10, 33, 7}, {31, 17, 65}, {64, 64, 64}, {100, 3, 101}};
    private static final int[][] LARGE = {{257, 513, 129}, {10, 784, 1031}, {300, 2, 1025}, {7, 4099, 5}};

    ProductChecks(LinearAlgebraContract contract) {
        super(contract);
    }

    @ParameterizedTest
    @EnumSource(Precision.class)
    void multipliesWithEveryTranspose(Precision precision) {
        for (int[] shape : SHAPES) {
            for (boolean transposeA : new boolean[] {false, true}) {
                for (boolean transposeB : new boolean[] {false, true}) {
                    checkGemm(precision, shape, transposeA, transposeB, 1, 0, false);
                    checkGemm(precision, shape, transposeA, transposeB, -0.75, 0.5, true);
                    checkGemm(precision, shape, transposeA, transposeB, 2, 1, true);
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Precision.class)
    void multipliesAcrossBlocks(Precision precision) {
        for (int[] shape : LARGE) {
            for (boolean transposeA : new boolean[] {false, true}) {
                for (boolean transposeB : new boolean[] {false, true}) {
                    checkGemm(precision, shape, transposeA, transposeB, 1.5, transposeA == transposeB ? 0 : -1, true);
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Precision.class)
    void handlesTrivialFactors(Precision precision) {
        checkGemm(precision, new int[] {4, 5, 6}, false, false, 0, 1, false);
        checkGemm(precision, new int[] {4, 5, 6}, false, true, 0, 0, false);
        checkGemm(precision, new int[] {4, 5, 6}, true, false, 0, -2, false);
        checkGemm(precision, new int[] {4, 5, 6}, true, true, -1, 1, false);
    }

    @ParameterizedTest
    @EnumSource(Precision.class)
    void handlesEmptyMatrices(Precision precision) {
        LinearAlgebra la = la(precision);
        Matrix c = matrix(precision, new Dense(2, 2, 1, 2, 3, 4));
        la.gemm(1, zeros(precision, 2, 0), false, zeros(precision, 0, 2), false, 2, c);
        assertThat(la.toArray(c)).containsExactly(2, 4, 6, 8);
        Matrix symmetric = matrix(precision, new Dense(2, 2, 2, 4, 4, 8));
        la.syrk(1, zeros(precision, 2, 0), false, 0.5, symmetric);
        assertThat(la.toArray(symmetric)).containsExactly(1, 2, 2, 4);
        la.fill(c, Double.NaN);
        la.gemm(1, zeros(precision, 0, 2), true, zeros(precision, 2, 0), true, 0, c);
        assertThat(la.toArray(c)).containsOnly(0);
        la.fill(c, Double.NaN);
        la.syrk(1, zeros(precision, 0, 2), true, 0, c);
        assertThat(la.toArray(c)).containsOnly(0);
        la.gemm(1, zeros(precision, 0, 3), false, zeros(precision, 3, 2), false, 0, zeros(precision, 0, 2));
    }

    @ParameterizedTest
    @EnumSource(Precision.class)
    void propagatesNaNAndInfinity(Precision precision) {
        LinearAlgebra la = la(precision);
        Dense a = random(precision, 37, 41, 1);
        a.set(5, 7, Double.NaN);
        a.set(20, 3, Double.POSITIVE_INFINITY);
        Dense b = random(precision, 41, 29, 2).map(Math::abs);
        Matrix c = zeros(precision, 37, 29);
        la.multiply(matrix(precision, a), matrix(precision, b), c);
        Dense result = Dense.of(c);
        for (int i = 0; i < 37; i++) {
            for (int j = 0; j < 29; j++) {
                double value = result.get(i, j);
                assertThat(Double.isNaN(value)).as("NaN at %d, %d", i, j).isEqualTo(i == 5);
                assertThat(value == Double.POSITIVE_INFINITY).as("infinity at %d, %d", i, j).isEqualTo(i == 20);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Precision.class)
    void formsGramMatrices(Precision precision) {
        int[][] shapes = {{1, 1}, {1, 9}, {9, 1}, {5, 8}, {33, 65}, {65, 33}, {129, 1025}, {257, 40}, {10, 784}};
        for (int[] shape : shapes) {
            for (boolean transposed : new boolean[] {false, true}) {
                checkSyrk(precision, shape[0], shape[1], transposed, 1, 0);
                checkSyrk(precision, shape[0], shape[1], transposed, 0.5, 1);
                checkSyrk(precision, shape[0], shape[1], transposed, -2, 0.25);
            }
        }
    }

    private void checkGemm(Precision precision, int[] shape, boolean transposeA, boolean transposeB, double alpha,
            double beta, boolean views) {
        int rows = shape[0];
        int inner = shape[1];
        int columns = shape[2];
        Dense a = random(precision, transposeA ? inner : rows, transposeA ? rows : inner, 1);
        Dense b = random(precision, transposeB ? columns : inner, transposeB ? inner : columns, 2);
        Dense c = beta == 0 ? Dense.zeros(rows, columns).map(x -> Double.NaN) : random(precision, rows, columns, 3);
        Matrix onA = views ? view(precision, a) : matrix(precision, a);
        Matrix onB = views ? view(precision, b) : matrix(precision, b);
        Matrix onC = views ? view(precision, c) : matrix(precision, c);
        la(precision).gemm(alpha, onA, transposeA, onB, transposeB, beta, onC);
        Dense left = transposeA ? a.transposed() : a;
        Dense right = transposeB ? b.transposed() : b;
        String what = "gemm of " + left + (transposeA ? " transposed" : "") + " and " + right
                + (transposeB ? " transposed" : "") + ", alpha " + alpha + ", beta " + beta;
        checkProduct(what, precision, left, right, alpha, beta, c, onC);
        Agreement.assertIdentical(what + ": A afterwards", a, Dense.of(onA));
        Agreement.assertIdentical(what + ": B afterwards", b, Dense.of(onB));
    }

    private void checkSyrk(Precision precision, int rows, int columns, boolean transposed, double alpha,
            double beta) {
        Dense a = random(precision, rows, columns, 4);
        Dense left = transposed ? a.transposed() : a;
        int order = left.rows();
        Dense c = Dense.zeros(order, order).map(x -> Double.NaN);
        if (beta != 0) {
            Dense half = random(precision, order, order, 5);
            c = half.plus(1, half.transposed()).rounded(precision);
        }
        Matrix onC = view(precision, c);
        la(precision).syrk(alpha, view(precision, a), transposed, beta, onC);
        String what = "syrk of " + a + (transposed ? " transposed" : "") + ", alpha " + alpha + ", beta " + beta;
        checkProduct(what, precision, left, left.transposed(), alpha, beta, c, onC);
        Agreement.assertIdentical(what + ": symmetry", Dense.of(onC).transposed(), Dense.of(onC));
    }

    private void checkProduct(String what, Precision precision, Dense left, Dense right, double alpha, double beta,
            Dense before, Matrix actual) {
        Dense product = left.times(right).map(x -> alpha * x);
        Dense magnitude = left.map(Math::abs).times(right.map(Math::abs)).map(x -> Math.abs(alpha) * x);
        if (beta != 0) {
            product = product.plus(beta, before);
            magnitude = magnitude.plus(Math.abs(beta), before.map(Math::abs));
        }
        double unit = precision == Precision.FLOAT32 ? 0x1p-24 : 0x1p-53;
        double factor = 2 * (left.columns() + 4) * unit;
        Agreement.assertWithin(what, product, magnitude.map(x -> factor * x), Dense.of(actual));
    }
}

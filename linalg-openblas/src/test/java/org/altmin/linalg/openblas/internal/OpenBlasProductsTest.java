package org.altmin.linalg.openblas.internal;

import static org.assertj.core.api.Assertions.assertThat;

import org.altmin.linalg.Cholesky;
import org.altmin.linalg.LinearAlgebra;
import org.altmin.linalg.LinearAlgebraOptions;
import org.altmin.linalg.Matrix;
import org.altmin.linalg.Precision;
import org.altmin.linalg.RandomStream;
import org.altmin.linalg.openblas.OpenBlasProvider;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Products that are divided, of matrices that fill their arrays, which netlib's checks of bounds see to the end. */
class OpenBlasProductsTest {

    private static final int PROBES = 200;

    @ParameterizedTest
    @CsvSource({"70, 50, 9001", "300, 280, 700", "1000, 1, 9000", "1, 1000, 9000", "33, 5000, 130", "5000, 33, 130",
            "400, 1100, 129", "1100, 400, 4097"})
    void multipliesDividedProducts(int m, int n, int inner) {
        assertThat(Plan.ofProduct(m, n, inner, Blocks.TILING).tasks()).isGreaterThan(1);
        for (Precision precision : Precision.values()) {
            try (LinearAlgebra la = open(precision, 3)) {
                for (boolean transposeA : new boolean[] {false, true}) {
                    for (boolean transposeB : new boolean[] {false, true}) {
                        multiply(la, m, n, inner, transposeA, transposeB);
                    }
                }
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"10, 1000, 5003", "1, 300, 30001", "32, 1000, 3000", "17, 33, 20000", "3, 5000, 1024", "10, 10, 100003",
            "32, 2, 200001"})
    void multipliesFewRows(int few, int rows, int samples) {
        for (Precision precision : Precision.values()) {
            assertThat(suits(precision, few, rows, samples)).isTrue();
            try (LinearAlgebra la = open(precision, 3)) {
                multiply(la, few, samples, rows, false, false);
                multiply(la, few, samples, rows, true, false);
                multiply(la, few, rows, samples, false, true);
                multiply(la, rows, few, samples, false, true);
                multiply(la, rows, samples, few, false, false);
                multiply(la, rows, samples, few, true, false);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Precision.class)
    void fewRowsReplaceWhatIsNotANumber(Precision precision) {
        try (LinearAlgebra la = open(precision, 3)) {
            Matrix w = random(la, 10, 400, 1);
            Matrix a = random(la, 400, 4000, 2);
            Matrix product = la.allocate(10, 4000);
            Matrix sums = la.allocate(10, 400);
            la.fill(product, Double.NaN);
            la.fill(sums, Double.NaN);
            la.gemm(1, w, false, a, false, 0, product);
            la.gemm(1, product, false, a, true, 0, sums);
            assertThat(la.toArray(product)).doesNotContain(Double.NaN);
            assertThat(la.toArray(sums)).doesNotContain(Double.NaN);
        }
    }

    @ParameterizedTest
    @EnumSource(Precision.class)
    void leavesOtherShapesToThePlan(Precision precision) {
        SkinnyProducts skinny = new SkinnyProducts(precision, null, null, null);
        assertThat(skinny.suitsTerms(1000, 10, 55000)).isTrue();
        assertThat(skinny.suitsTerms(1000, 33, 55000)).isFalse();
        assertThat(skinny.suitsTerms(1000, 10, 200)).isFalse();
        assertThat(skinny.suitsTerms(0, 10, 55000)).isFalse();
        assertThat(skinny.suitsTerms(20000, 10, 55000)).isFalse();
        assertThat(suits(precision, 33, 1000, 55000)).isFalse();
        assertThat(suits(precision, 10, 1000, 200)).isFalse();
        assertThat(suits(precision, 0, 1000, 55000)).isFalse();
        assertThat(suits(precision, 10, 0, 55000)).isFalse();
        assertThat(suits(precision, 10, 20000, 55000)).isFalse();
    }

    private static boolean suits(Precision precision, int few, int rows, int samples) {
        return new SkinnyProducts(precision, null, null, null).suits(few, rows, samples);
    }

    private static void multiply(LinearAlgebra la, int m, int n, int inner, boolean transposeA, boolean transposeB) {
        Matrix a = random(la, transposeA ? inner : m, transposeA ? m : inner, 1);
        Matrix b = random(la, transposeB ? n : inner, transposeB ? inner : n, 2);
        Matrix c = random(la, m, n, 3);
        double[] before = la.toArray(c);
        la.gemm(-0.5, a, transposeA, b, transposeB, 2, c);
        check(la, a, transposeA, b, transposeB, before, c);
    }

    @ParameterizedTest
    @CsvSource({"100, 9001", "513, 200", "300, 4096", "10, 100000", "1300, 2100"})
    void formsDividedGramMatrices(int order, int inner) {
        assertThat(Plan.ofSymmetricProduct(order, inner, false, Blocks.TILING).tasks()).isGreaterThan(1);
        for (Precision precision : Precision.values()) {
            try (LinearAlgebra la = open(precision, 3)) {
                for (boolean transposed : new boolean[] {false, true}) {
                    Matrix a = random(la, transposed ? inner : order, transposed ? order : inner, 1);
                    Matrix c = la.allocate(order, order);
                    la.fill(c, 3);
                    double[] before = la.toArray(c);
                    la.syrk(-0.5, a, transposed, 2, c);
                    check(la, a, transposed, a, !transposed, before, c);
                    assertThat(isSymmetric(la.toArray(c), order)).isTrue();
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Precision.class)
    void doesNotDependOnTheNumberOfThreads(Precision precision) {
        double[] alone = results(precision, 1);
        assertThat(results(precision, 2)).containsExactly(alone);
        assertThat(results(precision, 5)).containsExactly(alone);
    }

    private static double[] results(Precision precision, int threads) {
        int order = 260;
        try (LinearAlgebra la = open(precision, threads)) {
            Matrix a = random(la, order, 5000, 1);
            Matrix gram = la.allocate(order, order);
            Matrix inverse = la.allocate(order, order);
            la.syrk(1, a, false, 0, gram);
            try (Cholesky cholesky = la.cholesky(order)) {
                cholesky.factor(gram, 1);
                cholesky.inverse(inverse);
                cholesky.solveLeft(a);
            }
            Matrix product = la.allocate(order, order);
            la.gemm(1, a, false, a, true, 0, product);
            Matrix w = random(la, 10, order, 2);
            Matrix outputs = la.allocate(10, 5000);
            la.gemm(1, w, false, a, false, 0, outputs);
            la.gemm(1, outputs, false, a, true, 0, w);
            la.gemm(1, w, true, w, false, 1, product);
            la.add(1, inverse, product);
            la.add(1, gram, product);
            return la.toArray(product);
        }
    }

    private static boolean isSymmetric(double[] c, int order) {
        boolean symmetric = true;
        for (int j = 0; j < order; j++) {
            for (int i = 0; i < j; i++) {
                symmetric &= c[i + j * order] == c[j + i * order];
            }
        }
        return symmetric;
    }

    /** c = −½ op(a) op(b) + 2 before, at places drawn at random and at the last. */
    private static void check(LinearAlgebra la, Matrix a, boolean transposeA, Matrix b, boolean transposeB,
            double[] before, Matrix c) {
        double[] x = la.toArray(a);
        double[] y = la.toArray(b);
        double[] after = la.toArray(c);
        int inner = transposeA ? a.rows() : a.columns();
        double unit = la.precision() == Precision.FLOAT32 ? 0x1p-24 : 0x1p-53;
        RandomStream places = new RandomStream(9);
        for (int probe = 0; probe <= PROBES; probe++) {
            int at = probe == PROBES ? after.length - 1 : (int) (places.nextDouble() * after.length);
            int i = at % c.rows();
            int j = at / c.rows();
            double sum = 0;
            double magnitude = 0;
            for (int k = 0; k < inner; k++) {
                double term = x[transposeA ? k + i * inner : i + k * c.rows()]
                        * y[transposeB ? j + k * c.columns() : k + j * inner];
                sum += term;
                magnitude += Math.abs(term);
            }
            double expected = -0.5 * sum + 2 * before[at];
            double bound = 2 * (inner + 4) * unit * (magnitude + 2 * Math.abs(before[at]));
            assertThat(Math.abs(after[at] - expected)).as("row %d, column %d", i, j).isLessThanOrEqualTo(bound);
        }
    }

    private static LinearAlgebra open(Precision precision, int threads) {
        LinearAlgebraOptions options = LinearAlgebraOptions.of(precision).withThreads(threads);
        return new LinearAlgebra("openblas", new OpenBlasProvider().open(options));
    }

    private static Matrix random(LinearAlgebra la, int rows, int columns, long seed) {
        Matrix matrix = la.allocate(rows, columns);
        new RandomStream(seed).fillUniform(matrix, -1, 1);
        return matrix;
    }
}

package org.altmin.linalg.onednn.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.altmin.linalg.Backends;
import org.altmin.linalg.LinearAlgebra;
import org.altmin.linalg.LinearAlgebraOptions;
import org.altmin.linalg.Matrix;
import org.altmin.linalg.Precision;
import org.altmin.linalg.RandomStream;
import org.altmin.linalg.cpu.internal.HeapBuffer;
import org.altmin.linalg.cpu.internal.HeapFloats;
import org.altmin.linalg.openblas.internal.Block;
import org.altmin.linalg.openblas.internal.BlockProduct;
import org.altmin.linalg.openblas.internal.Host;
import org.altmin.linalg.openblas.internal.LibraryLocation.Bundled;
import org.altmin.linalg.openblas.internal.Tiling;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the contract does not see: blocks within larger arrays, and products that the workers divide. */
class OneDnnBlocksTest {

    private static final int BEFORE = 37;
    private static final int AFTER = 11;
    private static final int LONG = 1 << 14;
    private static final float UNTOUCHED = -7;

    private OneDnn oneDnn;

    @BeforeEach
    void open() {
        assumeThat(OneDnnLocation.find(Host.current())).as("oneDNN can be used here").isInstanceOf(Bundled.class);
        oneDnn = OneDnn.open(Host.current());
    }

    @ParameterizedTest
    @CsvSource({"5, 7, 3", "16, 48, 64", "33, 17, 129", "130, 257, 70", "1, 9, 400", "260, 1, 31"})
    void multipliesBlocksWithinArrays(int m, int n, int inner) {
        for (int operation = 0; operation < 4; operation++) {
            for (float beta : new float[] {0, 1, -0.5f}) {
                requireProduct(m, n, inner, (operation & 1) == 1, (operation & 2) == 2, beta);
            }
        }
    }

    private void requireProduct(int m, int n, int inner, boolean transposeA, boolean transposeB, float beta) {
        int strideA = (transposeA ? inner : m) + 3;
        int strideB = (transposeB ? n : inner) + 1;
        int strideC = m + 5;
        float[] a = random(strideA * (transposeA ? m : inner), 1);
        float[] b = random(strideB * (transposeB ? inner : n), 2);
        float[] c = new float[BEFORE + strideC * n + AFTER];
        Arrays.fill(c, UNTOUCHED);
        for (int j = 0; j < n; j++) {
            for (int i = 0; i < m; i++) {
                c[BEFORE + i + j * strideC] = beta == 0 ? Float.NaN : i - j;
            }
        }
        oneDnn.sgemm(transposeA, transposeB, m, n, inner, 2, a, BEFORE, strideA, b, BEFORE, strideB, beta, c, BEFORE,
                strideC);
        boolean[] written = new boolean[c.length];
        for (int j = 0; j < n; j++) {
            for (int i = 0; i < m; i++) {
                double sum = 0;
                double magnitude = Math.abs(beta * (i - j));
                for (int k = 0; k < inner; k++) {
                    double term = 2.0 * a[BEFORE + (transposeA ? k + i * strideA : i + k * strideA)]
                            * b[BEFORE + (transposeB ? j + k * strideB : k + j * strideB)];
                    sum += term;
                    magnitude += Math.abs(term);
                }
                int at = BEFORE + i + j * strideC;
                written[at] = true;
                assertThat(c[at] - (sum + beta * (i - j))).as("row %d, column %d", i, j)
                        .isBetween(-0x1p-24 * (inner + 4) * magnitude, 0x1p-24 * (inner + 4) * magnitude);
            }
        }
        for (int at = 0; at < c.length; at++) {
            if (!written[at]) {
                assertThat(c[at]).as("element %d, outside", at).isEqualTo(UNTOUCHED);
            }
        }
    }

    @Test
    void refusesBlocksThatLeaveTheirArrays() {
        float[] four = new float[4];
        assertThatThrownBy(() -> oneDnn.sgemm(false, false, 2, 2, 2, 1, four, 1, 2, four, 0, 2, 0, four, 0, 2))
                .isInstanceOf(IndexOutOfBoundsException.class).hasMessageContaining("2x2 elements from 1");
        assertThatThrownBy(() -> oneDnn.sgemm(false, false, 2, 2, 2, 1, four, 0, 2, four, -1, 2, 0, four, 0, 2))
                .isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> oneDnn.sgemm(false, false, 2, 2, 2, 1, four, 0, 2, four, 0, 2, 0, four, 0, 1))
                .isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> oneDnn.sgemm(true, false, 1, 2, 4, 1, four, 0, 4, four, 0, 4, 0, four, 0, 1))
                .isInstanceOf(IndexOutOfBoundsException.class);
    }

    @ParameterizedTest
    @CsvSource({"101, 100, 100, false", "100, 100, 100, true"})
    void leavesSmallProductsToOpenBlas(int m, int n, int inner, boolean left) {
        for (int operation = 0; operation < 4; operation++) {
            boolean transposeA = (operation & 1) == 1;
            boolean transposeB = (operation & 2) == 2;
            Counting openBlas = new Counting();
            Block a = new Block(buffer(random(m * inner, 1)), BEFORE, transposeA ? inner : m);
            Block b = new Block(buffer(random(inner * n, 2)), BEFORE, transposeB ? n : inner);
            HeapFloats c = buffer(new float[m * n]);
            new OneDnnBlocks(oneDnn, openBlas).gemm(m, n, inner, 1, a, transposeA, b, transposeB, 0,
                    new Block(c, 0, m));
            assertThat(openBlas.calls).isEqualTo(left ? 1 : 0);
            double sum = 0;
            for (int k = 0; k < inner; k++) {
                sum += a.buffer().get(a.from(m - 1, k, transposeA).at())
                        * b.buffer().get(b.from(k, 0, transposeB).at());
            }
            assertThat(c.get(m - 1)).isCloseTo(left ? 0 : sum, within(1e-3));
        }
    }

    private static HeapFloats buffer(float[] values) {
        HeapFloats buffer = (HeapFloats) HeapBuffer.allocate(Precision.FLOAT32, values.length);
        System.arraycopy(values, 0, buffer.array(), 0, values.length);
        return buffer;
    }

    /** In OpenBLAS's place. */
    private static final class Counting implements BlockProduct {

        private int calls;

        @Override
        public String description() {
            return "counting";
        }

        @Override
        public Tiling tiling() {
            throw new AssertionError("one asks whoever computes the large products");
        }

        @Override
        public void gemm(int m, int n, int inner, double alpha, Block a, boolean transposeA, Block b,
                boolean transposeB, double beta, Block c) {
            calls++;
        }
    }

    @Test
    void leavesWhatItsOffsetsDoNotReachToOthers() {
        assertThat(OneDnn.reaches((1 << 29) - 1)).isTrue();
        assertThat(OneDnn.reaches(1 << 29)).isFalse();
    }

    @Test
    void doesNotDependOnTheNumberOfThreads() {
        double[] alone = results(1);
        assertThat(Arrays.equals(results(3), alone)).isTrue();
        assertThat(Arrays.equals(results(4), alone)).isTrue();
    }

    @Test
    void dividedProductsAreThoseOfFloat64() {
        double[] exact = results("openblas", Precision.FLOAT64, 4);
        double[] single = results("onednn", Precision.FLOAT32, 4);
        double largest = Arrays.stream(exact).map(Math::abs).max().orElseThrow();
        double deviation = IntStream.range(0, exact.length).mapToDouble(i -> Math.abs(single[i] - exact[i])).max()
                .orElseThrow();
        assertThat(deviation).isLessThan(1e-5 * largest);
    }

    /** Long enough for the sums to be halved, and no longer. */
    @Test
    void halvedSumsAreThoseOfFloat64AndDoNotDependOnTheNumberOfThreads() {
        double[] exact = longSums("openblas", Precision.FLOAT64, 4);
        double[] single = longSums("onednn", Precision.FLOAT32, 4);
        for (int i = 0; i < exact.length; i++) {
            assertThat(single[i]).as("element %d", i).isCloseTo(exact[i], within(1e-5 * LONG));
        }
        assertThat(Arrays.equals(longSums("onednn", Precision.FLOAT32, 3), single)).isTrue();
    }

    private static double[] longSums(String backend, Precision precision, int threads) {
        int order = 1000;
        try (LinearAlgebra la = Backends.open(backend, LinearAlgebraOptions.of(precision).withThreads(threads))) {
            Matrix a = la.allocate(order, LONG);
            Matrix product = la.allocate(order, order);
            new RandomStream(3).fillUniform(a, -1, 1);
            la.gemm(1, a, false, a, true, 0, product);
            return la.toArray(product);
        }
    }

    private static double[] results(int threads) {
        return results("onednn", Precision.FLOAT32, threads);
    }

    /** Of products of each kind that is divided: by columns, transposed before, by sums, by stripes of a triangle. */
    private static double[] results(String backend, Precision precision, int threads) {
        int order = 800;
        int samples = 9000;
        try (LinearAlgebra la = Backends.open(backend, LinearAlgebraOptions.of(precision).withThreads(threads))) {
            Matrix w = la.allocate(order, order);
            Matrix a = la.allocate(order, samples);
            Matrix product = la.allocate(order, samples);
            Matrix gram = la.allocate(order, order);
            new RandomStream(1).fillUniform(w, -1, 1);
            new RandomStream(2).fillUniform(a, -1, 1);
            la.gemm(0.03, w, false, a, false, 0, product);
            la.gemm(0.05, w, true, product, false, 0.5, a);
            la.gemm(1, product, false, a, true, 0, gram);
            la.syrk(-0.5, a, false, 2, gram);
            return la.toArray(gram);
        }
    }

    private static float[] random(int length, long seed) {
        RandomStream stream = new RandomStream(seed);
        float[] values = new float[BEFORE + length];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) stream.nextGaussian();
        }
        return values;
    }
}

package org.altmin.linalg.cuda;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import org.altmin.linalg.Expr;
import org.altmin.linalg.Kernel;
import org.altmin.linalg.LinearAlgebra;
import org.altmin.linalg.LinearAlgebraOptions;
import org.altmin.linalg.Matrix;
import org.altmin.linalg.Precision;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * A simulated device does what it is asked for as late as it may, and wants a thread to have made its context current.
 */
class StreamTest {

    private static final Kernel SUM = Kernel.sum(Expr.input(0));

    /** More than two chunks of a transfer. */
    private static final int MANY = 5 << 20;

    @BeforeEach
    void simulate() {
        Simulator.use();
    }

    @Test
    void transfersInChunksThatDoNotOvertakeEachOther() {
        try (LinearAlgebra la = open()) {
            float[] source = new float[MANY];
            for (int k = 0; k < MANY; k++) {
                source[k] = k;
            }
            float[] expected = source.clone();
            Matrix matrix = la.allocate(MANY, 1);
            la.upload(source, 0, matrix);
            Arrays.fill(source, -1);
            la.download(matrix, source, 0);
            assertThat(Arrays.equals(source, expected)).isTrue();
        }
    }

    @Test
    void factorsOfProductsAndParametersOfKernelsAreThoseOfTheirCall() {
        try (LinearAlgebra la = open()) {
            Matrix a = la.of(1, 1, 3);
            Matrix[] products = {la.allocate(1, 1), la.allocate(1, 1)};
            la.gemm(2, a, false, a, false, 0, products[0]);
            la.gemm(5, a, false, a, false, 0, products[1]);
            la.scale(10, products[0]);
            la.scale(100, products[1]);
            assertThat(la.toArray(products[0])).containsExactly(180);
            assertThat(la.toArray(products[1])).containsExactly(4500);
        }
    }

    @Test
    void memoryIsUsedAgainInOrder() {
        try (LinearAlgebra la = open()) {
            Matrix result = la.allocate(1, 1);
            for (int k = 1; k <= 3; k++) {
                Matrix term = la.allocate(1000, 1);
                la.fill(term, k);
                Matrix sum = la.allocate(1, 1);
                la.columnSums(term, sum);
                la.add(1, sum, result);
                la.release(sum);
                la.release(term);
            }
            assertThat(la.toArray(result)).containsExactly(6000);
        }
    }

    @Test
    void anyThreadMayCall() throws ExecutionException, InterruptedException {
        ExecutorService other = Executors.newSingleThreadExecutor();
        try {
            LinearAlgebra la = other.submit(StreamTest::open).get();
            Matrix matrix = la.of(2, 1, 3, 4);
            Supplier<Double> sum = () -> la.reduce(SUM, matrix);
            assertThat(sum.get()).isEqualTo(7);
            assertThat(other.submit(sum::get).get()).isEqualTo(7);
            la.close();
            try (LinearAlgebra second = open()) {
                Matrix another = second.of(2, 1, 5, 6);
                assertThat(other.submit(() -> second.reduce(SUM, another)).get()).isEqualTo(11);
            }
        } finally {
            other.shutdownNow();
        }
    }

    private static LinearAlgebra open() {
        return new LinearAlgebra("cuda", new CudaProvider().open(LinearAlgebraOptions.of(Precision.FLOAT32)));
    }
}

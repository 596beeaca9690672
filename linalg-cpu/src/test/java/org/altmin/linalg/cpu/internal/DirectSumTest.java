package org.altmin.linalg.cpu.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.altmin.linalg.Expr;
import org.altmin.linalg.Kernel;
import org.altmin.linalg.LinearAlgebra;
import org.altmin.linalg.LinearAlgebraOptions;
import org.altmin.linalg.Matrix;
import org.altmin.linalg.Precision;
import org.altmin.linalg.RandomStream;
import org.altmin.linalg.Reduction;
import org.altmin.linalg.cpu.CpuProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which sums are taken from the matrices themselves, and that they are those of the registers. */
class DirectSumTest {

    private static final Expr X = Expr.input(0);
    private static final Expr Y = Expr.input(1);
    private static final double[] ONE = {1};

    @ParameterizedTest
    @CsvSource({"FLOAT32, 700, 40", "FLOAT32, 3000, 7", "FLOAT32, 70, 333", "FLOAT32, 5, 900", "FLOAT32, 1, 2500",
        "FLOAT32, 1100, 1", "FLOAT64, 700, 40", "FLOAT64, 1200, 9", "FLOAT64, 70, 333", "FLOAT64, 5, 900"})
    void addsAsRegistersDo(Precision precision, int rows, int columns) {
        try (LinearAlgebra la = open(precision)) {
            Matrix x = random(la, 1, rows, columns + 2).columns(1, columns + 1);
            Matrix y = random(la, 2, rows, columns);
            for (Expr term : new Expr[] {X, X.square(), X.times(Y), Y.times(X)}) {
                Kernel direct = Kernel.map(term);
                // Multiplying by a number keeps a kernel from running directly and changes nothing.
                Kernel byRegisters = Kernel.map(term.times(Expr.parameter(0)));
                Matrix[] results = {la.allocate(rows, 1), la.allocate(rows, 1), la.allocate(1, columns),
                    la.allocate(1, columns)};
                la.reduceRows(direct, Reduction.SUM, results[0], ONE, x, y);
                la.reduceRows(byRegisters, Reduction.SUM, results[1], ONE, x, y);
                la.reduceColumns(direct, Reduction.SUM, results[2], ONE, x, y);
                la.reduceColumns(byRegisters, Reduction.SUM, results[3], ONE, x, y);
                assertThat(la.toArray(results[2])).as("columns").isEqualTo(la.toArray(results[3]));
                // A longer kernel is cut into other blocks, whose sums are added in another order.
                double rounding = precision == Precision.FLOAT32 ? 1e-5 : 1e-13;
                assertThat(la.toArray(results[0])).as("rows").containsExactly(la.toArray(results[1]),
                        within(rounding * columns));
                assertThat(la.reduce(Kernel.sum(term), ONE, x, y)).as("all").isCloseTo(
                        la.reduce(Kernel.sum(term.times(Expr.parameter(0))), ONE, x, y), within(1e-13 * x.size()));
            }
        }
    }

    @Test
    void leavesTheRestToRegisters() {
        try (LinearAlgebra la = open(Precision.FLOAT32)) {
            Matrix x = random(la, 1, 700, 40);
            assertThat(isDirect(Kernel.map(X.times(Y)), Reduction.SUM, x, x)).as("a product").isTrue();
            assertThat(isDirect(Kernel.map(X), Reduction.SUM, x)).as("a matrix").isTrue();
            assertThat(isDirect(Kernel.map(X), Reduction.MAX, x)).as("a maximum").isFalse();
            assertThat(isDirect(Kernel.map(X.plus(Y)), Reduction.SUM, x, x)).as("a sum of two").isFalse();
            assertThat(isDirect(Kernel.map(X.times(Y).times(X)), Reduction.SUM, x, x)).as("three factors").isFalse();
            assertThat(isDirect(Kernel.map(X.times(0.5)), Reduction.SUM, x)).as("a number").isFalse();
            assertThat(isDirect(Kernel.map(X.times(Y)), Reduction.SUM, x, la.allocate(700, 1))).as("a column")
                    .isFalse();
            assertThat(isDirect(Kernel.map(X.abs()), Reduction.SUM, x)).as("another operation").isFalse();
        }
    }

    private static boolean isDirect(Kernel kernel, Reduction reduction, Matrix... inputs) {
        return DirectSum.of(kernel, reduction, kernel.outputs().get(0), inputs[0].rows(), inputs[0].columns(), inputs)
                .isPresent();
    }

    private static Matrix random(LinearAlgebra la, long seed, int rows, int columns) {
        Matrix result = la.allocate(rows, columns);
        new RandomStream(seed).fillGaussian(result, 0, 1);
        return result;
    }

    private static LinearAlgebra open(Precision precision) {
        LinearAlgebraOptions options = LinearAlgebraOptions.of(precision).withThreads(3);
        return new LinearAlgebra("cpu", new CpuProvider().open(options));
    }
}

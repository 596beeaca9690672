package org.altmin.linalg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.altmin.linalg.spi.Buffer;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class LinearAlgebraTest {

    private static final double[] NONE = {};
    private static final Kernel TWICE = Kernel.map(Expr.input(0).times(2));

    private final FakeBackend backend = new FakeBackend();
    private final LinearAlgebra la = new LinearAlgebra("fake", backend);

    @Test
    void refusesShapesThatDoNotFit() {
        Matrix a = la.allocate(2, 3);
        Matrix b = la.allocate(4, 5);
        refused(() -> la.multiply(a, b, la.allocate(2, 5)), "2x3", "4x5", "2x5");
        refused(() -> la.gemm(1, a, true, b, true, 0, la.allocate(3, 4)), "2x3 transposed", "4x5 transposed", "3x4");
        refused(() -> la.gemm(1, a, false, la.allocate(3, 5), false, 0, b), "2x3", "3x5", "4x5");
        refused(() -> la.syrk(1, a, true, 0, la.allocate(2, 2)), "2x3 transposed", "3x3", "2x2");
        refused(() -> la.map(b, TWICE, a), "2x3", "4x5");
        refused(() -> la.map(la.allocate(1, 5), TWICE, b), "4x5", "1x5");
        refused(() -> la.add(1, a, b), "2x3", "4x5");
        refused(() -> la.copy(a, b), "2x3", "4x5");
        refused(() -> la.dot(a, b), "2x3", "4x5");
        refused(() -> la.rowSums(b, la.allocate(2, 1)), "4x5", "2x5");
        refused(() -> la.columnSums(b, la.allocate(1, 3)), "4x5", "4x3");
        refused(() -> la.columnSums(b, la.allocate(3, 5)), "one row", "3x5");
        refused(() -> la.gatherColumns(a, new int[] {0, 3}, 0, la.allocate(2, 2)), "column 3", "2x3");
        refused(() -> la.gatherColumns(a, new int[] {0, 1}, 1, la.allocate(2, 2)), "2 indices from 1", "2");
        refused(() -> la.argmaxColumns(a, new int[2]), "3", "2x3", "2");
        refused(() -> la.argmaxColumns(la.allocate(0, 1), new int[2]), "0x1");
        refused(() -> la.allocate(2, -3), "2x-3");
        refused(() -> la.of(2, 2, 1, 2, 3), "3 elements", "2x2");
        refused(() -> la.upload(new float[7], 2, a), "2x3", "at 2", "7");
        refused(() -> la.download(a, new double[7], -1), "2x3", "at -1", "7");
    }

    @Test
    void refusesAliasing() {
        Matrix a = la.allocate(3, 6);
        refused(() -> la.multiply(a.columns(0, 3), a.columns(3, 6), a.columns(2, 5)), "3x3", "overlaps");
        refused(() -> la.syrk(1, a.columns(0, 3), false, 0, a.columns(2, 5)), "3x3", "overlaps");
        refused(() -> la.map(a.columns(0, 3), TWICE, a.columns(1, 4)), "3x3", "overlaps");
        refused(() -> la.map(a, TWICE, a.columns(2, 3)), "3x6", "3x1", "overlaps");
        refused(() -> la.rowSums(a, a.columns(0, 1)), "3x1", "3x6", "overlaps");
        refused(() -> la.gatherColumns(a.columns(0, 4), new int[] {0}, 0, a.columns(3, 4)), "3x1", "3x4");
        Kernel two = Kernel.builder().output(Expr.input(0)).output(Expr.input(0).negate()).build();
        refused(() -> la.apply(two, new Matrix[] {a, a}, NONE, NONE, a), "outputs 0 and 1", "3x6");
        refused(() -> la.apply(two, new Matrix[] {a, la.allocate(3, 5)}, NONE, NONE, a), "3x6", "3x5");
    }

    @Test
    void allowsOutputsThatAreTheirInputs() {
        Matrix a = la.of(1, 4, 1, 2, 3, 4);
        la.map(a, TWICE, a);
        la.map(a.columns(0, 2), TWICE, a.columns(0, 2));
        la.map(a.columns(2, 4), TWICE, a.columns(0, 2));
        assertThat(la.toArray(a)).containsExactly(4, 8, 8, 16);
        la.copy(a, a);
        Kernel swap = Kernel.builder().output(Expr.input(1)).output(Expr.input(0)).build();
        Matrix left = a.columns(0, 2);
        Matrix right = a.columns(2, 4);
        la.apply(swap, new Matrix[] {left, right}, NONE, NONE, left, right);
        assertThat(la.toArray(a)).containsExactly(8, 16, 4, 8);
    }

    @Test
    void refusesMissingArguments() {
        Matrix a = la.allocate(2, 2);
        refused(() -> la.map(a, Kernel.map(Expr.input(2)), a, a), "3 inputs", "2");
        refused(() -> la.map(a, Kernel.map(Expr.parameter(1)), new double[1], a), "2 parameters", "1");
        refused(() -> la.map(a, Kernel.sum(Expr.input(0)), a), "0 outputs", "1");
        refused(() -> la.reduce(TWICE, a), "1 outputs", "0");
        refused(() -> la.reduceRows(Kernel.sum(Expr.input(0)), Reduction.SUM, la.allocate(2, 1), NONE, a), "0 outputs",
                "1");
        la.map(a, TWICE, new double[] {1, 2}, a, a);
    }

    @Test
    void spansAllInputsWhereThereIsNoOutput() {
        Matrix row = la.of(1, 3, 1, 2, 3);
        Matrix column = la.of(2, 1, 10, 20);
        assertThat(la.reduce(Kernel.sum(Expr.input(0).plus(Expr.input(1))), row, column)).isEqualTo(102);
        assertThat(la.reduce(Kernel.sum(Expr.parameter(0)), new double[] {5})).isEqualTo(5);
    }

    @Test
    void callsNoBackendForAnEmptyProduct() {
        la.multiply(la.allocate(0, 3), la.allocate(3, 2), la.allocate(0, 2));
        la.syrk(1, la.allocate(0, 3), false, 0, la.allocate(0, 0));
    }

    @Test
    void ownsItsMatrices() {
        Matrix a = la.allocate(2, 3);
        assertThat(la.allocatedBytes()).isEqualTo(48);
        Buffer buffer = a.buffer();
        Matrix view = a.columns(0, 3);
        assertThatThrownBy(() -> la.release(view)).isInstanceOf(IllegalArgumentException.class);
        la.release(a);
        assertThat(backend.released).containsExactly(buffer);
        assertThat(la.allocatedBytes()).isZero();
        assertThat(la.peakBytes()).isEqualTo(48);
        assertThatThrownBy(() -> la.fill(view, 1)).isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("2x3");
        try (LinearAlgebra other = FakeBackend.open()) {
            Matrix foreign = other.allocate(4, 1);
            refused(() -> la.fill(foreign, 1), "4x1", "another");
            refused(() -> la.dot(la.allocate(4, 1), foreign), "4x1", "another");
        }
    }

    @Test
    void closesOnce() {
        Matrix a = la.allocate(1, 1);
        Cholesky cholesky = la.cholesky(1);
        la.cholesky(1).close();
        assertThat(backend.openFactorizations).isEqualTo(1);
        la.close();
        assertThat(backend.closed).isTrue();
        assertThat(backend.openFactorizations).isZero();
        cholesky.close();
        assertThat(backend.openFactorizations).isZero();
        assertThatThrownBy(la::close).isInstanceOf(IllegalStateException.class).hasMessageContaining("fake")
                .hasMessageContaining("closed");
        assertThatThrownBy(() -> la.fill(a, 1)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> la.allocate(1, 1)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> cholesky.solveLeft(a)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void choleskyChecksItsOrderAndState() {
        Matrix one = la.of(1, 1, 3);
        Matrix two = la.allocate(2, 2);
        Cholesky cholesky = la.cholesky(1);
        assertThatThrownBy(() -> cholesky.solveLeft(one)).isInstanceOf(IllegalStateException.class);
        refused(() -> cholesky.factor(two, 0), "1x1", "2x2");
        assertThatThrownBy(() -> cholesky.factor(one, -4)).isInstanceOf(NotPositiveDefiniteException.class)
                .hasMessage("A 1x1 matrix is not positive definite: pivot 0 is not positive with -4.0 added to the "
                        + "diagonal; add more damping.");
        assertThatThrownBy(() -> cholesky.factor(one, Double.NaN)).isInstanceOf(NotPositiveDefiniteException.class)
                .hasMessage("The entries of a 1x1 matrix are too large for their precision; use inputs of a smaller "
                        + "scale, or a higher precision.");
        assertThatThrownBy(() -> cholesky.inverse(one)).isInstanceOf(IllegalStateException.class);
        cholesky.factor(one, 1);
        refused(() -> cholesky.solveLeft(two), "1 rows", "2x2");
        refused(() -> cholesky.solveRight(two), "1 columns", "2x2");
        refused(() -> cholesky.inverse(two), "1x1", "2x2");
        cholesky.inverse(one);
        assertThat(la.toArray(one)).containsExactly(0.25);
        cholesky.close();
        assertThatThrownBy(() -> cholesky.inverse(one)).isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("closed");
    }

    @Test
    void saysWhatDoesNotFitIntoMemory() {
        List<String> remedies = List.of("a smaller batch", "narrower layers");
        la.requireMemory(8000, "this", remedies);
        assertThatThrownBy(() -> la.requireMemory(8001, "dladmm on 3 samples", remedies))
                .isInstanceOf(AltminException.class)
                .hasMessageContaining("dladmm on 3 samples needs 0.0 GiB").hasMessageContaining("'fake'")
                .hasMessageEndingWith("; use a smaller batch, narrower layers or precision=float32.");
    }

    @Test
    void countsWhatTakesNoMemoryWithoutElements() {
        LinearAlgebra shapes = la.withoutElements();
        Matrix wide = shapes.allocate(1 << 15, 1 << 20);
        Cholesky cholesky = shapes.cholesky(1 << 15);
        assertThat(shapes.allocatedBytes()).isEqualTo((1L << 38) + (1L << 33));
        shapes.release(wide);
        cholesky.close();
        cholesky.close();
        assertThat(shapes.allocatedBytes()).isZero();
        assertThat(shapes.peakBytes()).isEqualTo((1L << 38) + (1L << 33));
    }

    @Test
    void computesNothingWithoutElementsButChecksShapes() {
        LinearAlgebra shapes = la.withoutElements();
        Matrix a = shapes.of(2, 2, 1, 2, 3, 4);
        Cholesky cholesky = shapes.cholesky(2);
        cholesky.factor(a, -1);
        cholesky.solveLeft(a);
        shapes.syrk(1, a, true, 0, shapes.allocate(2, 2));
        assertThat(shapes.squaredNorm(a)).isZero();
        assertThat(shapes.trace(a)).isZero();
        assertThat(shapes.toArray(a)).containsExactly(0, 0, 0, 0);
        refused(() -> shapes.multiply(a, shapes.allocate(3, 2), a), "2x2", "3x2");
        refused(() -> shapes.fill(la.allocate(1, 1), 1), "1x1", "another");
    }

    private static void refused(ThrowingCallable call, String... parts) {
        assertThatThrownBy(call).isInstanceOf(IllegalArgumentException.class).hasMessageContainingAll(parts);
    }
}

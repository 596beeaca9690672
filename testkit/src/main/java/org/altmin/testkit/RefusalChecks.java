package org.altmin.testkit;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.altmin.linalg.Expr;
import org.altmin.linalg.Kernel;
import org.altmin.linalg.LinearAlgebra;
import org.altmin.linalg.Matrix;
import org.altmin.linalg.Precision;
import org.altmin.linalg.Reduction;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** Shapes that do not fit are refused with both shapes in the message, before the backend sees them. */
abstract class RefusalChecks extends BackendChecks {

    private static final double[] NONE = {};

    RefusalChecks(LinearAlgebraContract contract) {
        super(contract);
    }

    @Test
    void refusesShapesThatDoNotFit() {
        LinearAlgebra la = la(Precision.FLOAT32);
        Matrix a = zeros(Precision.FLOAT32, 2, 3);
        Matrix b = zeros(Precision.FLOAT32, 4, 5);
        Matrix square = zeros(Precision.FLOAT32, 4, 4);
        Kernel sum = Kernel.map(Expr.input(0).plus(Expr.input(1)));
        refused(() -> la.multiply(a, b, square), "2x3", "4x5", "4x4");
        refused(() -> la.syrk(1, a, false, 0, square), "2x3", "2x2", "4x4");
        refused(() -> la.map(square, sum, a, b), "2x3", "4x4");
        refused(() -> la.copy(a, b), "2x3", "4x5");
        refused(() -> la.dot(a, b), "2x3", "4x5");
        refused(() -> la.reduce(Kernel.sum(Expr.input(0)), a, b), "2x3", "4x5");
        refused(() -> la.reduceRows(Kernel.map(Expr.input(0)), Reduction.SUM, square, NONE, a), "4x4");
        refused(() -> la.reduceColumns(Kernel.map(Expr.input(0)), Reduction.SUM, square, NONE, a), "4x4");
        refused(() -> la.reduceRows(Kernel.map(Expr.input(0)), Reduction.SUM, square.columns(0, 1), NONE, a), "2x3",
                "4x3");
        refused(() -> la.gatherColumns(a, new int[] {0}, 0, b.columns(0, 1)), "2x3", "4x1");
        refused(() -> la.gatherColumns(a, new int[] {3}, 0, zeros(Precision.FLOAT32, 2, 1)), "3", "2x3");
        refused(() -> la.upload(new double[5], a), "5", "2x3");
        refused(() -> la.download(a, new double[6], 1), "6", "2x3");
        refused(() -> la.allocate(-1, 2), "-1x2");
        refused(() -> la.cholesky(3).factor(square, 1), "3x3", "4x4");
        refused(() -> a.columns(2, 4), "2 to 4", "2x3");
    }

    @Test
    void refusesMissingArguments() {
        LinearAlgebra la = la(Precision.FLOAT32);
        Matrix a = zeros(Precision.FLOAT32, 2, 3);
        refused(() -> la.map(a, Kernel.map(Expr.input(1)), a), "2 inputs", "1");
        refused(() -> la.map(a, Kernel.map(Expr.parameter(0)), a), "1 parameters", "0");
        refused(() -> la.apply(Kernel.map(Expr.input(0)), new Matrix[0], new double[0], NONE, a), "1 outputs", "0");
        refused(() -> la.apply(Kernel.map(Expr.input(0)), new Matrix[] {a}, new double[1], NONE, a), "0 totals", "1");
    }

    @Test
    void refusesOutputsThatOverlapInputs() {
        LinearAlgebra la = la(Precision.FLOAT32);
        Matrix a = zeros(Precision.FLOAT32, 3, 6);
        Kernel twice = Kernel.map(Expr.input(0).times(2));
        refused(() -> la.multiply(a.columns(0, 3), a.columns(3, 6), a.columns(1, 4)), "3x3", "overlaps");
        refused(() -> la.map(a.columns(0, 3), twice, a.columns(1, 4)), "3x3", "overlaps");
        refused(() -> la.map(a, twice, a.columns(0, 1)), "3x6", "3x1", "overlaps");
        refused(() -> la.copy(a.columns(0, 3), a.columns(2, 5)), "3x3", "overlaps");
        refused(() -> la.syrk(1, a.columns(0, 3), false, 0, a.columns(0, 3)), "3x3", "overlaps");
        refused(() -> la.rowSums(a, a.columns(0, 1)), "3x1", "3x6", "overlaps");
        Kernel two = Kernel.builder().output(Expr.constant(1)).output(Expr.constant(2)).build();
        refused(() -> la.apply(two, new Matrix[] {a.columns(0, 3), a.columns(2, 5)}, NONE, NONE), "3x3", "overlap");
    }

    private static void refused(ThrowingCallable call, String... parts) {
        assertThatThrownBy(call).isInstanceOf(IllegalArgumentException.class).hasMessageContainingAll(parts);
    }
}

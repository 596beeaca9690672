package org.altmin.testkit;

import java.util.ArrayList;
import java.util.List;
import org.altmin.linalg.Cholesky;
import org.altmin.linalg.Expr;
import org.altmin.linalg.Kernel;
import org.altmin.linalg.LinearAlgebra;
import org.altmin.linalg.Matrix;
import org.altmin.linalg.Precision;
import org.altmin.linalg.Reduction;
import org.altmin.testkit.reference.Dense;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The same calls with the same data give the same bits, wherever the matrices lie and whatever happened before. */
abstract class DeterminismChecks extends BackendChecks {

    private static final double[] NONE = {};

    DeterminismChecks(LinearAlgebraContract contract) {
        super(contract);
    }

    @ParameterizedTest
    @EnumSource(Precision.class)
    void repeatsBitForBit(Precision precision) {
        List<Dense> first = results(la(precision), precision);
        for (int round = 1; round <= 3; round++) {
            LinearAlgebra la = la(precision);
            // Shifts what is allocated next, so that a dependence on addresses shows.
            for (int k = 0; k < round; k++) {
                la.fill(zeros(precision, 13 * round + 1, 7 + k), Double.NaN);
            }
            assertSame(first, results(la, precision));
        }
    }

    @ParameterizedTest
    @EnumSource(Precision.class)
    void repeatsBitForBitWhenOpenedAgain(Precision precision) {
        List<Dense> first = results(la(precision), precision);
        try (LinearAlgebra again = contract().open(precision)) {
            assertSame(first, results(again, precision));
        }
    }

    private static void assertSame(List<Dense> expected, List<Dense> actual) {
        for (int k = 0; k < expected.size(); k++) {
            Agreement.assertIdentical("result " + k + " of the repetition", expected.get(k), actual.get(k));
        }
    }

    private static List<Dense> results(LinearAlgebra la, Precision precision) {
        int rows = 143;
        int columns = 2001;
        Matrix x = random(precision, rows, columns, 1).on(la);
        Matrix y = random(precision, rows, columns, 2).on(la);
        Matrix product = la.allocate(rows, rows);
        Matrix gram = la.allocate(rows, rows);
        Matrix rowSums = la.allocate(rows, 1);
        Matrix columnSums = la.allocate(1, columns);
        Matrix mapped = la.allocate(rows, columns);
        la.gemm(1, x, false, y, true, 0, product);
        la.syrk(1, x, false, 0, gram);
        la.rowSums(x, rowSums);
        la.columnSums(x, columnSums);
        Expr both = Expr.input(0).tanh().times(Expr.input(1).exp());
        Kernel kernel = Kernel.builder().output(both).sum(both).total(Reduction.MAX, both).build();
        double[] totals = new double[2];
        la.apply(kernel, new Matrix[] {mapped}, totals, NONE, x, y);
        double coupled = la.reduce(Kernel.sum(Expr.columnSum(Expr.input(0).exp()).log()), x);
        List<Dense> result = new ArrayList<>();
        result.add(new Dense(5, 1, la.dot(x, y), la.squaredNorm(x), totals[0], totals[1], coupled));
        try (Cholesky cholesky = la.cholesky(rows)) {
            cholesky.factor(gram, 1);
            cholesky.solveLeft(product);
            for (Matrix matrix : List.of(product, gram, rowSums, columnSums, mapped)) {
                result.add(Dense.of(matrix));
            }
            cholesky.inverse(product);
            result.add(Dense.of(product));
        }
        for (Matrix matrix : List.of(x, y, product, gram, rowSums, columnSums, mapped)) {
            la.release(matrix);
        }
        return result;
    }
}

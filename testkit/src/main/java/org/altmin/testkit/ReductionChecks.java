package org.altmin.testkit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.altmin.linalg.Expr;
import org.altmin.linalg.Kernel;
import org.altmin.linalg.Matrix;
import org.altmin.linalg.Precision;
import org.altmin.linalg.Reduction;
import org.altmin.testkit.reference.Dense;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** reduceRows, reduceColumns, and expressions that couple the elements of a column. */
abstract class ReductionChecks extends BackendChecks {

    private static final double[] NONE = {};
    private static final int[] COLUMNS = {1, 65, 401};

    ReductionChecks(LinearAlgebraContract contract) {
        super(contract);
    }

    @ParameterizedTest
    @EnumSource(Precision.class)
    void reducesAlongRows(Precision precision) {
        for (int rows : KernelChecks.ROWS) {
            for (int columns : COLUMNS) {
                for (List<Dense> inputs : inputs(precision, rows, columns)) {
                    assertReduced(precision, Expr.input(0).times(Expr.input(1)), true, rows, columns, inputs);
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Precision.class)
    void reducesAlongColumns(Precision precision) {
        for (int rows : KernelChecks.ROWS) {
            for (int columns : COLUMNS) {
                for (List<Dense> inputs : inputs(precision, rows, columns)) {
                    assertReduced(precision, Expr.input(0).times(Expr.input(1)), false, rows, columns, inputs);
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Precision.class)
    void reducesCoupledColumns(Precision precision) {
        Expr centred = Expr.input(0).minus(Expr.columnMax(Expr.input(1)));
        for (int rows : KernelChecks.ROWS) {
            List<Dense> inputs = List.of(random(precision, rows, 65, 1), random(precision, rows, 65, 2));
            assertReduced(precision, centred, true, rows, 65, inputs);
            assertReduced(precision, centred, false, rows, 65, inputs);
        }
    }

    @ParameterizedTest
    @EnumSource(Precision.class)
    void reducesNothing(Precision precision) {
        Kernel kernel = Kernel.map(Expr.input(0));
        Matrix column = matrix(precision, new Dense(3, 1, 7, 7, 7));
        Matrix row = matrix(precision, new Dense(1, 2, 7, 7));
        for (Reduction reduction : Reduction.values()) {
            double neutral = reduction == Reduction.SUM ? 0 : Double.NEGATIVE_INFINITY;
            la(precision).reduceRows(kernel, reduction, column, NONE, zeros(precision, 3, 0));
            la(precision).reduceColumns(kernel, reduction, row, NONE, zeros(precision, 0, 2));
            Agreement.assertIdentical("rows of nothing", Dense.zeros(3, 1).map(x -> neutral), Dense.of(column));
            Agreement.assertIdentical("columns of nothing", Dense.zeros(1, 2).map(x -> neutral), Dense.of(row));
        }
    }

    @ParameterizedTest
    @EnumSource(Precision.class)
    void maximaFollowTheRulesForNaNAndZero(Precision precision) {
        double nan = Double.NaN;
        double inf = Double.POSITIVE_INFINITY;
        Dense x = new Dense(2, 4, -0.0, nan, 0, inf, -0.0, 1, -inf, -inf);
        Kernel kernel = Kernel.map(Expr.input(0));
        Matrix column = zeros(precision, 2, 1);
        Matrix row = zeros(precision, 1, 4);
        la(precision).reduceRows(kernel, Reduction.MAX, column, NONE, matrix(precision, x));
        la(precision).reduceColumns(kernel, Reduction.MAX, row, NONE, matrix(precision, x));
        Agreement.assertIdentical("row maxima", new Dense(2, 1, 0, nan), Dense.of(column));
        Agreement.assertIdentical("column maxima", new Dense(1, 4, nan, inf, 1, -inf), Dense.of(row));
        la(precision).reduceColumns(kernel, Reduction.MAX, row.columns(0, 1), NONE,
                matrix(precision, new Dense(3, 1, -0.0, -0.0, -0.0)));
        Agreement.assertIdentical("maximum of -0", new Dense(1, 1, -0.0), Dense.of(row.columns(0, 1)));
    }

    @ParameterizedTest
    @EnumSource(Precision.class)
    void couplesColumnsByTheirMaximum(Precision precision) {
        Expr expr = Expr.input(0).minus(Expr.columnMax(Expr.input(0).times(Expr.input(1)))).max(-2);
        for (int rows : KernelChecks.ROWS) {
            for (int columns : COLUMNS) {
                List<Dense> inputs = List.of(random(precision, rows, columns, 3), random(precision, rows, 1, 4));
                Matrix output = view(precision, Dense.zeros(rows, columns));
                la(precision).map(output, Kernel.map(expr), matrices(precision, inputs));
                Agreement.assertIdentical("coupled columns of " + output.shape(),
                        Dense.of(expr, precision, rows, columns, NONE, inputs), Dense.of(output));
                release();
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Precision.class)
    void couplesColumnsByTheirSum(Precision precision) {
        Expr exponential = Expr.input(0).minus(Expr.columnMax(Expr.input(0))).exp();
        Expr softmax = exponential.dividedBy(Expr.columnSum(exponential));
        double tolerance = precision == Precision.FLOAT32 ? 1e-6 : 1e-14;
        for (int rows : KernelChecks.ROWS) {
            for (int columns : COLUMNS) {
                Dense x = random(precision, rows, columns, 5).map(e -> 3 * e).rounded(precision);
                Matrix output = matrix(precision, x);
                la(precision).map(output, Kernel.map(softmax), output);
                Dense expected = Dense.of(softmax, Precision.FLOAT64, rows, columns, NONE, List.of(x));
                Agreement.assertWithin("softmax of " + output.shape(), expected, expected.map(e -> tolerance),
                        Dense.of(output));
                release();
            }
        }
    }

    /** Whole numbers are summed exactly in any order, as long as nothing is rounded to float on the way. */
    @ParameterizedTest
    @EnumSource(Precision.class)
    void sumsColumnsExactlyWhereThatIsPossible(Precision precision) {
        double nan = Double.NaN;
        double inf = Double.POSITIVE_INFINITY;
        Expr expr = Expr.columnSum(Expr.input(0));
        Dense special = new Dense(3, 5, 1, nan, 2, inf, 1, 2, inf, -inf, 0, -inf, -1, -2, 0x1p24, 1, -0x1p24);
        Matrix onSpecial = matrix(precision, special);
        la(precision).map(onSpecial, Kernel.map(expr), onSpecial);
        Agreement.assertIdentical("sums of special columns", new Dense(3, 5, nan, nan, nan, inf, inf, inf, nan, nan,
                nan, -inf, -inf, -inf, 1, 1, 1), Dense.of(onSpecial));
        for (int rows : KernelChecks.ROWS) {
            Dense whole = random(precision, rows, 201, 7).map(x -> Math.rint(100 * x));
            Matrix output = matrix(precision, whole);
            la(precision).map(output, Kernel.map(expr), output);
            Agreement.assertIdentical("sums of columns of " + rows,
                    Dense.of(expr, precision, rows, 201, NONE, List.of(whole)), Dense.of(output));
        }
    }

    @ParameterizedTest
    @EnumSource(Precision.class)
    void totalsOverCoupledColumns(Precision precision) {
        Expr logSum = Expr.columnSum(Expr.input(0).exp()).log();
        Kernel kernel = Kernel.builder().output(logSum).sum(logSum.minus(Expr.input(0))).inDouble().build();
        for (int rows : new int[] {1, 10, 1000}) {
            Dense x = random(precision, rows, 303, 6);
            Matrix onX = matrix(precision, x);
            double[] totals = new double[1];
            la(precision).apply(kernel, new Matrix[] {onX}, totals, NONE, onX);
            Dense expected = Dense.of(logSum, Precision.FLOAT64, rows, 303, NONE, List.of(x));
            double unit = precision == Precision.FLOAT32 ? 0x1p-23 : 1e-14;
            Agreement.assertWithin("log-sum-exp", expected, expected.map(e -> unit * (1 + Math.abs(e))),
                    Dense.of(onX));
            double sum = Arrays.stream(expected.plus(-1, x).values()).sum();
            Agreement.assertWithin("its total", new Dense(1, 1, sum), new Dense(1, 1, 1e-11 * Math.abs(sum) + 1e-11),
                    new Dense(1, 1, totals[0]));
        }
    }

    private void assertReduced(Precision precision, Expr expr, boolean alongRows, int rows, int columns,
            List<Dense> inputs) {
        Kernel kernel = Kernel.map(expr);
        Dense all = Dense.of(expr, precision, rows, columns, NONE, inputs);
        Dense lines = alongRows ? all.transposed() : all;
        for (Reduction reduction : Reduction.values()) {
            Dense expected = Dense.zeros(1, lines.columns());
            Dense tolerance = Dense.zeros(1, lines.columns());
            for (int j = 0; j < lines.columns(); j++) {
                double[] line = lines.column(j);
                boolean sum = reduction == Reduction.SUM;
                expected.set(0, j, sum ? Arrays.stream(line).sum() : Arrays.stream(line).max().orElseThrow());
                double unit = precision == Precision.FLOAT32 ? 0x1p-24 * Math.abs(expected.get(0, j)) : 0;
                tolerance.set(0, j, sum ? unit + 1e-11 * Arrays.stream(line).map(Math::abs).sum() : 0);
            }
            Matrix target;
            if (alongRows) {
                expected = expected.transposed();
                tolerance = tolerance.transposed();
                target = view(precision, Dense.zeros(rows, 1));
                la(precision).reduceRows(kernel, reduction, target, NONE, matrices(precision, inputs));
            } else {
                target = view(precision, Dense.zeros(1, columns));
                la(precision).reduceColumns(kernel, reduction, target, NONE, matrices(precision, inputs));
            }
            Agreement.assertWithin(reduction + (alongRows ? " along rows of " : " along columns of ") + all, expected,
                    tolerance, Dense.of(target));
            release();
        }
    }

    /** A full input with every kind of broadcast one, and two that only together span the shape. */
    private static List<List<Dense>> inputs(Precision precision, int rows, int columns) {
        Dense full = random(precision, rows, columns, 1);
        Dense column = random(precision, rows, 1, 2);
        Dense row = random(precision, 1, columns, 3);
        Dense element = random(precision, 1, 1, 4);
        return List.of(List.of(full, full), List.of(full, column), List.of(row, full), List.of(full, element),
                List.of(column, row));
    }

    private Matrix[] matrices(Precision precision, List<Dense> inputs) {
        List<Matrix> result = new ArrayList<>();
        inputs.forEach(input -> result.add(view(precision, input)));
        return result.toArray(Matrix[]::new);
    }
}

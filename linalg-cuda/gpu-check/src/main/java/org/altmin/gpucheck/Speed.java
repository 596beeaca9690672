package org.altmin.gpucheck;

import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import org.altmin.linalg.Expr;
import org.altmin.linalg.Kernel;
import org.altmin.linalg.LinearAlgebra;
import org.altmin.linalg.LinearAlgebraOptions;
import org.altmin.linalg.Matrix;
import org.altmin.linalg.Precision;
import org.altmin.linalg.RandomStream;
import org.altmin.linalg.Reduction;

/** Kernels beside a copy from device to device, and products, on random matrices in float32. */
final class Speed {

    private static final double GOAL = 0.8;
    private static final int CLASSES = 10;
    private static final double[] NONE = {};
    private static final Expr X = Expr.input(0);
    private static final Expr Y = Expr.input(1);
    private static final Expr Z = Expr.input(2);

    private final Consumer<Row> table;
    private final LinearAlgebra la;
    private final int rows;
    private final int columns;
    private double copied;

    private Speed(Consumer<Row> table, LinearAlgebra la, int rows, int columns) {
        this.table = table;
        this.la = la;
        this.rows = rows;
        this.columns = columns;
    }

    static void run(Consumer<Row> table) {
        int rows = Options.small() ? 64 : 1000;
        int columns = Options.small() ? 500 : 55_000;
        try (LinearAlgebra la = Judged.open(Precision.FLOAT32)) {
            Speed speed = new Speed(table, la, rows, columns);
            speed.kernels();
            speed.products();
            speed.product("", 8 * rows, 8 * rows, 8 * rows, false, false);
        }
        if (Judged.isCuda()) {
            LinearAlgebraOptions options = new LinearAlgebraOptions(Precision.FLOAT32, 0, Map.of("tf32", "on"));
            try (LinearAlgebra la = new LinearAlgebra(Judged.name(), Judged.provider().open(options))) {
                new Speed(table, la, rows, columns).product(", tf32", 8 * rows, 8 * rows, 8 * rows, false, false);
            }
        }
    }

    private void kernels() {
        Matrix x = random(rows, columns, 1);
        Matrix y = random(rows, columns, 2);
        Matrix z = la.allocate(rows, columns);
        Matrix column = random(rows, 1, 3);
        Matrix row = random(1, columns, 4);
        double bytes = 4.0 * rows * columns;
        copied = 2 * bytes / Stopwatch.median(la, () -> la.copy(x, z));
        table.accept(Row.figure("copy from device to device, " + x.shape(), gigabytes(copied)));
        Kernel relu = Kernel.map(X.max(0));
        bandwidth("max(x, 0)", 2 * bytes, () -> la.map(z, relu, x));
        Kernel shift = Kernel.map(X.plus(Y.times(Z)));
        bandwidth("x + row * z", 3 * bytes, () -> la.map(z, shift, x, row, y));
        bandwidth("x + column * z", 3 * bytes, () -> la.map(z, shift, x, column, y));
        Kernel sigmoid = Kernel.map(X.logistic().minus(Y));
        bandwidth("1 / (1 + exp(-x)) - y", 3 * bytes, () -> la.map(z, sigmoid, x, y));
        Kernel moved = Kernel.builder().output(X.plus(Y.times(Z))).sum(Y.times(Z).square()).build();
        double[] total = new double[1];
        bandwidth("x + row * z with the sum of squares", 3 * bytes,
                () -> la.apply(moved, new Matrix[] {z}, total, NONE, x, row, y));
        Kernel square = Kernel.map(X.square());
        Matrix ofRows = la.allocate(rows, 1);
        Matrix ofColumns = la.allocate(1, columns);
        bandwidth("sums of squares along rows", bytes,
                () -> la.reduceRows(square, Reduction.SUM, ofRows, NONE, x));
        bandwidth("sums of squares along columns", bytes,
                () -> la.reduceColumns(square, Reduction.SUM, ofColumns, NONE, x));
        Kernel norm = Kernel.sum(X.square());
        bandwidth("sum of squares", bytes, () -> la.reduce(norm, x));
        for (Matrix matrix : new Matrix[] {x, y, z, column, row, ofRows, ofColumns}) {
            la.release(matrix);
        }
    }

    private void bandwidth(String what, double bytes, Runnable kernel) {
        double rate = bytes / Stopwatch.median(la, kernel);
        table.accept(Row.speed("kernel " + what, String.format(Locale.ROOT, "%.0f%% of a copy's bandwidth", 100 * GOAL),
                String.format(Locale.ROOT, "%.0f%%, %s", 100 * rate / copied, gigabytes(rate)), rate >= GOAL * copied));
    }

    private void products() {
        product("", rows, columns, rows, false, false);
        product("", rows, columns, rows, true, false);
        product("", rows, rows, columns, false, true);
        product("", CLASSES, columns, rows, false, false);
        product("", rows, columns, CLASSES, true, false);
        product("", CLASSES, rows, columns, false, true);
        Matrix a = random(rows, columns, 5);
        Matrix gram = la.allocate(rows, rows);
        double seconds = Stopwatch.median(la, () -> la.syrk(1, a, false, 0, gram));
        table.accept(Row.figure("Gram matrix of " + a.shape(), teraflops((double) rows * rows * columns / seconds)
                + " of half the product"));
        la.release(a);
        la.release(gram);
    }

    private void product(String how, int m, int n, int k, boolean transposeA, boolean transposeB) {
        Matrix a = random(transposeA ? k : m, transposeA ? m : k, 6);
        Matrix b = random(transposeB ? n : k, transposeB ? k : n, 7);
        Matrix c = la.allocate(m, n);
        double seconds = Stopwatch.median(la, () -> la.gemm(1, a, transposeA, b, transposeB, 0, c));
        table.accept(Row.figure("product " + m + "x" + k + (transposeA ? " transposed" : "") + " by " + k + "x" + n
                + (transposeB ? " transposed" : "") + how, String.format(Locale.ROOT, "%s, %.3f ms",
                        teraflops(2.0 * m * n * k / seconds), 1e3 * seconds)));
        la.release(a);
        la.release(b);
        la.release(c);
    }

    private Matrix random(int height, int width, long seed) {
        Matrix result = la.allocate(height, width);
        new RandomStream(seed).fillUniform(result, -1, 1);
        return result;
    }

    private static String gigabytes(double rate) {
        return String.format(Locale.ROOT, "%.0f GB/s", rate * 1e-9);
    }

    private static String teraflops(double rate) {
        return String.format(Locale.ROOT, "%.1f TFLOP/s", rate * 1e-12);
    }
}

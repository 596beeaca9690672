package org.altmin.linalg.cpu.internal;

import java.util.Locale;
import org.altmin.linalg.Cholesky;
import org.altmin.linalg.Expr;
import org.altmin.linalg.Kernel;
import org.altmin.linalg.LinearAlgebra;
import org.altmin.linalg.LinearAlgebraOptions;
import org.altmin.linalg.Matrix;
import org.altmin.linalg.Precision;
import org.altmin.linalg.RandomStream;
import org.altmin.linalg.Reduction;
import org.altmin.linalg.cpu.CpuProvider;

/** Best times of the backend {@code cpu}, beside those of a plain copy: {@code [threads] [precision] [runs]}. */
public final class Benchmark {

    private static final Expr X = Expr.input(0);
    private static final Expr Y = Expr.input(1);
    private static final Kernel COPY = Kernel.map(X);
    private static final Kernel RELU = Kernel.map(X.max(0));
    private static final Kernel LEAKY = Kernel.map(Expr.select(X.greaterThan(0), X, X.times(0.01)));
    private static final Kernel SIGMOID = Kernel.map(X.logistic());
    private static final Kernel TANH = Kernel.map(X.tanh());
    private static final Kernel LOG1P_EXP = Kernel.map(X.exp().log1p());
    private static final Kernel ADD = Kernel.map(X.plus(Y));
    private static final Kernel RESIDUAL = Kernel.sum(X.minus(Y).square());
    private static final Kernel SOFTMAX = Kernel.map(softmax());

    private final LinearAlgebra la;
    private final int runs;

    private Benchmark(LinearAlgebra la, int runs) {
        this.la = la;
        this.runs = runs;
    }

    public static void main(String[] arguments) {
        int threads = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 4;
        Precision precision = arguments.length > 1 ? Precision.valueOf(arguments[1]) : Precision.FLOAT32;
        int runs = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 30;
        LinearAlgebraOptions options = LinearAlgebraOptions.of(precision).withThreads(threads);
        try (LinearAlgebra la = new LinearAlgebra("cpu", new CpuProvider().open(options))) {
            System.out.println(la.description() + ", Java " + Runtime.version());
            Benchmark benchmark = new Benchmark(la, runs);
            benchmark.elementwise(1000, 60000);
            benchmark.elementwise(10, 60000);
            benchmark.elementwise(100, 100);
            benchmark.products();
        }
    }

    private static Expr softmax() {
        Expr e = X.minus(Expr.columnMax(X)).exp();
        return e.dividedBy(Expr.columnSum(e));
    }

    private void elementwise(int rows, int columns) {
        Matrix x = la.allocate(rows, columns);
        new RandomStream(1).fillUniform(x, -3, 3);
        Matrix y = la.allocateLike(x);
        Matrix out = la.allocateLike(x);
        Matrix column = la.allocate(rows, 1);
        Matrix row = la.allocate(1, columns);
        int bytes = la.precision().bytes();
        double size = (double) x.size() * bytes;
        System.out.println(rows + " x " + columns);
        double copy = report("copy", 2 * size, 0, () -> la.copy(x, out));
        report("map copy", 2 * size, copy, () -> la.map(out, COPY, x));
        report("relu", 2 * size, copy, () -> la.map(out, RELU, x));
        report("relu in place", 2 * size, copy, () -> la.map(y, RELU, y));
        report("leaky by select", 2 * size, copy, () -> la.map(out, LEAKY, x));
        report("sigmoid", 2 * size, copy, () -> la.map(out, SIGMOID, x));
        report("tanh", 2 * size, copy, () -> la.map(out, TANH, x));
        report("log1p(exp)", 2 * size, copy, () -> la.map(out, LOG1P_EXP, x));
        report("add", 3 * size, copy, () -> la.map(out, ADD, x, y));
        report("add column", 2 * size, copy, () -> la.map(out, ADD, x, column));
        report("add row", 2 * size, copy, () -> la.map(out, ADD, x, row));
        report("residual", 2 * size, copy, () -> la.reduce(RESIDUAL, x, y));
        report("row sums", size, copy, () -> la.reduceRows(COPY, Reduction.SUM, column, new double[0], x));
        report("column sums", size, copy, () -> la.reduceColumns(COPY, Reduction.SUM, row, new double[0], x));
        report("softmax", 2 * size, copy, () -> la.map(out, SOFTMAX, x));
        la.release(x);
        la.release(y);
        la.release(out);
    }

    private void products() {
        int order = 1000;
        int samples = 10000;
        Matrix a = la.allocate(order, samples);
        new RandomStream(1).fillGaussian(a, 0, 1);
        Matrix w = la.allocate(order, order);
        new RandomStream(2).fillGaussian(w, 0, 1);
        Matrix z = la.allocate(order, samples);
        Matrix gram = la.allocate(order, order);
        double flop = 2.0 * order * order * samples;
        int few = Math.min(runs, 4);
        flops("W a", flop, few, () -> la.multiply(w, a, z));
        flops("W' z", flop, few, () -> la.gemm(1, w, true, a, false, 0, z));
        flops("z a'", flop, few, () -> la.gemm(1, z, false, a, true, 0, gram));
        flops("a a'", flop, few, () -> la.syrk(1, a, false, 0, gram));
        try (Cholesky cholesky = la.cholesky(order)) {
            flops("Cholesky", order / 3.0 * order * order, few, () -> cholesky.factor(gram, 1));
            flops("inverse", 2.0 * order * order * order, few, () -> cholesky.inverse(w));
        }
    }

    private double report(String what, double bytes, double copy, Runnable run) {
        double seconds = best(runs, run);
        System.out.printf(Locale.ROOT, "  %-16s %9.3f ms %7.1f GB/s %s%n", what, seconds * 1e3, bytes / seconds / 1e9,
                copy == 0 ? "" : String.format(Locale.ROOT, "%5.2f copies", seconds / copy));
        return seconds;
    }

    private void flops(String what, double flop, int times, Runnable run) {
        double seconds = best(times, run);
        System.out.printf(Locale.ROOT, "  %-16s %9.3f ms %7.1f GFLOP/s%n", what, seconds * 1e3, flop / seconds / 1e9);
    }

    private static double best(int times, Runnable run) {
        double best = Double.MAX_VALUE;
        long until = System.nanoTime() + 500_000_000L;
        for (int i = 0; i < times || System.nanoTime() < until && i < 100_000; i++) {
            long start = System.nanoTime();
            run.run();
            best = Math.min(best, (System.nanoTime() - start) * 1e-9);
        }
        return best;
    }
}

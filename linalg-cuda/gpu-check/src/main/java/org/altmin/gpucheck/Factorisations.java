package org.altmin.gpucheck;

import java.util.Locale;
import java.util.function.Consumer;
import org.altmin.linalg.Cholesky;
import org.altmin.linalg.LinearAlgebra;
import org.altmin.linalg.LinearAlgebraOptions;
import org.altmin.linalg.Matrix;
import org.altmin.linalg.Precision;
import org.altmin.linalg.RandomStream;

/** Cholesky factor and inverse of a Gram matrix, on the device and, with the way there and back, on the host. */
final class Factorisations {

    private static final int[] ORDERS = {250, 1000, 2000};

    private Factorisations() {
    }

    static void run(Consumer<Row> rows) {
        LinearAlgebraOptions inDouble = LinearAlgebraOptions.of(Precision.FLOAT64);
        try (LinearAlgebra device = Judged.open(Precision.FLOAT32);
                LinearAlgebra host = new LinearAlgebra(Judged.host().name(), Judged.host().open(inDouble))) {
            for (int full : ORDERS) {
                int order = Options.small() ? full / 20 : full;
                double[] elements = gram(device, order);
                rows.accept(Row.figure("Cholesky factor and inverse, order " + order, String.format(Locale.ROOT,
                        "device %s; host (%s) %s", onDevice(device, order, elements), host.name(),
                        onHost(host, device, order, elements))));
            }
        }
    }

    private static double[] gram(LinearAlgebra la, int order) {
        Matrix half = la.allocate(order, order + 8);
        Matrix gram = la.allocate(order, order);
        new RandomStream(8).fillUniform(half, -1, 1);
        la.syrk(1, half, false, 0, gram);
        double[] elements = la.toArray(gram);
        la.release(half);
        la.release(gram);
        return elements;
    }

    private static String onDevice(LinearAlgebra la, int order, double[] elements) {
        Matrix gram = la.of(order, order, elements);
        Matrix inverse = la.allocate(order, order);
        try (Cholesky cholesky = la.cholesky(order)) {
            double factored = Stopwatch.median(la, () -> cholesky.factor(gram, 1));
            double both = Stopwatch.median(la, () -> {
                cholesky.factor(gram, 1);
                cholesky.inverse(inverse);
            });
            return milliseconds(factored, both);
        } finally {
            la.release(gram);
            la.release(inverse);
        }
    }

    private static String onHost(LinearAlgebra host, LinearAlgebra device, int order, double[] elements) {
        Matrix there = device.of(order, order, elements);
        Matrix gram = host.allocate(order, order);
        Matrix inverse = host.allocate(order, order);
        double[] moved = new double[order * order];
        try (Cholesky cholesky = host.cholesky(order)) {
            double factored = Stopwatch.median(device, () -> {
                device.download(there, moved, 0);
                host.upload(moved, gram);
                cholesky.factor(gram, 1);
            });
            double both = Stopwatch.median(device, () -> {
                device.download(there, moved, 0);
                host.upload(moved, gram);
                cholesky.factor(gram, 1);
                cholesky.inverse(inverse);
                host.download(inverse, moved, 0);
                device.upload(moved, there);
                device.upload(elements, there);
            });
            return milliseconds(factored, both);
        } finally {
            device.release(there);
            host.release(gram);
            host.release(inverse);
        }
    }

    private static String milliseconds(double factored, double both) {
        return String.format(Locale.ROOT, "%.2f ms, with the inverse %.2f ms", 1e3 * factored, 1e3 * both);
    }
}

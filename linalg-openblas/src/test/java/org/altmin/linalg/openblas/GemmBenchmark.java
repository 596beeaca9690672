package org.altmin.linalg.openblas;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.altmin.linalg.Backends;
import org.altmin.linalg.LinearAlgebra;
import org.altmin.linalg.LinearAlgebraOptions;
import org.altmin.linalg.Matrix;
import org.altmin.linalg.Precision;
import org.altmin.linalg.RandomStream;

/**
 * The speed of the two products on which training spends its time, W A and A Aᵀ for W m × m and A m × n, in billions of
 * floating-point operations per second: 2m²n operations for the first, m²n for the second, of which one triangle is
 * computed. Once {@code ./altmin} has been built, run it from the repository's root with
 *
 * <pre>{@code
 * java -cp 'cli/target/dist/lib/*' linalg-openblas/src/test/java/org/altmin/linalg/openblas/GemmBenchmark.java
 * }</pre>
 *
 * <p>and, with other values than these defaults, {@code backend=openblas precision=float32 threads=0 m=1000 n=55000
 * repetitions=10}, where 0 threads are as many as there are processors.
 */
public final class GemmBenchmark {

    private final Map<String, String> values;

    private GemmBenchmark(Map<String, String> values) {
        this.values = values;
    }

    public static void main(String[] arguments) {
        Map<String, String> values = new HashMap<>(Map.of("backend", "openblas", "precision", "float32", "threads", "0",
                "m", "1000", "n", "55000", "repetitions", "10"));
        for (String argument : arguments) {
            String[] parts = argument.split("=", 2);
            if (parts.length < 2 || values.replace(parts[0], parts[1]) == null) {
                throw new IllegalArgumentException("'" + argument + "' is not one of KEY=VALUE with KEY in "
                        + values.keySet());
            }
        }
        new GemmBenchmark(values).run();
    }

    private void run() {
        Precision precision = Precision.valueOf(values.get("precision").toUpperCase(Locale.ROOT));
        LinearAlgebraOptions options = LinearAlgebraOptions.of(precision);
        if (number("threads") > 0) {
            options = options.withThreads(number("threads"));
        }
        int m = number("m");
        int n = number("n");
        double operations = (double) m * m * n;
        try (LinearAlgebra la = Backends.open(values.get("backend"), options)) {
            RandomStream random = new RandomStream(1);
            Matrix w = la.allocate(m, m);
            Matrix a = la.allocate(m, n);
            Matrix c = la.allocate(m, n);
            Matrix gram = la.allocate(m, m);
            random.fillUniform(w, -1, 1);
            random.fillUniform(a, -1, 1);
            System.out.println(la.description() + ", Java " + Runtime.version().feature());
            report("gemm W A, " + m + "x" + m + "x" + n, la, 2 * operations, () -> la.multiply(w, a, c));
            report("syrk A Aᵀ, " + m + "x" + n, la, operations, () -> la.syrk(1, a, false, 0, gram));
        }
    }

    private int number(String key) {
        return Integer.parseInt(values.get(key));
    }

    private void report(String name, LinearAlgebra la, double operations, Runnable product) {
        double[] seconds = new double[number("repetitions")];
        product.run();
        for (int i = 0; i < seconds.length; i++) {
            long start = System.nanoTime();
            product.run();
            la.synchronize();
            seconds[i] = (System.nanoTime() - start) * 1e-9;
        }
        Arrays.sort(seconds);
        System.out.printf(Locale.ROOT, "%s: best %.0f, median %.0f GFLOP/s (%.1f ms)%n", name,
                operations / seconds[0] * 1e-9, operations / seconds[seconds.length / 2] * 1e-9, seconds[0] * 1e3);
    }
}

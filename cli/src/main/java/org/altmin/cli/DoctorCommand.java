package org.altmin.cli;

import java.io.PrintWriter;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.altmin.core.run.AltminVersion;
import org.altmin.linalg.AltminException;
import org.altmin.linalg.Backends;
import org.altmin.linalg.LinearAlgebra;
import org.altmin.linalg.LinearAlgebraOptions;
import org.altmin.linalg.Matrix;
import org.altmin.linalg.Precision;
import org.altmin.linalg.RandomStream;
import org.altmin.linalg.spi.Availability;
import org.altmin.linalg.spi.LinearAlgebraProvider;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code altmin doctor}. */
@Command(name = "doctor", mixinStandardHelpOptions = true,
        description = "Shows every backend: whether it works here, how fast, and if not what to do.")
final class DoctorCommand implements Callable<Integer> {

    private static final int ORDER = 1024;
    private static final int ROUNDS = 5;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        Runtime runtime = Runtime.getRuntime();
        out.println("altmin " + AltminVersion.current() + ", Java " + Runtime.version() + " ("
                + System.getProperty("java.vendor") + "), " + System.getProperty("os.name") + " "
                + System.getProperty("os.arch") + ", " + runtime.availableProcessors() + " processors, heap up to "
                + runtime.maxMemory() / (1 << 20) + " MiB");
        for (LinearAlgebraProvider provider : Backends.installed()) {
            out.println();
            out.println(provider.name() + " (rank " + provider.rank() + "): " + provider.description());
            if (provider.availability() instanceof Availability.Unavailable missing) {
                out.println("  not available: " + missing.reason());
                out.println("  remedy: " + missing.remedy());
            } else {
                examine(provider, out);
            }
        }
        out.println();
        out.println("auto takes " + Backends.choose(Backends.AUTO).reason() + ".");
        return 0;
    }

    private static void examine(LinearAlgebraProvider provider, PrintWriter out) {
        try (LinearAlgebra la = Backends.open(provider.name(), LinearAlgebraOptions.of(Precision.FLOAT32))) {
            out.println("  works: " + la.description());
            out.println(String.format(Locale.ROOT, "  float32 product of order %d: %.0f GFLOP/s", ORDER, speed(la)));
        } catch (AltminException e) {
            out.println("  does not open: " + e.getMessage());
        }
    }

    private static double speed(LinearAlgebra la) {
        Matrix a = la.allocate(ORDER, ORDER);
        Matrix b = la.allocate(ORDER, ORDER);
        Matrix c = la.allocate(ORDER, ORDER);
        RandomStream random = new RandomStream(1);
        random.fillUniform(a, -1, 1);
        random.fillUniform(b, -1, 1);
        double best = Double.POSITIVE_INFINITY;
        for (int i = 0; i < ROUNDS; i++) {
            long start = System.nanoTime();
            la.multiply(a, b, c);
            la.synchronize();
            best = Math.min(best, (System.nanoTime() - start) * 1e-9);
        }
        return 2.0 * ORDER * ORDER * ORDER / best * 1e-9;
    }
}

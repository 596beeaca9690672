package org.altmin.gpucheck;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import org.altmin.core.data.Dataset;
import org.altmin.core.data.Datasets;
import org.altmin.core.network.Initializer;
import org.altmin.core.network.Network;
import org.altmin.core.network.Problem;
import org.altmin.core.network.Weights;
import org.altmin.core.operator.Loss;
import org.altmin.core.operator.Operators;
import org.altmin.core.solver.Solver;
import org.altmin.core.solver.SolverState;
import org.altmin.core.solver.Solvers;
import org.altmin.core.solver.StepReport;
import org.altmin.core.train.LoadedSamples;
import org.altmin.linalg.LinearAlgebra;
import org.altmin.linalg.LinearAlgebraOptions;
import org.altmin.linalg.Precision;
import org.altmin.linalg.RandomStream;
import org.altmin.linalg.spi.Backend;
import org.altmin.linalg.spi.LinearAlgebraProvider;

/** Seconds an iteration of majorised dlADMM in float32, and how many of them are no products. */
final class Training {

    private static final int FEATURES = 784;
    private static final int CLASSES = 10;
    private static final int SEED = 13;
    private static final int WARM_UP = 2;
    private static final double GOAL_SECONDS = 0.05;
    private static final double GOAL_SHARE = 0.35;

    private final Consumer<Row> rows;
    private final Dataset data;
    private final int samples = Options.small() ? 300 : 55_000;
    private final Network network;

    private Training(Consumer<Row> rows) {
        this.rows = rows;
        int width = Options.small() ? 20 : 1000;
        network = Network.of(FEATURES, new int[] {width, width}, Operators.activation("relu"), CLASSES);
        data = Options.mnist()
                .map(folder -> Datasets.installed().get("mnist").read(Map.of("data-dir", folder), SEED))
                .orElseGet(() -> Datasets.installed().get("glyphs")
                        .read(Map.of("train", String.valueOf(samples)), SEED));
    }

    static void run(Consumer<Row> rows) {
        Training training = new Training(rows);
        training.measure("", Map.of(), true);
        if (Judged.isCuda()) {
            training.measure(", tf32", Map.of("tf32", "on"), false);
        }
        rows.accept(Row.notMeasured("dlADMM of the paper's authors, in PyTorch", "it is not in the bundle"));
    }

    /** The same on the host, for comparison; few iterations, since they are slow. */
    static void runOnHost(Consumer<Row> rows) {
        Training training = new Training(rows);
        LinearAlgebraProvider host = Judged.host();
        Backend backend = host.open(LinearAlgebraOptions.of(Precision.FLOAT32));
        String on = " on the host (" + backend.description() + ")";
        try (LinearAlgebra la = new LinearAlgebra(host.name(), backend)) {
            Times times = steps(solver(), training.problem(la), 1, 3, null);
            rows.accept(Row.figure(training.what() + on, String.format(Locale.ROOT, "%.3f s an iteration",
                    times.middle())));
        }
    }

    private String what() {
        return "dlADMM " + network.shape() + ", " + samples + " of " + data.name();
    }

    private void measure(String how, Map<String, String> settings, boolean judged) {
        LinearAlgebraOptions options = new LinearAlgebraOptions(Precision.FLOAT32, 0, settings);
        Times times = times(how, options, judged);
        Products products = products(options);
        double share = 1 - products.seconds() / times.middle();
        String figures = String.format(Locale.ROOT, "%.0f%%; products %.4f s at %.1f TFLOP/s", 100 * share,
                products.seconds(), products.operations() / products.seconds() * 1e-12);
        String check = what() + how + ": share outside products";
        rows.accept(judged ? Row.speed(check, String.format(Locale.ROOT, "at most %.0f%%", 100 * GOAL_SHARE), figures,
                share <= GOAL_SHARE) : Row.figure(check, figures));
    }

    private Times times(String how, LinearAlgebraOptions options, boolean judged) {
        Backend backend = Judged.provider().open(options);
        long before = backend.availableMemory();
        try (LinearAlgebra la = new LinearAlgebra(Judged.name(), backend)) {
            Times times = steps(solver(), problem(la), WARM_UP, iterations(), null);
            double[] seconds = times.sorted();
            String figures = String.format(Locale.ROOT, "%.4f s, median of %d from %.4f to %.4f", times.middle(),
                    seconds.length, seconds[0], seconds[seconds.length - 1]);
            String check = what() + how + ": time of an iteration";
            rows.accept(judged ? Row.speed(check, String.format(Locale.ROOT, "at most %.2f s", GOAL_SECONDS), figures,
                    times.middle() <= GOAL_SECONDS) : Row.figure(check, figures));
            rows.accept(Row.figure(what() + how + ": first iteration, for which kernels are compiled",
                    String.format(Locale.ROOT, "%.2f s", times.first())));
            rows.accept(Row.figure(what() + how + ": memory", "matrices at most " + Device.gibibytes(la.peakBytes())
                    + ", device " + Device.gibibytes(before - backend.availableMemory()) + " at the end"));
            return times;
        }
    }

    /** Median seconds and mean operations of an iteration's products. */
    private record Products(double seconds, double operations) {
    }

    private Products products(LinearAlgebraOptions options) {
        TimedBackend backend = new TimedBackend(Judged.provider().open(options));
        try (LinearAlgebra la = new LinearAlgebra(Judged.name(), backend)) {
            Times times = steps(solver(), problem(la), WARM_UP, iterations(), backend);
            return new Products(times.middle(), backend.operations() / (WARM_UP + iterations()));
        }
    }

    /** Seconds of the first iteration, and of those after the warm-up. */
    private record Times(double first, double[] sorted) {

        double middle() {
            return sorted[sorted.length / 2];
        }
    }

    private static int iterations() {
        return Options.small() ? 2 : 10;
    }

    private static Solver<?> solver() {
        return Solvers.installed().get("dladmm").create(Map.of("updates", "majorised"));
    }

    private Problem problem(LinearAlgebra la) {
        Loss loss = Operators.loss("cross-entropy");
        LoadedSamples loaded = LoadedSamples.load(la, data.train().range(0, samples), data.preprocessing(),
                loss.encoding(), 0);
        Weights initial = new Initializer(Initializer.Scheme.GAUSSIAN, 0.1, Double.NaN).create(la, network,
                new RandomStream(SEED));
        return new Problem(la, network, loss, Operators.regularizer("none"), Operators.regularizer("none"),
                loaded.inputs(), loaded.targets(), loss.encoding().kind(), initial, SEED);
    }

    /** Seconds of the iterations, or of their products alone where a backend counts them. */
    private static <S extends SolverState> Times steps(Solver<S> solver, Problem problem, int warmUp, int iterations,
            TimedBackend products) {
        S state = solver.initialise(problem);
        if (products != null) {
            products.clear();
        }
        double first = 0;
        double[] sorted = new double[iterations];
        for (int k = -warmUp; k < iterations; k++) {
            double before = products == null ? 0 : products.productSeconds();
            problem.la().synchronize();
            long start = System.nanoTime();
            StepReport report = solver.step(state);
            problem.la().synchronize();
            double elapsed = (System.nanoTime() - start) * 1e-9;
            if (!Double.isFinite(report.objective())) {
                throw new IllegalStateException("the objective is " + report.objective());
            }
            double seconds = products == null ? elapsed : products.productSeconds() - before;
            if (k == -warmUp) {
                first = seconds;
            }
            if (k >= 0) {
                sorted[k] = seconds;
            }
        }
        Arrays.sort(sorted);
        return new Times(first, sorted);
    }
}

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
    private static final double WARM_UP_SECONDS = 1;
    private static final double GOAL_SECONDS = 0.05;
    private static final double GOAL_SHARE = 0.35;

    private final Consumer<Row> rows;
    private final Dataset data;
    private final int samples;
    private final Network network;

    Training(Consumer<Row> rows, int samples, int width) {
        this.rows = rows;
        this.samples = samples;
        network = Network.of(FEATURES, new int[] {width, width}, Operators.activation("relu"), CLASSES);
        data = Options.mnist()
                .map(folder -> Datasets.installed().get("mnist").read(Map.of("data-dir", folder), SEED))
                .orElseGet(() -> Datasets.installed().get("glyphs")
                        .read(Map.of("train", String.valueOf(samples)), SEED));
    }

    static void run(Consumer<Row> rows) {
        Training training = ofSize(rows);
        training.measure("", Map.of(), true);
        if (Judged.isCuda()) {
            training.measure(", tf32", Map.of("tf32", "on"), false);
        }
    }

    /** The published training, or a small one where that is asked for. */
    static Training ofSize(Consumer<Row> rows) {
        return Options.small() ? new Training(rows, 300, 20) : new Training(rows, 55_000, 1000);
    }

    /** Median seconds of an iteration. */
    double seconds() {
        try (LinearAlgebra la = Judged.open(Precision.FLOAT32)) {
            return steps(solver(), problem(la), iterations(), null).middle();
        }
    }

    int samples() {
        return samples;
    }

    Network network() {
        return network;
    }

    /** The same on the host, for comparison; few iterations, since they are slow. */
    static void runOnHost(Consumer<Row> rows) {
        Training training = ofSize(rows);
        LinearAlgebraProvider host = Judged.host();
        Backend backend = host.open(LinearAlgebraOptions.of(Precision.FLOAT32));
        String on = " on the host (" + backend.description() + ")";
        try (LinearAlgebra la = new LinearAlgebra(host.name(), backend)) {
            Times times = steps(solver(), training.problem(la), 3, null);
            rows.accept(Row.figure(training.what() + on, String.format(Locale.ROOT, "%.3f s an iteration",
                    times.middle())));
        }
    }

    String what() {
        return "dlADMM " + network.shape() + ", " + samples + " of " + data.name();
    }

    private void measure(String how, Map<String, String> settings, boolean judged) {
        LinearAlgebraOptions options = new LinearAlgebraOptions(Precision.FLOAT32, 0, settings);
        Times times = times(how, options, judged);
        Products products = products(options);
        double share = 1 - products.seconds() / times.middle();
        String figures = String.format(Locale.ROOT, "%.0f%%; products %.4f s, %,.4g GFLOP at %.1f TFLOP/s",
                100 * share, products.seconds(), products.operations() * 1e-9,
                products.operations() / products.seconds() * 1e-12);
        String check = what() + how + ": share outside products";
        rows.accept(judged ? Row.speed(check, String.format(Locale.ROOT, "at most %.0f%%", 100 * GOAL_SHARE), figures,
                share <= GOAL_SHARE) : Row.figure(check, figures));
    }

    private Times times(String how, LinearAlgebraOptions options, boolean judged) {
        Backend backend = Judged.provider().open(options);
        long before = backend.availableMemory();
        try (LinearAlgebra la = new LinearAlgebra(Judged.name(), backend)) {
            Times times = steps(solver(), problem(la), iterations(), null);
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

    /** Median seconds and operations of an iteration's products. */
    private record Products(double seconds, double operations) {
    }

    private Products products(LinearAlgebraOptions options) {
        TimedBackend backend = new TimedBackend(Judged.provider().open(options));
        try (LinearAlgebra la = new LinearAlgebra(Judged.name(), backend)) {
            Times times = steps(solver(), problem(la), iterations(), backend);
            return new Products(times.middle(), backend.operations() / iterations());
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

    /**
     * Seconds of the iterations, or of their products alone where a backend counts them, after a warm-up of which it
     * counts nothing: the first iteration and, since Java compiles what runs often, those of a second more.
     */
    private static <S extends SolverState> Times steps(Solver<S> solver, Problem problem, int iterations,
            TimedBackend products) {
        S state = solver.initialise(problem);
        double first = step(solver, problem, state);
        for (double warmUp = 0; warmUp < WARM_UP_SECONDS;) {
            warmUp += step(solver, problem, state);
        }
        if (products != null) {
            products.clear();
        }
        double[] sorted = new double[iterations];
        for (int k = 0; k < iterations; k++) {
            double before = products == null ? 0 : products.productSeconds();
            double seconds = step(solver, problem, state);
            sorted[k] = products == null ? seconds : products.productSeconds() - before;
        }
        Arrays.sort(sorted);
        return new Times(first, sorted);
    }

    private static <S extends SolverState> double step(Solver<S> solver, Problem problem, S state) {
        problem.la().synchronize();
        long start = System.nanoTime();
        StepReport report = solver.step(state);
        problem.la().synchronize();
        if (!Double.isFinite(report.objective())) {
            throw new IllegalStateException("the objective is " + report.objective());
        }
        return (System.nanoTime() - start) * 1e-9;
    }
}

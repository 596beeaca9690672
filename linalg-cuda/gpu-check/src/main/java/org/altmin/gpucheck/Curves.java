package org.altmin.gpucheck;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.altmin.core.network.Problem;
import org.altmin.core.solver.Solver;
import org.altmin.core.solver.SolverFactory;
import org.altmin.core.solver.SolverState;
import org.altmin.core.solver.Solvers;
import org.altmin.linalg.LinearAlgebra;
import org.altmin.linalg.Precision;

/** The objective of every installed solver over 20 iterations on the judged backend beside that on the CPU. */
final class Curves {

    private static final int ITERATIONS = 20;
    private static final int SAMPLES = 300;
    private static final double TOLERANCE_32 = 1e-3;
    private static final double TOLERANCE_64 = 1e-9;

    /**
     * Where the defaults magnify rounding errors until float32 gives another curve anywhere: sigmoid-ADMM without
     * damping solves nearly singular systems, and mDLAM divides by a small ρ.
     */
    private static final Map<String, Map<String, String>> SETTINGS =
            Map.of("sigmoid-admm", Map.of("damping", "1"), "mdlam", Map.of("rho", "0.01"));

    private Curves() {
    }

    static void run(Consumer<Row> rows) {
        for (SolverFactory factory : Solvers.installed().all()) {
            Optional<Setup> setup = Setup.of(factory);
            if (setup.isEmpty()) {
                rows.accept(Row.failed("curve of " + factory.name(), "a problem that it takes", "none was found"));
            }
            for (Precision precision : Precision.values()) {
                setup.ifPresent(found -> rows.accept(compare(factory, found, precision)));
            }
        }
    }

    /** In float32 a curve may also be as far from the CPU's as that is from the CPU's in float64. */
    static Row compare(SolverFactory factory, Setup setup, Precision precision) {
        boolean single = precision == Precision.FLOAT32;
        double tolerance = single ? TOLERANCE_32 : TOLERANCE_64;
        String check = "curve of " + factory.name() + " (" + setup + "), " + precision.name().toLowerCase(Locale.ROOT);
        String wanted = String.format(Locale.ROOT, "within %.0e of the CPU's%s", tolerance,
                single ? " or its rounding" : "");
        try {
            List<Double> expected = curve(Judged.openReference(precision), factory, setup);
            List<Double> actual = curve(Judged.open(precision), factory, setup);
            double largest = difference(expected, actual);
            double rounding = single
                    ? difference(curve(Judged.openReference(Precision.FLOAT64), factory, setup), expected) : 0;
            String measured = String.format(Locale.ROOT, "%.1e%s, from %.6g to %.6g", largest,
                    single ? String.format(Locale.ROOT, " (rounding %.1e)", rounding) : "", actual.get(0),
                    actual.get(ITERATIONS - 1));
            return Row.judged(check, wanted, measured, largest <= Math.max(tolerance, rounding));
        } catch (RuntimeException e) {
            e.printStackTrace();
            return Row.failed(check, wanted, String.valueOf(e));
        }
    }

    /** The largest, relative to the first; NaN where only one is a number. */
    private static double difference(List<Double> expected, List<Double> actual) {
        double largest = 0;
        for (int k = 0; k < ITERATIONS; k++) {
            largest = Math.max(largest, difference(expected.get(k), actual.get(k)));
        }
        return largest;
    }

    private static double difference(double expected, double actual) {
        return Double.compare(expected, actual) == 0 ? 0
                : Math.abs(expected - actual) / Math.max(Math.abs(expected), Double.MIN_NORMAL);
    }

    private static List<Double> curve(LinearAlgebra opened, SolverFactory factory, Setup setup) {
        try (LinearAlgebra la = opened) {
            return curve(factory.create(SETTINGS.getOrDefault(factory.name(), Map.of())), setup.problem(la, SAMPLES));
        }
    }

    private static <S extends SolverState> List<Double> curve(Solver<S> solver, Problem problem) {
        S state = solver.initialise(problem);
        List<Double> result = new ArrayList<>();
        for (int k = 0; k < ITERATIONS; k++) {
            result.add(solver.step(state).objective());
        }
        return result;
    }
}

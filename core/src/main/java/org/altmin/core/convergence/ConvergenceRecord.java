package org.altmin.core.convergence;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.altmin.core.solver.StepReport;

/**
 * Collects objective and squared step of every iteration and draws from them what can be said of the run's convergence.
 * Objectives compare only within a {@link StepReport#phase() phase}.
 */
public final class ConvergenceRecord {

    private static final double ROUNDING = 1e-12;
    static final int FEWEST_STEPS = 8;

    private record Point(long iteration, double objective, double squaredStep, double residual, String phase) {
    }

    private final List<Point> points = new ArrayList<>();

    /**
     * @param iteration counted from 1, above those before; where some are left out, no pairs are made across the gap
     */
    public void add(long iteration, StepReport report) {
        if (iteration <= lastIteration()) {
            throw new IllegalArgumentException("iteration " + iteration + " after iteration " + lastIteration());
        }
        points.add(new Point(iteration, report.objective(), report.squaredStep(), report.primalResidual(),
                report.phase()));
    }

    /** How many iterations were collected. */
    public int size() {
        return points.size();
    }

    /** The number of the last iteration; 0 if there is none. */
    public long lastIteration() {
        return points.isEmpty() ? 0 : points.get(points.size() - 1).iteration;
    }

    /** How many phases there were. */
    public int phases() {
        int count = 0;
        for (int k = 0; k < points.size(); k++) {
            count += k == 0 || !points.get(k - 1).phase.equals(points.get(k).phase) ? 1 : 0;
        }
        return count;
    }

    /** The j-step sufficient decrease over the whole run. */
    public SufficientDecrease decrease(int j) {
        int pairs = 0;
        int violations = 0;
        double largest = 0;
        double constant = Double.NaN;
        for (int k = 0; k + j < points.size(); k++) {
            Point from = points.get(k);
            Point to = points.get(k + j);
            if (!comparable(k, k + j) || Double.isNaN(to.squaredStep)) {
                continue;
            }
            pairs++;
            double scale = Math.max(1, Math.abs(from.objective));
            double decrease = from.objective - to.objective;
            if (!(decrease >= -ROUNDING * scale)) {
                violations++;
                largest = Math.max(largest, Double.isNaN(decrease) ? Double.POSITIVE_INFINITY : -decrease / scale);
            } else if (to.squaredStep > 0) {
                double ratio = Math.max(0, decrease) / to.squaredStep;
                constant = Double.isNaN(constant) ? ratio : Math.min(constant, ratio);
            }
        }
        return new SufficientDecrease(j, pairs, constant, violations, largest);
    }

    /**
     * The model fitted to the later half of the last phase.
     *
     * @return empty if fewer than eight of its steps decrease the objective
     */
    public Optional<TailFit> tail(TailFit.Kind kind) {
        List<double[]> logarithms = new ArrayList<>();
        int start = startOfTail();
        for (int k = start; k + 1 < points.size(); k++) {
            double decrease = points.get(k).objective - points.get(k + 1).objective;
            if (decrease > ROUNDING * Math.max(Double.MIN_NORMAL, Math.abs(points.get(k).objective))) {
                double iteration = points.get(k).iteration;
                double position = kind == TailFit.Kind.LINEAR ? iteration : Math.log(iteration);
                logarithms.add(new double[] {position, Math.log(decrease)});
            }
        }
        if (logarithms.size() < FEWEST_STEPS) {
            return Optional.empty();
        }
        double[] line = leastSquares(logarithms);
        double rate = kind == TailFit.Kind.LINEAR ? Math.exp(line[0]) : -line[0] - 1;
        return Optional.of(new TailFit(kind, rate, line[1]));
    }

    /**
     * k · c_k with c_k = min over i ≤ k of ‖X_i − X_{i−1}‖², which tends to 0 where steps decay as o(1/k) (dlam.md,
     * theorem 3).
     *
     * @param k of the iterations collected, from 1
     * @return NaN if no step up to it is known
     */
    public double scaledLeastStep(int k) {
        double least = Double.NaN;
        for (int i = 0; i < k; i++) {
            double step = points.get(i).squaredStep;
            least = Double.isNaN(least) || step < least ? step : least;
        }
        return points.get(k - 1).iteration * least;
    }

    /** ‖·‖ of the constraint violation after step k, from 1; NaN where the solver has none. */
    public double residual(int k) {
        return points.get(k - 1).residual;
    }

    Tail tail() {
        int start = startOfTail();
        return new Tail(points.size() - 1 - start, points.get(start).objective,
                points.get(points.size() - 1).objective, tail(TailFit.Kind.LINEAR).orElse(null),
                tail(TailFit.Kind.SUBLINEAR).orElse(null));
    }

    private int startOfTail() {
        int first = points.size() - 1;
        while (first > 0 && comparable(first - 1, first)) {
            first--;
        }
        return first + (points.size() - first) / 2;
    }

    /** Whether both are of one phase and nothing is left out between them. */
    private boolean comparable(int first, int second) {
        Point from = points.get(first);
        Point to = points.get(second);
        return from.phase.equals(to.phase) && to.iteration - from.iteration == second - first;
    }

    /** Slope and R² of the line through (x, y) pairs. */
    private static double[] leastSquares(List<double[]> pairs) {
        double meanX = pairs.stream().mapToDouble(pair -> pair[0]).average().orElseThrow();
        double meanY = pairs.stream().mapToDouble(pair -> pair[1]).average().orElseThrow();
        double xx = 0;
        double xy = 0;
        double yy = 0;
        for (double[] pair : pairs) {
            xx += (pair[0] - meanX) * (pair[0] - meanX);
            xy += (pair[0] - meanX) * (pair[1] - meanY);
            yy += (pair[1] - meanY) * (pair[1] - meanY);
        }
        double slope = xy / xx;
        return new double[] {slope, yy > 0 ? Math.min(1, xy * xy / (xx * yy)) : 1};
    }
}

package org.altmin.testkit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Finds the global minimisers over one real z of F(z) = g(z) + (w/2)(z − c)² with g ≥ 0, without knowing anything about
 * g: a dense grid over all z that can be any good, then golden-section search around its best local minima, then
 * bisection of the derivative where it changes sign.
 */
final class ScalarOracle {

    /** A local minimiser and what it attains. */
    record Minimum(double z, double objective) {
    }

    private static final int UNIFORM = 2000;
    private static final int GEOMETRIC = 220;
    private static final int KEPT = 8;
    private static final double GOLDEN = (Math.sqrt(5) - 1) / 2;

    private final UnaryOperator<double[]> penalty;
    private final UnaryOperator<double[]> derivative;
    private final double centre;
    private final double weight;

    /**
     * @param penalty g
     * @param derivative g′, or null if it is not known
     * @param centre c
     * @param weight w
     */
    ScalarOracle(UnaryOperator<double[]> penalty, UnaryOperator<double[]> derivative, double centre, double weight) {
        this.penalty = penalty;
        this.derivative = derivative;
        this.centre = centre;
        this.weight = weight;
    }

    double objective(double z) {
        return objective(new double[] {z})[0];
    }

    double slope(double z) {
        return slope(new double[] {z})[0];
    }

    /** The local minima, the lowest first; the first is global. */
    List<Minimum> minima() {
        double[] grid = grid();
        double[] values = objective(grid);
        List<Integer> lowest = new ArrayList<>();
        for (int i = 0; i < grid.length; i++) {
            boolean left = i == 0 || values[i] <= values[i - 1];
            boolean right = i == grid.length - 1 || values[i] <= values[i + 1];
            if (left && right && values[i] < Double.POSITIVE_INFINITY) {
                lowest.add(i);
            }
        }
        lowest.sort(Comparator.comparingDouble(i -> values[i]));
        int count = Math.min(KEPT, lowest.size());
        double[] from = new double[count];
        double[] to = new double[count];
        for (int k = 0; k < count; k++) {
            from[k] = grid[Math.max(lowest.get(k) - 1, 0)];
            to[k] = grid[Math.min(lowest.get(k) + 1, grid.length - 1)];
        }
        List<double[]> candidates = new ArrayList<>();
        candidates.add(lowest.subList(0, count).stream().mapToDouble(i -> grid[i]).toArray());
        double[] golden = goldenSection(from, to);
        candidates.add(golden);
        if (derivative != null) {
            candidates.add(bisection(golden));
        }
        return best(candidates);
    }

    private static void shrink(double[] from, double[] to, double[] low, double[] high, boolean keepLeft, int k) {
        if (keepLeft) {
            to[k] = high[k];
        } else {
            from[k] = low[k];
        }
    }

    private double[] goldenSection(double[] start, double[] end) {
        double[] from = start.clone();
        double[] to = end.clone();
        double[] low = new double[from.length];
        double[] high = new double[from.length];
        for (int round = 0; round < 90; round++) {
            for (int k = 0; k < from.length; k++) {
                double length = GOLDEN * (to[k] - from[k]);
                low[k] = to[k] - length;
                high[k] = from[k] + length;
            }
            double[] atLow = objective(low);
            double[] atHigh = objective(high);
            for (int k = 0; k < from.length; k++) {
                shrink(from, to, low, high, atLow[k] < atHigh[k], k);
            }
        }
        Arrays.setAll(low, k -> 0.5 * (from[k] + to[k]));
        return low;
    }

    /** Where F′ changes sign from − to + near what golden section found; what it found where F′ does not. */
    private double[] bisection(double[] near) {
        double[] from = new double[near.length];
        double[] to = new double[near.length];
        for (int k = 0; k < near.length; k++) {
            double reach = 1e-4 * Math.max(1, Math.abs(near[k]));
            from[k] = near[k] - reach;
            to[k] = near[k] + reach;
        }
        double[] atFrom = slope(from);
        double[] atTo = slope(to);
        boolean[] changes = new boolean[near.length];
        for (int k = 0; k < near.length; k++) {
            changes[k] = atFrom[k] < 0 && atTo[k] > 0;
        }
        double[] middle = new double[near.length];
        for (int round = 0; round < 70; round++) {
            Arrays.setAll(middle, k -> 0.5 * (from[k] + to[k]));
            double[] atMiddle = slope(middle);
            for (int k = 0; k < near.length; k++) {
                shrink(from, to, middle, middle, atMiddle[k] > 0, k);
            }
        }
        Arrays.setAll(middle, k -> changes[k] ? middle[k] : near[k]);
        return middle;
    }

    private List<Minimum> best(List<double[]> candidates) {
        int count = candidates.get(0).length;
        List<Minimum> result = new ArrayList<>();
        for (int k = 0; k < count; k++) {
            Minimum best = null;
            for (double[] points : candidates) {
                Minimum found = new Minimum(points[k], objective(points[k]));
                // The later, more precise candidate also wins where the objectives differ by rounding only.
                if (best == null || found.objective() <= best.objective() * (1 + 1e-15)) {
                    best = found;
                }
            }
            result.add(best);
        }
        result.sort(Comparator.comparingDouble(Minimum::objective));
        return result;
    }

    private double[] objective(double[] z) {
        double[] result = penalty.apply(z).clone();
        for (int i = 0; i < z.length; i++) {
            result[i] += 0.5 * weight * (z[i] - centre) * (z[i] - centre);
        }
        return result;
    }

    private double[] slope(double[] z) {
        double[] result = derivative.apply(z).clone();
        for (int i = 0; i < z.length; i++) {
            result[i] += weight * (z[i] - centre);
        }
        return result;
    }

    /** (w/2)(z − c)² ≤ F(z₀) for every z₀, so z lies no farther from c than √(2 F(z₀)/w). */
    private double[] grid() {
        double[] trials = {centre, 0, 1, -1, 0.5, -0.5, 2, -2, 5, -5, 100, -100};
        double reach = Double.POSITIVE_INFINITY;
        for (double value : objective(trials)) {
            reach = Math.min(reach, Math.sqrt(2 * value / weight));
        }
        double radius = Math.max(reach * (1 + 1e-9), 1e-12 * Math.max(1, Math.abs(centre)));
        double low = centre - radius;
        double high = centre + radius;
        List<Double> points = new ArrayList<>(List.of(low, high, centre, 0.0));
        for (int i = 1; i < UNIFORM; i++) {
            points.add(low + (high - low) * i / UNIFORM);
        }
        for (int i = 0; i < GEOMETRIC; i++) {
            double distance = Math.pow(10, -12 + 24.0 * i / GEOMETRIC);
            for (double origin : new double[] {0, centre, 1, -1}) {
                points.add(origin + distance);
                points.add(origin - distance);
            }
        }
        return points.stream().filter(z -> z >= low && z <= high).mapToDouble(z -> z).sorted().distinct().toArray();
    }
}

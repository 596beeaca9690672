package org.altmin.solvers.gradient;

import org.altmin.core.network.Problem;
import org.altmin.core.network.Weights;
import org.altmin.linalg.RandomStream;

/** The gradient solvers in nested loops on double arrays: sigmoid networks, squared loss, l2 or l1 or no penalty. */
final class PlainGradient {

    private final String rule;
    private final int batch;
    private final double l2;
    private final double l1;
    private final int depth;
    private final int samples;
    private final long seed;
    private final boolean skip;
    private final double[] inputs;
    private final double[] targets;
    /** w[l][row][column], the bias in the last column. */
    final double[][][] w;
    private final double[][][] first;
    private final double[][][] second;
    private int epoch;
    private int updates;

    PlainGradient(Problem problem, String rule, int batch, double l2, double l1, boolean skip) {
        this.rule = rule;
        this.l2 = l2;
        this.l1 = l1;
        this.skip = skip;
        depth = problem.network().depth();
        samples = problem.samples();
        this.batch = batch == 0 ? samples : batch;
        seed = problem.seed();
        inputs = problem.la().toArray(problem.inputs());
        targets = problem.la().toArray(problem.targets());
        w = copy(problem.initial());
        first = zeros();
        second = zeros();
    }

    static double[][][] copy(Weights weights) {
        int depth = weights.network().depth();
        double[][][] result = new double[depth + 1][][];
        for (int l = 1; l <= depth; l++) {
            int rows = weights.network().width(l);
            int columns = weights.network().width(l - 1) + 1;
            double[] elements = weights.augmented(l).owner().toArray(weights.augmented(l));
            result[l] = new double[rows][columns];
            for (int i = 0; i < rows; i++) {
                for (int j = 0; j < columns; j++) {
                    result[l][i][j] = elements[j * rows + i];
                }
            }
        }
        return result;
    }

    /** @return the mean loss as seen, and the penalty before over the number of samples */
    double epoch(double rate) {
        double penalty = 0;
        for (int l = 1; l <= depth; l++) {
            for (double[] row : w[l]) {
                for (int j = 0; j + 1 < row.length; j++) {
                    penalty += l2 / 2 * row[j] * row[j] + l1 * Math.abs(row[j]);
                }
            }
        }
        int[] order = new RandomStream(seed).split("batches").split("epoch" + epoch).permutation(samples);
        double loss = 0;
        for (int from = 0; from < samples; from += batch) {
            int to = Math.min(from + batch, samples);
            double[][][] gradient = zeros();
            for (int k = from; k < to; k++) {
                loss += addSample(batch < samples ? order[k] : k, gradient);
            }
            update(gradient, to - from, rate);
        }
        epoch++;
        return loss / samples + penalty / samples;
    }

    private double addSample(int sample, double[][][] gradient) {
        double[][] a = new double[depth + 1][];
        double[][] slope = new double[depth + 1][];
        a[0] = new double[SmallProblem.WIDTHS[0]];
        System.arraycopy(inputs, sample * a[0].length, a[0], 0, a[0].length);
        for (int l = 1; l <= depth; l++) {
            int rows = w[l].length;
            a[l] = new double[rows];
            slope[l] = new double[rows];
            for (int i = 0; i < rows; i++) {
                double z = w[l][i][a[l - 1].length];
                for (int j = 0; j < a[l - 1].length; j++) {
                    z += w[l][i][j] * a[l - 1][j];
                }
                double h = 1 / (1 + Math.exp(-z));
                a[l][i] = l == depth ? z : h + (skip && l == 2 ? a[1][i] : 0);
                slope[l][i] = l == depth ? 1 : h * (1 - h);
            }
        }
        double loss = 0;
        double[] upper = new double[a[depth].length];
        for (int i = 0; i < upper.length; i++) {
            upper[i] = a[depth][i] - targets[sample * upper.length + i];
            loss += upper[i] * upper[i] / 2;
        }
        for (int l = depth; l >= 1; l--) {
            double[] lower = new double[a[l - 1].length];
            for (int i = 0; i < upper.length; i++) {
                double delta = upper[i] * slope[l][i];
                for (int j = 0; j < lower.length; j++) {
                    gradient[l][i][j] += delta * a[l - 1][j];
                    lower[j] += delta * w[l][i][j];
                }
                gradient[l][i][lower.length] += delta;
                if (skip && l == 2) {
                    lower[i] += upper[i];
                }
            }
            upper = lower;
        }
        return loss;
    }

    private void update(double[][][] gradient, int count, double rate) {
        updates++;
        for (int l = 1; l <= depth; l++) {
            for (int i = 0; i < w[l].length; i++) {
                for (int j = 0; j < w[l][i].length; j++) {
                    boolean bias = j + 1 == w[l][i].length;
                    double g = gradient[l][i][j] / count + (bias ? 0 : l2 * w[l][i][j] / samples);
                    double scale = move(l, i, j, g, rate);
                    double threshold = bias ? 0 : scale * l1 / samples;
                    w[l][i][j] = Math.signum(w[l][i][j]) * Math.max(Math.abs(w[l][i][j]) - threshold, 0);
                }
            }
        }
    }

    /** @return the step's scale, by which a proximal operator's weight is divided */
    private double move(int l, int i, int j, double g, double rate) {
        double m = first[l][i][j];
        double v = second[l][i][j];
        double scale = rate;
        double direction = g;
        switch (rule) {
            case "sgd" -> {
            }
            case "momentum" -> {
                m = 0.5 * m + g;
                direction = m;
            }
            case "adagrad" -> {
                m += g * g;
                scale = rate / (Math.sqrt(m) + 1e-10);
            }
            case "adadelta" -> {
                m = 0.95 * m + 0.05 * g * g;
                double delta = Math.sqrt(v + 1e-6) / Math.sqrt(m + 1e-6) * g;
                scale = rate * Math.sqrt(v + 1e-6) / Math.sqrt(m + 1e-6);
                v = 0.95 * v + 0.05 * delta * delta;
            }
            case "adam" -> {
                m = 0.9 * m + 0.1 * g;
                v = 0.999 * v + 0.001 * g * g;
                direction = m / (1 - Math.pow(0.9, updates));
                scale = rate / (Math.sqrt(v / (1 - Math.pow(0.999, updates))) + 1e-8);
            }
            default -> throw new IllegalArgumentException(rule);
        }
        first[l][i][j] = m;
        second[l][i][j] = v;
        w[l][i][j] -= scale * direction;
        return scale;
    }

    private double[][][] zeros() {
        double[][][] result = new double[depth + 1][][];
        for (int l = 1; l <= depth; l++) {
            result[l] = new double[w[l].length][w[l][0].length];
        }
        return result;
    }
}

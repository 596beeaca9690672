package org.altmin.solvers.online;

import java.util.Arrays;
import org.altmin.core.network.Problem;
import org.altmin.core.network.Weights;
import org.altmin.linalg.RandomStream;

/**
 * Online alternating minimisation in nested loops on double arrays, the row of ones and the bias column written out:
 * relu or sigmoid networks, squared loss or cross-entropy, no penalty or l2.
 */
final class PlainOnline {

    private final OnlineAltMin solver;
    private final boolean relu;
    private final boolean crossEntropy;
    private final double l2;
    private final int depth;
    private final int samples;
    private final boolean bias;
    private final long seed;
    private final double[][] inputs;
    private final double[][] targets;
    /** w[l][row][column], the bias in the last column. */
    final double[][][] w;
    private final double[][][] gram;
    private final double[][][] inverse;
    private final double[] stiffness;
    private final double[] meanSquaredImage;
    private final double[] meanSquaredDelta;
    private int epoch;
    private int updates;

    PlainOnline(Problem problem, OnlineAltMin solver, boolean relu, boolean crossEntropy, double l2) {
        this.solver = solver;
        this.relu = relu;
        this.crossEntropy = crossEntropy;
        this.l2 = l2;
        depth = problem.network().depth();
        samples = problem.samples();
        bias = problem.network().bias();
        seed = problem.seed();
        inputs = columns(problem.la().toArray(problem.inputs()), samples);
        targets = columns(problem.la().toArray(problem.targets()), samples);
        w = copy(problem.initial());
        gram = new double[depth + 1][][];
        inverse = new double[depth + 1][][];
        stiffness = new double[depth + 1];
        meanSquaredImage = new double[depth + 1];
        meanSquaredDelta = new double[depth + 1];
        for (int l = 1; l <= depth; l++) {
            gram[l] = new double[w[l][0].length][w[l][0].length];
        }
    }

    static double[][][] copy(Weights weights) {
        int depth = weights.network().depth();
        double[][][] result = new double[depth + 1][][];
        for (int l = 1; l <= depth; l++) {
            int rows = weights.network().width(l);
            double[][] columns = columns(weights.augmented(l).owner().toArray(weights.augmented(l)),
                    weights.network().width(l - 1) + 1);
            result[l] = new double[rows][columns.length];
            for (int i = 0; i < rows; i++) {
                for (int j = 0; j < columns.length; j++) {
                    result[l][i][j] = columns[j][i];
                }
            }
        }
        return result;
    }

    /** @return the objective as it is reported */
    double epoch() {
        double penalty = 0;
        for (int l = 1; l <= depth; l++) {
            for (double[] row : w[l]) {
                for (int j = 0; j + 1 < row.length; j++) {
                    penalty += l2 / 2 * row[j] * row[j];
                }
            }
        }
        int[] order = new RandomStream(seed).split("batches").split("epoch" + epoch).permutation(samples);
        double loss = 0;
        for (int from = 0; from < samples; from += solver.batch()) {
            int count = Math.min(from + solver.batch(), samples) - from;
            double[][][] a = new double[count][][];
            double[][][] z = new double[count][depth + 1][];
            double[][][] delta = new double[count][depth + 1][];
            for (int k = 0; k < count; k++) {
                a[k] = new double[depth + 1][];
                loss += sweep(order[from + k], a[k], z[k], delta[k]);
            }
            double decay = Math.max(0, 1 - (epoch + (double) from / samples) / solver.epochs());
            for (int l = 1; l <= depth; l++) {
                remember(l, a);
                double share = Math.max(1 - solver.memory(), 1 / (updates + 1.0));
                meanSquaredImage[l] = (1 - share) * meanSquaredImage[l] + share * meanSquare(z, l);
                meanSquaredDelta[l] = (1 - share) * meanSquaredDelta[l] + share * meanSquare(delta, l);
                move(l, a, delta, decay * (l < depth ? solver.hiddenStep() : solver.lastStep())
                        * Math.sqrt((meanSquaredImage[l] + meanSquaredDelta[l]) / meanSquaredDelta[l]));
            }
            updates++;
        }
        epoch++;
        return (loss + penalty) / samples;
    }

    private static double meanSquare(double[][][] states, int l) {
        double sum = 0;
        for (double[][] state : states) {
            for (double x : state[l]) {
                sum += x * x / (states.length * state[l].length);
            }
        }
        return sum;
    }

    /** a[l] with a one at the end, z[l], and delta[l] = z_l* − z_l. */
    private double sweep(int sample, double[][] a, double[][] z, double[][] delta) {
        a[0] = withOne(inputs[sample]);
        for (int l = 1; l <= depth; l++) {
            z[l] = new double[w[l].length];
            for (int i = 0; i < z[l].length; i++) {
                for (int j = 0; j < a[l - 1].length; j++) {
                    z[l][i] += w[l][i][j] * a[l - 1][j];
                }
            }
            double[] value = new double[z[l].length];
            for (int i = 0; i < value.length; i++) {
                value[i] = h(z[l][i]);
            }
            a[l] = withOne(value);
        }
        double[] y = targets[sample];
        delta[depth] = minus(crossEntropy ? crossEntropyProx(z[depth], y) : squaredProx(z[depth], y), z[depth]);
        for (int l = depth - 1; l >= 1; l--) {
            double[] g = new double[z[l].length];
            double norm = 0;
            for (int j = 0; j < g.length; j++) {
                for (int i = 0; i < z[l + 1].length; i++) {
                    g[j] -= w[l + 1][i][j] * delta[l + 1][i];
                }
                norm += g[j] * g[j];
            }
            double curvature = 0;
            for (int i = 0; i < z[l + 1].length; i++) {
                double image = 0;
                for (int j = 0; j < g.length; j++) {
                    image += w[l + 1][i][j] * g[j];
                }
                curvature += image * image;
            }
            delta[l] = new double[g.length];
            for (int j = 0; j < g.length; j++) {
                double move = curvature > 0 ? -g[j] * norm / curvature : 0;
                delta[l][j] = solver.misfit() == MisfitStep.PASS ? slope(z[l][j]) * move
                        : reluProx(a[l][j] + move, z[l][j]) - z[l][j];
            }
        }
        return crossEntropy ? crossEntropy(z[depth], y) : squared(z[depth], y);
    }

    private void remember(int l, double[][][] a) {
        int order = gram[l].length - (bias ? 0 : 1);
        if (updates % solver.gramEvery() == 0) {
            double keep = Math.min(Math.pow(solver.memory(), solver.gramEvery()),
                    1 - 1 / (updates / solver.gramEvery() + 1.0));
            for (int i = 0; i < order; i++) {
                for (int j = 0; j < order; j++) {
                    double mean = 0;
                    for (double[][] states : a) {
                        mean += states[l - 1][i] * states[l - 1][j] / a.length;
                    }
                    gram[l][i][j] = keep * gram[l][i][j] + (1 - keep) * mean;
                }
            }
        }
        boolean powerOfTwo = updates == 1 || updates == 2 || updates == 4 || updates == 8;
        if (updates % solver.refresh() == 0 || updates < solver.refresh() && powerOfTwo) {
            int width = gram[l].length - 1;
            double variance = 0;
            for (int i = 0; i < width; i++) {
                double mean = bias ? gram[l][i][width] : 0;
                variance += (gram[l][i][i] - mean * mean) / width;
            }
            double alpha = solver.damping() * variance;
            stiffness[l] = variance + alpha;
            double[][] shifted = new double[order][order];
            for (int i = 0; i < order; i++) {
                System.arraycopy(gram[l][i], 0, shifted[i], 0, order);
                shifted[i][i] += alpha;
            }
            inverse[l] = inverse(shifted);
        }
    }

    private void move(int l, double[][][] a, double[][][] delta, double step) {
        int order = inverse[l].length;
        int count = a.length;
        for (int i = 0; i < w[l].length; i++) {
            double[] cross = new double[order];
            for (int k = 0; k < count; k++) {
                for (int j = 0; j < order; j++) {
                    cross[j] += delta[k][l][i] * a[k][l - 1][j] / count;
                }
            }
            for (int j = 0; j < order; j++) {
                for (int m = 0; m < order; m++) {
                    w[l][i][j] += step * cross[m] * inverse[l][m][j];
                }
            }
            double weight = samples * solver.lossWeight() * stiffness[l] / step;
            for (int j = 0; j + 1 < w[l][i].length; j++) {
                w[l][i][j] *= weight / (weight + l2);
            }
        }
    }

    private double h(double z) {
        return relu ? Math.max(z, 0) : 1 / (1 + Math.exp(-z));
    }

    private double slope(double z) {
        return relu ? (z > 0 ? 1 : 0) : h(z) * (1 - h(z));
    }

    private double reluProx(double target, double centre) {
        double omega = solver.misfitWeight();
        double left = Math.min(centre, 0);
        double right = Math.max((target + omega * centre) / (1 + omega), 0);
        double atLeft = target * target + omega * (left - centre) * (left - centre);
        double atRight = (right - target) * (right - target) + omega * (right - centre) * (right - centre);
        return atRight <= atLeft ? right : left;
    }

    private double squared(double[] z, double[] y) {
        double sum = 0;
        for (int i = 0; i < z.length; i++) {
            sum += (z[i] - y[i]) * (z[i] - y[i]) / 2;
        }
        return sum;
    }

    private double[] squaredProx(double[] q, double[] y) {
        double[] result = new double[q.length];
        for (int i = 0; i < q.length; i++) {
            result[i] = (y[i] + solver.lossWeight() * q[i]) / (1 + solver.lossWeight());
        }
        return result;
    }

    private static double crossEntropy(double[] z, double[] y) {
        double sum = 0;
        double value = 0;
        for (double x : z) {
            sum += Math.exp(x);
        }
        for (int i = 0; i < z.length; i++) {
            value += y[i] * (Math.log(sum) - z[i]);
        }
        return value;
    }

    /** Newton's method on the whole vector. */
    private double[] crossEntropyProx(double[] q, double[] y) {
        double[] z = q.clone();
        for (int round = 0; round < 40; round++) {
            double sum = 0;
            for (double x : z) {
                sum += Math.exp(x);
            }
            double[] gradient = new double[z.length];
            double[][] hessian = new double[z.length][z.length];
            for (int i = 0; i < z.length; i++) {
                double p = Math.exp(z[i]) / sum;
                gradient[i] = p - y[i] + solver.lossWeight() * (z[i] - q[i]);
                for (int j = 0; j < z.length; j++) {
                    hessian[i][j] = -p * Math.exp(z[j]) / sum + (i == j ? p + solver.lossWeight() : 0);
                }
            }
            double[][] inverted = inverse(hessian);
            for (int i = 0; i < z.length; i++) {
                for (int j = 0; j < z.length; j++) {
                    z[i] -= inverted[i][j] * gradient[j];
                }
            }
        }
        return z;
    }

    /** Gauss-Jordan elimination of a symmetric positive definite matrix. */
    private static double[][] inverse(double[][] matrix) {
        int order = matrix.length;
        double[][] result = new double[order][order];
        for (int i = 0; i < order; i++) {
            result[i][i] = 1;
        }
        for (int pivot = 0; pivot < order; pivot++) {
            double scale = matrix[pivot][pivot];
            for (int j = 0; j < order; j++) {
                matrix[pivot][j] /= scale;
                result[pivot][j] /= scale;
            }
            for (int i = 0; i < order; i++) {
                double factor = matrix[i][pivot];
                for (int j = 0; j < order && i != pivot; j++) {
                    matrix[i][j] -= factor * matrix[pivot][j];
                    result[i][j] -= factor * result[pivot][j];
                }
            }
        }
        return result;
    }

    private static double[] withOne(double[] values) {
        double[] result = Arrays.copyOf(values, values.length + 1);
        result[values.length] = 1;
        return result;
    }

    private static double[] minus(double[] x, double[] y) {
        double[] result = x.clone();
        for (int i = 0; i < x.length; i++) {
            result[i] -= y[i];
        }
        return result;
    }

    private static double[][] columns(double[] elements, int columns) {
        int rows = elements.length / columns;
        double[][] result = new double[columns][rows];
        for (int j = 0; j < columns; j++) {
            System.arraycopy(elements, j * rows, result[j], 0, rows);
        }
        return result;
    }
}

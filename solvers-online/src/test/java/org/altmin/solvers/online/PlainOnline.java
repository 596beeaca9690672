package org.altmin.solvers.online;

import java.util.Arrays;
import org.altmin.core.network.Problem;
import org.altmin.core.network.Weights;
import org.altmin.linalg.Matrix;
import org.altmin.linalg.RandomStream;

/**
 * Online alternating minimisation in nested loops on double arrays, sample by sample:
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
    private final double[][][] w;
    /** The running mean of w, which is what the solver shows. */
    final double[][][] mean;
    private final double[][][] gram;
    private final double[][][] inverse;
    private final double[] stiffness;
    private final double[] gramVariance;
    private final double[] variance;
    private final double[] squaredDelta;
    private final double[] curvature;
    /** Ω of the layers whose covariance is sketched. */
    private final double[][][] test;
    private int epoch;
    private int updates;
    private int gap;

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
        mean = copy(problem.initial());
        gram = new double[depth + 1][][];
        inverse = new double[depth + 1][][];
        stiffness = new double[depth + 1];
        gramVariance = new double[depth + 1];
        variance = new double[depth + 1];
        squaredDelta = new double[depth + 1];
        curvature = new double[depth + 1];
        test = new double[depth + 1][][];
        for (int l = 1; l <= depth; l++) {
            int width = w[l][0].length - 1;
            gram[l] = new double[width][width];
            if (solver.rank() > 0 && 2 * solver.rank() < width) {
                Matrix random = problem.la().allocate(width, solver.rank());
                new RandomStream(seed).split("sketch").split("layer" + l).fillGaussian(random, 0, 1);
                test[l] = columns(problem.la().toArray(random), solver.rank());
            }
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
            double[][] x = new double[count][];
            for (int k = 0; k < count; k++) {
                x[k] = inputs[order[from + k]].clone();
                a[k] = new double[depth + 1][];
            }
            int[] batch = Arrays.copyOfRange(order, from, from + count);
            moveInputs(x, batch);
            for (int k = 0; k < count; k++) {
                loss += forward(x[k], targets[batch[k]], a[k], z[k], delta[k]);
            }
            for (int l = depth - 1; l >= 1; l--) {
                backward(l, a, z, delta, updates % solver.sampleEvery() == 0);
            }
            double planned = solver.epochs() * Math.ceil(samples / (double) solver.batch());
            double decay = Math.max(0, 1 - updates / planned);
            for (int l = 1; l <= depth; l++) {
                double share = Math.max(1 - solver.memory(), 1 / (updates + 1.0));
                variance[l] = (1 - share) * variance[l] + share * variance(z, l);
                squaredDelta[l] = (1 - share) * squaredDelta[l] + share * meanSquare(delta, l);
                double length = Math.min(1, (l < depth ? solver.hiddenStep() : solver.lastStep()) / Math.sqrt(planned));
                shrink(l, decay * length);
                move(l, a, delta, decay * length * Math.sqrt((variance[l] + squaredDelta[l]) / squaredDelta[l]));
            }
            updates++;
            gap++;
            if (updates % solver.sampleEvery() == 0 || from + count == samples) {
                average(Math.max(1 - Math.exp(-gap / (solver.averaging() * planned)), (double) gap / updates));
                gap = 0;
            }
        }
        epoch++;
        return (loss + penalty) / samples;
    }

    /** The first samples of a batch go against W_1ᵀ(z_1* − z_1). */
    private void moveInputs(double[][] x, int[] batch) {
        double trace = 0;
        for (int i = 0; i < gram[1].length; i++) {
            trace += gram[1][i][i];
        }
        int count = (int) Math.ceil(solver.adversaryPart() * x.length);
        if (solver.adversary() == 0 || trace == 0 || count == 0) {
            return;
        }
        double[][][] a = new double[count][depth + 1][];
        double[][][] z = new double[count][depth + 1][];
        double[][][] delta = new double[count][depth + 1][];
        for (int k = 0; k < count; k++) {
            forward(x[k], targets[batch[k]], a[k], z[k], delta[k]);
        }
        for (int l = depth - 1; l >= 1; l--) {
            backward(l, a, z, delta, false);
        }
        for (int k = 0; k < count; k++) {
            double[] pull = new double[x[k].length];
            for (int j = 0; j < pull.length; j++) {
                for (int i = 0; i < delta[k][1].length; i++) {
                    pull[j] += w[1][i][j] * delta[k][1][i];
                }
            }
            double norm = Math.sqrt(dot(pull, pull));
            for (int j = 0; j < pull.length && norm > 0; j++) {
                x[k][j] -= solver.adversary() * Math.sqrt(trace) * pull[j] / norm;
            }
        }
    }

    private void shrink(int l, double length) {
        for (double[] row : w[l]) {
            for (int j = 0; j + 1 < row.length; j++) {
                row[j] *= 1 - solver.shrinkage() * length;
            }
        }
    }

    private void average(double share) {
        for (int l = 1; l <= depth; l++) {
            for (int i = 0; i < w[l].length; i++) {
                for (int j = 0; j < w[l][i].length; j++) {
                    mean[l][i][j] = (1 - share) * mean[l][i][j] + share * w[l][i][j];
                }
            }
        }
    }

    private static double variance(double[][][] states, int l) {
        double sum = 0;
        int width = states[0][l].length;
        for (int i = 0; i < width; i++) {
            double mean = 0;
            for (double[][] state : states) {
                mean += state[l][i] / states.length;
            }
            for (double[][] state : states) {
                sum += (state[l][i] - mean) * (state[l][i] - mean) / (states.length * width);
            }
        }
        return sum;
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

    /** a[l] with a one at the end, z[l], and z_L* − z_L. */
    private double forward(double[] x, double[] y, double[][] a, double[][] z, double[][] delta) {
        a[0] = withOne(x);
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
        delta[depth] = minus(crossEntropy ? crossEntropyProx(z[depth], y) : squaredProx(z[depth], y), z[depth]);
        return crossEntropy ? crossEntropy(z[depth], y) : squared(z[depth], y);
    }

    /** delta[l] = z_l* − z_l of all samples. */
    private void backward(int l, double[][][] a, double[][][] z, double[][][] delta, boolean sampled) {
        int count = a.length;
        double[][] g = new double[count][z[0][l].length];
        double[] norm = new double[count];
        double[] image = new double[count];
        for (int k = 0; k < count; k++) {
            for (int j = 0; j < g[k].length; j++) {
                for (int i = 0; i < delta[k][l + 1].length; i++) {
                    g[k][j] -= w[l + 1][i][j] * delta[k][l + 1][i];
                }
                norm[k] += g[k][j] * g[k][j];
            }
            for (double[] row : w[l + 1]) {
                double sum = 0;
                for (int j = 0; j < g[k].length; j++) {
                    sum += row[j] * g[k][j];
                }
                image[k] += sum * sum;
            }
        }
        if (sampled) {
            double keep = sampledKeep();
            curvature[l] = keep * curvature[l] + (1 - keep) * Arrays.stream(image).sum() / Arrays.stream(norm).sum();
        }
        for (int k = 0; k < count; k++) {
            delta[k][l] = new double[g[k].length];
            double tau = solver.curvature() == Curvature.BATCH ? curvature[l] : image[k] / norm[k];
            for (int j = 0; j < g[k].length; j++) {
                double move = tau > 0 ? -g[k][j] / tau : 0;
                delta[k][l][j] = solver.misfit() == MisfitStep.PASS ? slope(z[k][l][j]) * move
                        : reluProx(a[k][l][j] + move, z[k][l][j]) - z[k][l][j];
            }
        }
    }

    private void move(int l, double[][][] a, double[][][] delta, double step) {
        int count = a.length;
        int width = gram[l].length;
        double[] m = new double[width];
        for (int j = 0; j < width && bias; j++) {
            for (double[][] states : a) {
                m[j] += states[l - 1][j] / count;
            }
        }
        double[][] c = new double[count][width];
        double batchVariance = 0;
        for (int k = 0; k < count; k++) {
            for (int j = 0; j < width; j++) {
                c[k][j] = a[k][l - 1][j] - m[j];
                batchVariance += c[k][j] * c[k][j] / (count * width);
            }
        }
        remember(l, c);
        double scale = step / (count * Math.max(1, batchVariance / gramVariance[l]));
        double plainScale = step / count;
        for (int k = 0; k < count; k++) {
            double fromMean = 0;
            double[] x = new double[width];
            for (int j = 0; j < width; j++) {
                for (int i = 0; i < width; i++) {
                    x[j] += inverse[l][j][i] * c[k][i];
                }
                fromMean += m[j] * x[j];
            }
            for (int i = 0; i < w[l].length; i++) {
                for (int j = 0; j < width; j++) {
                    w[l][i][j] += scale * delta[k][l][i] * x[j];
                }
                if (bias) {
                    w[l][i][width] += delta[k][l][i] * (plainScale - scale * fromMean);
                }
            }
        }
        double weight = samples * solver.lossWeight() * stiffness[l] / step;
        for (double[] row : w[l]) {
            for (int j = 0; j < width; j++) {
                row[j] *= weight / (weight + l2);
            }
        }
    }

    private void remember(int l, double[][] c) {
        int width = gram[l].length;
        if (updates % solver.sampleEvery() == 0) {
            double keep = sampledKeep();
            for (int i = 0; i < width; i++) {
                for (int j = 0; j < width; j++) {
                    gram[l][i][j] *= keep;
                    for (double[] column : c) {
                        gram[l][i][j] += (1 - keep) * column[i] * column[j] / c.length;
                    }
                }
            }
        }
        boolean powerOfTwo = updates == 1 || updates == 2 || updates == 4 || updates == 8;
        if (updates % solver.refresh() == 0 || updates < solver.refresh() && powerOfTwo) {
            gramVariance[l] = 0;
            for (int i = 0; i < width; i++) {
                gramVariance[l] += gram[l][i][i] / width;
            }
            double alpha = solver.damping() * gramVariance[l];
            stiffness[l] = gramVariance[l] + alpha;
            double[][] shifted = new double[width][];
            for (int i = 0; i < width; i++) {
                shifted[i] = gram[l][i].clone();
                shifted[i][i] += alpha;
            }
            inverse[l] = test[l] == null ? inverse(shifted) : sketchedInverse(gram[l], test[l], alpha);
        }
    }

    private double sampledKeep() {
        double seen = updates / solver.sampleEvery() + 1.0;
        return Math.min(Math.pow(solver.memory(), solver.sampleEvery()), 1 - 1 / seen);
    }

    /** (I − Y (α ΩᵀY + YᵀY)⁻¹ Yᵀ)/α, Y = G Ω; Ω and Y as columns. */
    private static double[][] sketchedInverse(double[][] gram, double[][] test, double alpha) {
        int width = gram.length;
        int rank = test.length;
        double[][] sketch = new double[rank][width];
        for (int r = 0; r < rank; r++) {
            for (int i = 0; i < width; i++) {
                sketch[r][i] = dot(gram[i], test[r]);
            }
        }
        double[][] core = new double[rank][rank];
        double trace = 0;
        for (int r = 0; r < rank; r++) {
            for (int s = 0; s < rank; s++) {
                core[r][s] = alpha * dot(test[r], sketch[s]) + dot(sketch[r], sketch[s]);
            }
            trace += core[r][r];
        }
        for (int r = 0; r < rank; r++) {
            core[r][r] += SketchedMetric.SHIFT * trace;
        }
        double[][] inverted = inverse(core);
        double[][] result = new double[width][width];
        for (int i = 0; i < width; i++) {
            for (int j = 0; j < width; j++) {
                result[i][j] = i == j ? 1 / alpha : 0;
                for (int r = 0; r < rank; r++) {
                    for (int s = 0; s < rank; s++) {
                        result[i][j] -= sketch[r][i] * inverted[r][s] * sketch[s][j] / alpha;
                    }
                }
            }
        }
        return result;
    }

    private static double dot(double[] x, double[] y) {
        double sum = 0;
        for (int i = 0; i < x.length; i++) {
            sum += x[i] * y[i];
        }
        return sum;
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

package com.example.solver;

import org.altmin.core.network.Problem;
import org.altmin.core.network.Weights;
import org.altmin.testkit.reference.Dense;

/**
 * The solver's formulas in nested loops on double, for networks of tanh units. The bias is not eliminated but one more
 * unknown: [W b] solves [W b] (H̃ H̃ᵀ + diag(λ, …, λ, 0)) = Y H̃ᵀ with H̃ = [H; 1].
 */
final class PlainRandomFeatures {

    private final Dense features;
    private final Dense targets;
    private final boolean bias;
    private final double ridge;

    PlainRandomFeatures(Problem problem, double damping) {
        features = features(problem);
        targets = Dense.of(problem.targets());
        bias = problem.network().bias();
        double trace = 0;
        for (int i = 0; i < features.rows(); i++) {
            double mean = bias ? mean(i) : 0;
            for (int j = 0; j < features.columns(); j++) {
                trace += (features.get(i, j) - mean) * (features.get(i, j) - mean);
            }
        }
        ridge = problem.weightPenalty().quadratic() + damping * trace / features.rows();
    }

    private static Dense features(Problem problem) {
        Weights weights = problem.initial();
        Dense before = Dense.of(problem.inputs());
        for (int l = 1; l < problem.network().depth(); l++) {
            Dense z = Dense.of(weights.weight(l)).times(before);
            Dense b = Dense.of(weights.bias(l));
            for (int i = 0; i < z.rows(); i++) {
                for (int j = 0; j < z.columns(); j++) {
                    z.set(i, j, Math.tanh(z.get(i, j) + b.get(i, 0)));
                }
            }
            before = z;
        }
        return before;
    }

    private double mean(int row) {
        double sum = 0;
        for (int j = 0; j < features.columns(); j++) {
            sum += features.get(row, j);
        }
        return sum / features.columns();
    }

    /** [W b] of the last layer; b = 0 in a network without. */
    Dense solution() {
        int m = features.rows();
        int unknowns = bias ? m + 1 : m;
        int k = targets.rows();
        double[][] system = new double[unknowns][unknowns + k];
        for (int i = 0; i < unknowns; i++) {
            for (int j = 0; j < features.columns(); j++) {
                for (int c = 0; c < unknowns; c++) {
                    system[i][c] += feature(i, j) * feature(c, j);
                }
                for (int row = 0; row < k; row++) {
                    system[i][unknowns + row] += feature(i, j) * targets.get(row, j);
                }
            }
            system[i][i] += i < m ? ridge : 0;
        }
        eliminate(system);
        Dense result = Dense.zeros(k, m + 1);
        for (int row = 0; row < k; row++) {
            for (int i = 0; i < unknowns; i++) {
                result.set(row, i, system[i][unknowns + row]);
            }
        }
        return result;
    }

    private double feature(int i, int j) {
        return i < features.rows() ? features.get(i, j) : 1;
    }

    /** Gauss and Jordan, with the largest pivot of each column. */
    private static void eliminate(double[][] system) {
        for (int p = 0; p < system.length; p++) {
            int best = p;
            for (int i = p + 1; i < system.length; i++) {
                best = Math.abs(system[i][p]) > Math.abs(system[best][p]) ? i : best;
            }
            double[] pivot = system[best];
            system[best] = system[p];
            system[p] = pivot;
            for (int i = 0; i < system.length; i++) {
                double factor = system[i][p] / pivot[p];
                for (int c = p; c < pivot.length; c++) {
                    system[i][c] -= i == p ? 0 : factor * pivot[c];
                }
            }
            double divisor = pivot[p];
            for (int c = p; c < pivot.length; c++) {
                pivot[c] /= divisor;
            }
        }
    }

    /** ½‖W H + b 1ᵀ − Y‖² + (λ/2)‖W‖². */
    double objective(Dense augmented) {
        double sum = 0;
        for (int row = 0; row < targets.rows(); row++) {
            for (int j = 0; j < targets.columns(); j++) {
                double output = 0;
                for (int i = 0; i <= features.rows(); i++) {
                    output += augmented.get(row, i) * feature(i, j);
                }
                sum += (output - targets.get(row, j)) * (output - targets.get(row, j)) / 2;
            }
            for (int i = 0; i < features.rows(); i++) {
                sum += ridge / 2 * augmented.get(row, i) * augmented.get(row, i);
            }
        }
        return sum;
    }
}

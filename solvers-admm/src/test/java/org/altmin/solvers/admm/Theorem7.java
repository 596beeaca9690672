package org.altmin.solvers.admm;

import java.util.ArrayList;
import java.util.List;

/**
 * The smallest penalties and the smallest λ that Theorem 7 of sigmoid-admm.md allows, eqs. (39)–(42), with the
 * constants of its Lyapunov function, eqs. (92)–(98). For networks without biases whose hidden layers are d wide.
 */
final class Theorem7 {

    private final int depth;
    private final double gamma;
    private final double l1;
    private final double l2;
    private final double l3;
    private final double c3;
    private final double[] beta;
    final double lambda;

    /**
     * @param gamma max ‖W_i⁰‖
     * @param inputNorm ‖X‖
     * @param targetNorm ‖Y‖
     */
    Theorem7(int depth, int width, int samples, double gamma, double inputNorm, double targetNorm, double l0, double l1,
            double l2) {
        this.depth = depth;
        this.gamma = gamma;
        this.l1 = l1;
        this.l2 = l2;
        l3 = 2 * (l1 * l1 + l2 * l0 + l2);
        beta = new double[depth + 1];
        beta[depth] = 3.5;
        double spread = l0 * Math.sqrt((double) samples * width);
        double bound = targetNorm / ((beta[depth] - 3) * power(gamma, depth - 1));
        for (int j = 0; j <= depth - 2; j++) {
            bound = Math.max(bound, 2 * spread / power(gamma, j));
        }
        c3 = bound;
        beta[depth - 1] = 16 * gamma * gamma * beta[depth];
        for (int i = depth - 2; i >= 1; i--) {
            double scaled = c3 * power(gamma, i);
            beta[i] = beta[i + 1] * gamma * gamma * Math.max(
                    6 * Math.sqrt(depth) * (2 * l1 * l1 + (4 * l3 + l2) * scaled),
                    6 * power(Math.sqrt(3 * l1) + Math.sqrt(2 * l3 * scaled), 2));
        }
        double least = 12 * beta[depth] * c3 * c3 * power(gamma, 2 * depth - 4);
        for (int i = 2; i < depth; i++) {
            double size = 4 * c3 * power(gamma, i - 1) + spread;
            least = Math.max(least, 3 * l1 * c3 * beta[i] * power(gamma, i - 3) * size
                    * (1 + Math.sqrt(6 * l3 * c3 * c3 * power(gamma, 2 * i - 2) / (l1 * size))));
            least = Math.max(least, power(1 + 3 / l1 * l2 * l3 * power(gamma, i - 1), 2) * c3 * c3
                    * power(gamma, 2 * (i - 2)) * beta[i] / 6);
        }
        double first = 4 * c3 + spread;
        lambda = Math.max(least, l1 * beta[1] * inputNorm * first / gamma
                * (1 + Math.sqrt(2 * l3 * c3 * inputNorm * gamma / (l1 * first))));
    }

    List<Double> beta() {
        List<Double> result = new ArrayList<>();
        for (int i = 1; i <= depth; i++) {
            result.add(beta[i]);
        }
        return result;
    }

    /** ξ_i: 𝓛 + Σ ξ_i ‖V_i − V_i before‖² is the function that falls. */
    double xi(int i) {
        double n = depth;
        if (i == depth) {
            return 3 * gamma * gamma * beta[depth] * beta[depth] / beta[depth - 1]
                    + 4 * beta[depth] * beta[depth] / (l1 * l1) * sum(depth - 2, depth, 1);
        } else if (i == depth - 1) {
            return 4 * beta[i] * beta[i] * sum(depth - 2, i, 1);
        }
        double own = power((l1 * l1 + 2 * l3 * c3 * power(gamma, i) + l2 * c3 * power(gamma, i)) * gamma * gamma
                * beta[i + 1], 2);
        return 4 * power(beta[i] + Math.sqrt(own), 2) * sum(i - 1, i, 1) + 4 * own / beta[i] * (i == 1 ? n : n - i + 1);
    }

    /** η_i. */
    private double eta(int i) {
        double n = depth;
        if (i == depth) {
            double above = 1 + beta[depth];
            return above / 2 - 1 / beta[depth] - 3 * gamma * gamma * above * above / beta[depth - 1]
                    - 4 * above * above / (l1 * l1) * sum(depth - 2, depth, 1);
        } else if (i == depth - 1) {
            return beta[i] / 2 - 4 * beta[i] * beta[i] * sum(depth - 2, i, 1);
        }
        double own = power((l1 * l1 + 2 * l3 * c3 * power(gamma, i)) * gamma * gamma * beta[i + 1], 2);
        return beta[i] / 2 - 4 * power(beta[i] + Math.sqrt(own), 2) * sum(i - 1, i, 1)
                - 4 * own / beta[i] * (i == 1 ? n : n - i + 1);
    }

    /** ζ_i. */
    private double zeta(int i) {
        if (i == 1) {
            return lambda / 2;
        } else if (i == depth) {
            return lambda / 2 - 3 * c3 * c3 / beta[depth - 1] * power(beta[depth], 2) * power(gamma, 2 * (depth - 1))
                    - 2 / (l1 * l1) * power(c3 * beta[depth], 2) * power(gamma, 2 * (depth - 2))
                    * sum(depth - 2, depth, 0);
        }
        return lambda / 2 - 2 * power((1 + 3 / l1 * l2 * l3 * power(gamma, i - 1)) * c3 * beta[i], 2)
                * power(gamma, 2 * (i - 2)) * sum(i - 1, i, 0);
    }

    /** a of eq. (98): how much of the squared step the function falls by at least. */
    double decrease() {
        double least = Double.POSITIVE_INFINITY;
        for (int i = 1; i <= depth; i++) {
            least = Math.min(least, Math.min(zeta(i), eta(i) - xi(i)));
        }
        return least;
    }

    /** Σ over j = 1 … last of (N − j + extra)(L1 γ)^{2(i − j)}/β_j. */
    private double sum(int last, int i, int extra) {
        double result = 0;
        for (int j = 1; j <= last; j++) {
            result += (depth - j + extra) * power(l1 * gamma, 2 * (i - j)) / beta[j];
        }
        return result;
    }

    private static double power(double x, int exponent) {
        return Math.pow(x, exponent);
    }
}

package org.altmin.solvers.dlam;

import org.altmin.testkit.reference.Dense;

/** Cross-entropy or squared loss in plain arithmetic. */
record PlainLoss(boolean crossEntropy) {

    double value(Dense z, Dense y) {
        double sum = 0;
        for (int j = 0; j < z.columns(); j++) {
            double logSum = crossEntropy ? logSum(z.column(j)) : 0;
            for (int i = 0; i < z.rows(); i++) {
                double difference = z.get(i, j) - y.get(i, j);
                sum += crossEntropy ? y.get(i, j) * (logSum - z.get(i, j)) : difference * difference / 2;
            }
        }
        return sum;
    }

    /** argmin R(z; Y) + (w/2)‖z − q‖². */
    Dense prox(Dense q, Dense y, double w) {
        Dense z = Dense.zeros(q.rows(), q.columns());
        for (int j = 0; j < q.columns(); j++) {
            double[] column = crossEntropy ? proxCrossEntropy(q.column(j), y.column(j), w) : null;
            for (int i = 0; i < q.rows(); i++) {
                z.set(i, j, crossEntropy ? column[i] : (y.get(i, j) + w * q.get(i, j)) / (1 + w));
            }
        }
        return z;
    }

    /** Newton's method with halved steps: the Hessian is diag(p) − p pᵀ + w I. */
    private static double[] proxCrossEntropy(double[] q, double[] y, double w) {
        double[] z = q.clone();
        for (int round = 0; round < 200; round++) {
            double logSum = logSum(z);
            double[] direction = new double[z.length];
            double[] share = new double[z.length];
            double along = 0;
            double weight = 0;
            for (int i = 0; i < z.length; i++) {
                double p = Math.exp(z[i] - logSum);
                double gradient = p - y[i] + w * (z[i] - q[i]);
                direction[i] = -gradient / (p + w);
                share[i] = p / (p + w);
                along += p * direction[i];
                weight += p * share[i];
            }
            for (int i = 0; i < z.length; i++) {
                direction[i] += share[i] * along / (1 - weight);
            }
            double before = objective(z, q, y, w);
            double factor = 1;
            double[] next = moved(z, direction, factor);
            while (factor > 1e-6 && objective(next, q, y, w) > before) {
                factor /= 2;
                next = moved(z, direction, factor);
            }
            z = next;
        }
        return z;
    }

    private static double[] moved(double[] z, double[] direction, double factor) {
        double[] next = z.clone();
        for (int i = 0; i < z.length; i++) {
            next[i] += factor * direction[i];
        }
        return next;
    }

    private static double objective(double[] z, double[] q, double[] y, double w) {
        double sum = 0;
        double logSum = logSum(z);
        for (int i = 0; i < z.length; i++) {
            sum += y[i] * (logSum - z[i]) + w / 2 * (z[i] - q[i]) * (z[i] - q[i]);
        }
        return sum;
    }

    private static double logSum(double[] z) {
        double most = Double.NEGATIVE_INFINITY;
        for (double value : z) {
            most = Math.max(most, value);
        }
        double sum = 0;
        for (double value : z) {
            sum += Math.exp(value - most);
        }
        return most + Math.log(sum);
    }
}

package org.altmin.testkit.reference;

import org.altmin.linalg.Matrix;
import org.altmin.linalg.NotPositiveDefiniteException;
import org.altmin.linalg.spi.Factorization;

/** A + shift·I = R Rᵀ with R lower triangular, by the textbook's loops. */
final class ReferenceFactorization implements Factorization {

    private final ReferenceBackend backend;
    private final int order;
    private final double[][] r;

    ReferenceFactorization(ReferenceBackend backend, int order) {
        this.backend = backend;
        this.order = order;
        r = new double[order][order];
    }

    @Override
    public void factor(Matrix symmetric, double shift) {
        for (int j = 0; j < order; j++) {
            for (int i = j; i < order; i++) {
                double sum = backend.read(symmetric, j * order + i) + (i == j ? shift : 0);
                for (int k = 0; k < j; k++) {
                    sum -= r[i][k] * r[j][k];
                }
                if (i == j && !(sum > 0)) {
                    throw new NotPositiveDefiniteException(order, j, shift);
                }
                r[i][j] = i == j ? Math.sqrt(sum) : sum / r[j][j];
            }
        }
    }

    @Override
    public void solveLeft(Matrix b) {
        double[] x = new double[order];
        for (int column = 0; column < b.columns(); column++) {
            for (int i = 0; i < order; i++) {
                x[i] = backend.read(b, column * order + i);
            }
            solve(x);
            for (int i = 0; i < order; i++) {
                backend.write(b, column * order + i, x[i]);
            }
        }
    }

    @Override
    public void solveRight(Matrix b) {
        double[] x = new double[order];
        for (int row = 0; row < b.rows(); row++) {
            for (int i = 0; i < order; i++) {
                x[i] = backend.read(b, i * b.rows() + row);
            }
            solve(x);
            for (int i = 0; i < order; i++) {
                backend.write(b, i * b.rows() + row, x[i]);
            }
        }
    }

    @Override
    public void inverse(Matrix target) {
        for (int j = 0; j < order; j++) {
            double[] x = new double[order];
            x[j] = 1;
            solve(x);
            for (int i = 0; i < order; i++) {
                backend.write(target, j * order + i, x[i]);
            }
        }
    }

    @Override
    public void close() {
        // Nothing is held.
    }

    private void solve(double[] x) {
        for (int i = 0; i < order; i++) {
            for (int k = 0; k < i; k++) {
                x[i] -= r[i][k] * x[k];
            }
            x[i] /= r[i][i];
        }
        for (int i = order - 1; i >= 0; i--) {
            for (int k = i + 1; k < order; k++) {
                x[i] -= r[k][i] * x[k];
            }
            x[i] /= r[i][i];
        }
    }
}

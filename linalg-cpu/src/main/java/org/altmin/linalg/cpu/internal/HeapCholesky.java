package org.altmin.linalg.cpu.internal;

import org.altmin.linalg.Matrix;
import org.altmin.linalg.NotPositiveDefiniteException;
import org.altmin.linalg.spi.Factorization;

/**
 * A + shift·I = R Rᵀ in double, by panels of columns: a factored panel updates the columns to its right, which the
 * workers share. Right-hand sides are solved for in groups, whose unknowns are vectors over the group. Every vector is
 * an array of its own, used at one range of indices, since that is what C2 vectorises on JDK 17.
 */
final class HeapCholesky implements Factorization {

    private static final int PANEL = 32;
    private static final int GROUP = 64;

    private final int order;
    private final Workers workers;
    /** Column j of R from row j down. */
    private final double[][] factor;
    /** For each worker, the unknowns of a group, and a right-hand side. */
    private final double[][][] unknowns;
    private final double[][] rightHandSide;

    HeapCholesky(int order, Workers workers) {
        this.order = order;
        this.workers = workers;
        try {
            factor = new double[order][order];
            unknowns = new double[workers.threads()][order][GROUP];
            rightHandSide = new double[workers.threads()][order];
        } catch (OutOfMemoryError e) {
            throw HeapBuffer.heapTooSmall((long) order * order * Double.BYTES, e);
        }
    }

    @Override
    public void factor(Matrix symmetric, double shift) {
        HeapBuffer buffer = HeapBuffer.of(symmetric);
        int at = HeapBuffer.offset(symmetric);
        for (int j = 0; j < order; j++) {
            buffer.read(at + j * order, factor[j], 0, order);
            factor[j][j] += shift;
        }
        for (int panel = 0; panel < order; panel += PANEL) {
            int from = panel;
            int end = Math.min(order, panel + PANEL);
            for (int j = from; j < end; j++) {
                update(j, from, j);
                scaleByPivot(j, shift);
            }
            workers.run((order - end + PANEL - 1) / PANEL, (worker, block) -> {
                int first = end + block * PANEL;
                for (int j = first; j < Math.min(order, first + PANEL); j++) {
                    update(j, from, end);
                }
            });
        }
    }

    @Override
    public void solveLeft(Matrix b) {
        HeapBuffer buffer = HeapBuffer.of(b);
        int at = HeapBuffer.offset(b);
        solve(b.columns(), (worker, first, count) -> {
            double[][] x = unknowns[worker];
            double[] column = rightHandSide[worker];
            for (int j = 0; j < count; j++) {
                buffer.read(at + (first + j) * order, column, 0, order);
                for (int i = 0; i < order; i++) {
                    x[i][j] = column[i];
                }
            }
            substitute(x, count);
            for (int j = 0; j < count; j++) {
                for (int i = 0; i < order; i++) {
                    column[i] = x[i][j];
                }
                buffer.write(at + (first + j) * order, column, 0, order);
            }
        });
    }

    /** The rows of b are the right-hand sides, since A is symmetric. */
    @Override
    public void solveRight(Matrix b) {
        HeapBuffer buffer = HeapBuffer.of(b);
        int at = HeapBuffer.offset(b);
        solve(b.rows(), (worker, first, count) -> {
            double[][] x = unknowns[worker];
            for (int i = 0; i < order; i++) {
                buffer.read(at + first + i * b.rows(), x[i], 0, count);
            }
            substitute(x, count);
            for (int i = 0; i < order; i++) {
                buffer.write(at + first + i * b.rows(), x[i], 0, count);
            }
        });
    }

    @Override
    public void inverse(Matrix target) {
        HeapBuffer buffer = HeapBuffer.of(target);
        int at = HeapBuffer.offset(target);
        solve(order, (worker, first, count) -> {
            double[][] x = unknowns[worker];
            for (int i = 0; i < order; i++) {
                for (int j = 0; j < count; j++) {
                    x[i][j] = i == first + j ? 1 : 0;
                }
            }
            substitute(x, count);
            for (int i = 0; i < order; i++) {
                buffer.write(at + first + i * order, x[i], 0, count);
            }
        });
        for (int j = 1; j < order; j++) {
            for (int i = 0; i < j; i++) {
                buffer.set(at + i + j * order, buffer.get(at + j + i * order));
            }
        }
    }

    @Override
    public void close() {
    }

    @FunctionalInterface
    private interface Group {
        void solve(int worker, int first, int count);
    }

    private void solve(int rightHandSides, Group group) {
        workers.run((rightHandSides + GROUP - 1) / GROUP, (worker, block) -> {
            int first = block * GROUP;
            group.solve(worker, first, Math.min(GROUP, rightHandSides - first));
        });
    }

    /** Column j ← column j − Σ Rⱼₖ column k over k from … end − 1, from row j down. */
    private void update(int j, int from, int end) {
        int k = from;
        for (; k + 4 <= end; k += 4) {
            subtract(factor[k][j], factor[k], factor[k + 1][j], factor[k + 1], factor[k + 2][j], factor[k + 2],
                    factor[k + 3][j], factor[k + 3], factor[j], j, order);
        }
        for (; k < end; k++) {
            subtract(factor[k][j], factor[k], factor[j], j, order);
        }
    }

    private void scaleByPivot(int j, double shift) {
        double[] column = factor[j];
        double pivot = column[j];
        if (!(pivot > 0) || pivot == Double.POSITIVE_INFINITY) {
            throw new NotPositiveDefiniteException(order, j, shift);
        }
        divide(column, Math.sqrt(pivot), j, order);
    }

    /** x ← (R Rᵀ)⁻¹ x. */
    private void substitute(double[][] x, int count) {
        for (int i = 0; i < order; i++) {
            int k = 0;
            for (; k + 4 <= i; k += 4) {
                subtract(factor[k][i], x[k], factor[k + 1][i], x[k + 1], factor[k + 2][i], x[k + 2],
                        factor[k + 3][i], x[k + 3], x[i], 0, count);
            }
            for (; k < i; k++) {
                subtract(factor[k][i], x[k], x[i], 0, count);
            }
            divide(x[i], factor[i][i], 0, count);
        }
        for (int i = order - 1; i >= 0; i--) {
            double[] column = factor[i];
            int k = i + 1;
            for (; k + 4 <= order; k += 4) {
                subtract(column[k], x[k], column[k + 1], x[k + 1], column[k + 2], x[k + 2], column[k + 3], x[k + 3],
                        x[i], 0, count);
            }
            for (; k < order; k++) {
                subtract(column[k], x[k], x[i], 0, count);
            }
            divide(x[i], column[i], 0, count);
        }
    }

    private static void divide(double[] x, double divisor, int from, int to) {
        for (int i = from; i < to; i++) {
            x[i] /= divisor;
        }
    }

    private static void subtract(double a, double[] x, double[] target, int from, int to) {
        for (int i = from; i < to; i++) {
            target[i] -= a * x[i];
        }
    }

    private static void subtract(double a, double[] x, double b, double[] y, double c, double[] z, double d, double[] w,
            double[] target, int from, int to) {
        for (int i = from; i < to; i++) {
            target[i] -= a * x[i] + b * y[i] + (c * z[i] + d * w[i]);
        }
    }
}

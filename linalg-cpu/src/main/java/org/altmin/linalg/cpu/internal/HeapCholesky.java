package org.altmin.linalg.cpu.internal;

import org.altmin.linalg.Matrix;
import org.altmin.linalg.NotPositiveDefiniteException;
import org.altmin.linalg.Precision;
import org.altmin.linalg.spi.Factorization;

/**
 * A + shift·I = R Rᵀ in double. R is kept by columns in the lower triangle. Each column of a panel updates those to its
 * right, which the workers share.
 */
final class HeapCholesky implements Factorization {

    private static final int PANEL = 32;
    private static final int RIGHT_HAND_SIDES = 32;

    private final int order;
    private final Workers workers;
    private final double[] factor;
    private final double[][] scratch;

    HeapCholesky(int order, Workers workers) {
        this.order = order;
        this.workers = workers;
        factor = ((HeapDoubles) HeapBuffer.allocate(Precision.FLOAT64, (long) order * order)).array();
        scratch = new double[workers.threads()][order * RIGHT_HAND_SIDES];
    }

    @Override
    public void factor(Matrix symmetric, double shift) {
        HeapBuffer.of(symmetric).read(HeapBuffer.offset(symmetric), factor, 0, order * order);
        for (int i = 0; i < order; i++) {
            factor[i + i * order] += shift;
        }
        for (int panel = 0; panel < order; panel += PANEL) {
            int from = panel;
            int end = Math.min(order, panel + PANEL);
            for (int j = from; j < end; j++) {
                subtractColumns(from, j, j);
                scaleByPivot(j, shift);
            }
            workers.run((order - end + PANEL - 1) / PANEL, (worker, block) -> {
                int first = end + block * PANEL;
                for (int j = first; j < Math.min(order, first + PANEL); j++) {
                    subtractColumns(from, end, j);
                }
            });
        }
    }

    @Override
    public void solveLeft(Matrix b) {
        solve(b, b.columns(), false);
    }

    @Override
    public void solveRight(Matrix b) {
        solve(b, b.rows(), true);
    }

    @Override
    public void inverse(Matrix target) {
        HeapBuffer buffer = HeapBuffer.of(target);
        int at = HeapBuffer.offset(target);
        for (int i = 0; i < order * order; i++) {
            buffer.set(at + i, i % (order + 1) == 0 ? 1 : 0);
        }
        solveLeft(target);
        for (int j = 1; j < order; j++) {
            for (int i = 0; i < j; i++) {
                buffer.set(at + i + j * order, buffer.get(at + j + i * order));
            }
        }
    }

    @Override
    public void close() {
    }

    /** Column j ← column j − Σₖ Rⱼₖ column k, from row j down. */
    private void subtractColumns(int from, int end, int j) {
        for (int k = from; k < end; k++) {
            subtract(factor[j + k * order], factor, j + k * order, factor, j + j * order, order - j);
        }
    }

    private void scaleByPivot(int j, double shift) {
        double pivot = factor[j + j * order];
        if (!(pivot > 0) || pivot == Double.POSITIVE_INFINITY) {
            throw new NotPositiveDefiniteException(order, j, shift);
        }
        double root = Math.sqrt(pivot);
        for (int i = j; i < order; i++) {
            factor[i + j * order] /= root;
        }
    }

    /** Right-hand sides are the columns of b, or its rows if {@code transposed}. */
    private void solve(Matrix b, int count, boolean transposed) {
        workers.run((count + RIGHT_HAND_SIDES - 1) / RIGHT_HAND_SIDES, (worker, block) -> {
            int first = block * RIGHT_HAND_SIDES;
            int width = Math.min(RIGHT_HAND_SIDES, count - first);
            double[] x = scratch[worker];
            HeapBuffer buffer = HeapBuffer.of(b);
            int at = HeapBuffer.offset(b);
            for (int i = 0; i < order; i++) {
                for (int j = 0; j < width; j++) {
                    x[i * width + j] = buffer.get(at + place(i, first + j, b.rows(), transposed));
                }
            }
            substitute(x, width);
            for (int i = 0; i < order; i++) {
                for (int j = 0; j < width; j++) {
                    buffer.set(at + place(i, first + j, b.rows(), transposed), x[i * width + j]);
                }
            }
        });
    }

    private static int place(int unknown, int rightHandSide, int rows, boolean transposed) {
        return transposed ? rightHandSide + unknown * rows : unknown + rightHandSide * rows;
    }

    /** x ← (R Rᵀ)⁻¹ x, where x holds {@code width} right-hand sides row by row. */
    private void substitute(double[] x, int width) {
        for (int k = 0; k < order; k++) {
            divide(x, k, width);
            for (int i = k + 1; i < order; i++) {
                subtract(factor[i + k * order], x, k * width, x, i * width, width);
            }
        }
        for (int k = order - 1; k >= 0; k--) {
            for (int i = k + 1; i < order; i++) {
                subtract(factor[i + k * order], x, i * width, x, k * width, width);
            }
            divide(x, k, width);
        }
    }

    private void divide(double[] x, int row, int width) {
        double pivot = factor[row + row * order];
        for (int j = 0; j < width; j++) {
            x[row * width + j] /= pivot;
        }
    }

    private static void subtract(double scale, double[] x, int xAt, double[] y, int yAt, int count) {
        for (int i = 0; i < count; i++) {
            y[yAt + i] -= scale * x[xAt + i];
        }
    }
}

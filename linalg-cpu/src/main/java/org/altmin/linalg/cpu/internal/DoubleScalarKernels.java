package org.altmin.linalg.cpu.internal;

/**
 * Element-wise operations of slices of {@code double[]} and one number s, in loops that C2 vectorises: both slices
 * begin at the same index. They are the operations of {@link DoubleKernels} without a slice that holds s everywhere.
 */
final class DoubleScalarKernels {

    private DoubleScalarKernels() {
    }

    /** x + s. Since x - s is x + (-s), it is that too. */
    static void add(double[] x, double s, double[] out, int from, int to) {
        for (int i = from; i < to; i++) {
            out[i] = x[i] + s;
        }
    }

    /** s - x. */
    static void reverseSubtract(double[] x, double s, double[] out, int from, int to) {
        for (int i = from; i < to; i++) {
            out[i] = s - x[i];
        }
    }

    /** x s. */
    static void multiply(double[] x, double s, double[] out, int from, int to) {
        for (int i = from; i < to; i++) {
            out[i] = x[i] * s;
        }
    }

    /** x/s. */
    static void divide(double[] x, double s, double[] out, int from, int to) {
        for (int i = from; i < to; i++) {
            out[i] = x[i] / s;
        }
    }

    /** s/x. */
    static void reverseDivide(double[] x, double s, double[] out, int from, int to) {
        for (int i = from; i < to; i++) {
            out[i] = s / x[i];
        }
    }

    /** {@link Math#min(double, double)} of x and s. */
    static void min(double[] x, double s, double[] out, int from, int to) {
        for (int i = from; i < to; i++) {
            out[i] = Math.min(x[i], s);
        }
    }

    /** {@link Math#max(double, double)} of x and s. */
    static void max(double[] x, double s, double[] out, int from, int to) {
        for (int i = from; i < to; i++) {
            out[i] = Math.max(x[i], s);
        }
    }
}

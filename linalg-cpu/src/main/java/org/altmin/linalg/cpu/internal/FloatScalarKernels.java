package org.altmin.linalg.cpu.internal;

/**
 * Element-wise operations of slices of {@code float[]} and one number s, in loops that C2 vectorises: both slices begin
 * at the same index. They are the operations of {@link FloatKernels} without a slice that holds s everywhere.
 */
final class FloatScalarKernels {

    private FloatScalarKernels() {
    }

    /** x + s. Since x - s is x + (-s), it is that too. */
    static void add(float[] x, float s, float[] out, int from, int to) {
        for (int i = from; i < to; i++) {
            out[i] = x[i] + s;
        }
    }

    /** s - x. */
    static void reverseSubtract(float[] x, float s, float[] out, int from, int to) {
        for (int i = from; i < to; i++) {
            out[i] = s - x[i];
        }
    }

    /** x s. */
    static void multiply(float[] x, float s, float[] out, int from, int to) {
        for (int i = from; i < to; i++) {
            out[i] = x[i] * s;
        }
    }

    /** x/s. */
    static void divide(float[] x, float s, float[] out, int from, int to) {
        for (int i = from; i < to; i++) {
            out[i] = x[i] / s;
        }
    }

    /** s/x. */
    static void reverseDivide(float[] x, float s, float[] out, int from, int to) {
        for (int i = from; i < to; i++) {
            out[i] = s / x[i];
        }
    }

    /** {@link Math#min(float, float)} of x and s. */
    static void min(float[] x, float s, float[] out, int from, int to) {
        for (int i = from; i < to; i++) {
            out[i] = Math.min(x[i], s);
        }
    }

    /** {@link Math#max(float, float)} of x and s. */
    static void max(float[] x, float s, float[] out, int from, int to) {
        for (int i = from; i < to; i++) {
            out[i] = Math.max(x[i], s);
        }
    }
}

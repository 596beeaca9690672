package org.altmin.linalg.cpu.internal;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;

/**
 * Work space of one thread for the kernels, sized to stay in the first-level cache.
 *
 * <p>C2 vectorises neither {@code Float.floatToRawIntBits} nor its inverse (JDK 17 to 25), but it does vectorise loops
 * over an {@code int} view of a {@code byte[]}. A {@link Lane} therefore takes floating-point numbers in bulk, shows
 * their bits through {@link #INT} or {@link #LONG}, and gives floating-point numbers back in bulk; both copies run at
 * memory-copy speed.
 */
final class Scratch {

    static final int BLOCK = 1024;
    static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.nativeOrder());
    static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());

    private static final ThreadLocal<Scratch> OF_THREAD = ThreadLocal.withInitial(Scratch::new);

    final Lane a = new Lane();
    final Lane b = new Lane();
    final Lane c = new Lane();
    final float[] p = new float[BLOCK];
    final float[] q = new float[BLOCK];
    final float[] r = new float[BLOCK];
    final float[] t = new float[BLOCK];
    final double[] d = new double[BLOCK];
    final double[] e = new double[BLOCK];
    final double[] f = new double[BLOCK];
    final double[] g = new double[BLOCK];

    private Scratch() {
    }

    static Scratch get() {
        return OF_THREAD.get();
    }

    /** {@link #BLOCK} numbers of up to eight bytes, seen as bits. */
    static final class Lane {

        final byte[] bits = new byte[Double.BYTES * BLOCK];
        private final FloatBuffer floats = ByteBuffer.wrap(bits).order(ByteOrder.nativeOrder()).asFloatBuffer();
        private final DoubleBuffer doubles = ByteBuffer.wrap(bits).order(ByteOrder.nativeOrder()).asDoubleBuffer();

        byte[] load(float[] x, int offset, int n) {
            floats.put(0, x, offset, n);
            return bits;
        }

        byte[] load(double[] x, int offset, int n) {
            doubles.put(0, x, offset, n);
            return bits;
        }

        void store(float[] out, int offset, int n) {
            floats.get(0, out, offset, n);
        }

        void store(double[] out, int offset, int n) {
            doubles.get(0, out, offset, n);
        }
    }
}

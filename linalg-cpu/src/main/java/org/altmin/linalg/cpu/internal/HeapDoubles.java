package org.altmin.linalg.cpu.internal;

/** A buffer of {@code double}s. */
public final class HeapDoubles implements HeapBuffer {

    private final double[] array;

    HeapDoubles(double[] array) {
        this.array = array;
    }

    /** The elements themselves. */
    public double[] array() {
        return array;
    }

    @Override
    public long length() {
        return array.length;
    }

    @Override
    public double get(int index) {
        return array[index];
    }

    @Override
    public void set(int index, double value) {
        array[index] = value;
    }

    @Override
    public void read(int from, double[] target, int offset, int count) {
        System.arraycopy(array, from, target, offset, count);
    }

    @Override
    public void read(int from, float[] target, int offset, int count) {
        for (int i = 0; i < count; i++) {
            target[offset + i] = (float) array[from + i];
        }
    }

    @Override
    public void write(int to, double[] source, int offset, int count) {
        System.arraycopy(source, offset, array, to, count);
    }

    @Override
    public void write(int to, float[] source, int offset, int count) {
        for (int i = 0; i < count; i++) {
            array[to + i] = source[offset + i];
        }
    }

    @Override
    public void copy(int to, HeapBuffer source, int from, int count) {
        System.arraycopy(((HeapDoubles) source).array, from, array, to, count);
    }

    @Override
    public int argmax(int from, int count) {
        int best = 0;
        for (int i = 0; i < count; i++) {
            double x = array[from + i];
            if (x != x) {
                return -1;
            }
            if (x > array[from + best]) {
                best = i;
            }
        }
        return best;
    }
}

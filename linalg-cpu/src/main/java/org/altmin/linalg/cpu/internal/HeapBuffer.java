package org.altmin.linalg.cpu.internal;

import java.util.Locale;
import org.altmin.linalg.AltminException;
import org.altmin.linalg.Matrix;
import org.altmin.linalg.Precision;
import org.altmin.linalg.spi.Buffer;

/** The elements of a matrix in a Java array. */
public sealed interface HeapBuffer extends Buffer permits HeapFloats, HeapDoubles {

    /** The longest array that every JVM can allocate. */
    int LONGEST = Integer.MAX_VALUE - 8;

    /**
     * A buffer of zeros.
     *
     * @throws AltminException if the heap is too small for it, or no Java array is that long
     */
    static HeapBuffer allocate(Precision precision, long length) {
        if (length > LONGEST) {
            throw new AltminException("A matrix of " + length + " elements is too large for a backend on the CPU, whose"
                    + " matrices hold at most " + LONGEST + "; use fewer samples or narrower layers.");
        }
        try {
            return precision == Precision.FLOAT32
                    ? new HeapFloats(new float[(int) length])
                    : new HeapDoubles(new double[(int) length]);
        } catch (OutOfMemoryError e) {
            throw heapTooSmall(length * precision.bytes(), e);
        }
    }

    /** Says that so many bytes do not fit. */
    static AltminException heapTooSmall(long bytes, OutOfMemoryError cause) {
        double gibibyte = 1L << 30;
        return new AltminException(String.format(Locale.ROOT,
                "A matrix of %.2f GiB does not fit into what is left of the Java heap of %.2f GiB; start Java with a"
                        + " larger -Xmx, or use fewer samples, narrower layers or precision=float32.",
                bytes / gibibyte, Runtime.getRuntime().maxMemory() / gibibyte), cause);
    }

    static HeapBuffer of(Matrix matrix) {
        return (HeapBuffer) matrix.buffer();
    }

    /** Where a matrix begins in its array. */
    static int offset(Matrix matrix) {
        return (int) matrix.offset();
    }

    double get(int index);

    void set(int index, double value);

    /** {@code target} ← the elements from {@code from} on. */
    void read(int from, float[] target, int offset, int count);

    void read(int from, double[] target, int offset, int count);

    /** The elements from {@code to} on ← {@code source}. */
    void write(int to, float[] source, int offset, int count);

    void write(int to, double[] source, int offset, int count);

    /** The elements from {@code to} on ← those of a buffer of the same precision. */
    void copy(int to, HeapBuffer source, int from, int count);

    /** The place of the first largest of {@code count} elements, counted from {@code from}; −1 if one is NaN. */
    int argmax(int from, int count);
}

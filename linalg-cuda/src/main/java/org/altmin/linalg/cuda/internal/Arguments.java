package org.altmin.linalg.cuda.internal;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import jcuda.Pointer;

/**
 * The one structure that a kernel is given, laid out as the C compiler does: numbers of 8 bytes first, floats behind
 * them. The driver copies it at the launch, so that the same memory serves the next one.
 */
final class Arguments {

    private static final int CAPACITY = 4096;

    private final ByteBuffer bytes = ByteBuffer.allocateDirect(CAPACITY).order(ByteOrder.nativeOrder());
    private final Pointer parameters = Pointer.to(Pointer.to(bytes));

    Arguments clear() {
        bytes.clear();
        return this;
    }

    Arguments add(long value) {
        bytes.putLong(value);
        return this;
    }

    Arguments add(double value) {
        bytes.putDouble(value);
        return this;
    }

    Arguments add(double value, Real as) {
        if (as == Real.FLOAT) {
            bytes.putFloat((float) value);
        } else {
            bytes.putDouble(value);
        }
        return this;
    }

    /** As the driver takes it. */
    Pointer parameters() {
        return parameters;
    }
}

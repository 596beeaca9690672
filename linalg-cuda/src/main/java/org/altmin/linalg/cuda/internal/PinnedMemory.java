package org.altmin.linalg.cuda.internal;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import jcuda.Pointer;
import jcuda.driver.JCudaDriver;

/**
 * Host memory that the device reads and writes at full speed: the way station of all transfers. Allocated on first use.
 */
final class PinnedMemory implements AutoCloseable {

    private final int capacity;
    private final Pointer pointer = new Pointer();
    private ByteBuffer bytes;

    PinnedMemory(int capacity) {
        this.capacity = capacity;
    }

    int capacity() {
        return capacity;
    }

    Pointer pointer() {
        bytes();
        return pointer;
    }

    /** The whole of it, from position 0. */
    ByteBuffer bytes() {
        if (bytes == null) {
            JCudaDriver.cuMemHostAlloc(pointer, capacity, 0);
            bytes = pointer.getByteBuffer(0, capacity).order(ByteOrder.nativeOrder());
        }
        bytes.clear();
        return bytes;
    }

    @Override
    public void close() {
        if (bytes != null) {
            bytes = null;
            JCudaDriver.cuMemFreeHost(pointer);
        }
    }
}

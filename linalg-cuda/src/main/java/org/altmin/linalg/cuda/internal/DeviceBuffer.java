package org.altmin.linalg.cuda.internal;

import org.altmin.linalg.spi.Buffer;

/** A stretch of device memory that holds the elements of a matrix. */
record DeviceBuffer(long address, long length, long bytes) implements Buffer {

    /** Two allocations are two buffers, even where both are empty. */
    @Override
    public boolean equals(Object other) {
        return this == other;
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(this);
    }
}

package org.altmin.linalg.openblas.internal;

import org.altmin.linalg.Precision;
import org.altmin.linalg.cpu.internal.HeapBuffer;

/** A buffer that is kept from product to product and replaced by a longer one where one needs more. */
final class Room {

    private final Precision precision;
    private HeapBuffer buffer;

    Room(Precision precision) {
        this.precision = precision;
        buffer = HeapBuffer.allocate(precision, 0);
    }

    /** The buffer, with at least so many elements; whatever was in a shorter one is gone. */
    HeapBuffer atLeast(long length) {
        if (buffer.length() < length) {
            buffer = HeapBuffer.allocate(precision, 0); // So that the collector may take the last before the next.
            buffer = HeapBuffer.allocate(precision, length);
        }
        return buffer;
    }

    /** The buffer as it is. */
    HeapBuffer buffer() {
        return buffer;
    }
}

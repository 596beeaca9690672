package org.altmin.linalg.cuda.internal;

/**
 * Device memory for intermediate results, which grows to what is asked for. Its content does not outlive the next use.
 */
final class Scratch {

    private final DeviceMemory memory;
    private long address;
    private long bytes;

    Scratch(DeviceMemory memory) {
        this.memory = memory;
    }

    long atLeast(long needed) {
        if (needed > bytes) {
            memory.release(address, bytes);
            bytes = 0;
            address = memory.allocate(needed);
            bytes = needed;
        }
        return address;
    }
}

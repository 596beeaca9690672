package org.altmin.linalg.cuda.internal;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import jcuda.CudaException;
import jcuda.driver.CUdeviceptr;
import jcuda.driver.JCudaDriver;
import org.altmin.linalg.AltminException;

/**
 * Device memory. What is given back is kept by its exact size, since a solver asks for the same sizes again; it is
 * freed when the device has nothing else left, and when all is closed. All work is on one stream, so memory may be
 * reused before what was asked for is done.
 */
final class DeviceMemory implements AutoCloseable {

    private static final double GIBIBYTE = 1 << 30;

    private final Set<Long> allocations = new HashSet<>();
    private final Map<Long, Deque<Long>> free = new HashMap<>();
    private long freeBytes;

    /** @return the address of at least this many bytes, which hold anything; 0 for none */
    long allocate(long bytes) {
        if (bytes == 0) {
            return 0;
        }
        Deque<Long> sameSize = free.get(bytes);
        if (sameSize != null && !sameSize.isEmpty()) {
            freeBytes -= bytes;
            return sameSize.pop();
        }
        Address.Allocation allocated = new Address.Allocation();
        try {
            JCudaDriver.cuMemAlloc(allocated, bytes);
        } catch (CudaException e) {
            requireMemoryToBeShort(e);
            allocateAfterTrim(allocated, bytes);
        }
        allocations.add(allocated.address());
        return allocated.address();
    }

    private void allocateAfterTrim(CUdeviceptr allocated, long bytes) {
        trim();
        try {
            JCudaDriver.cuMemAlloc(allocated, bytes);
        } catch (CudaException e) {
            requireMemoryToBeShort(e);
            throw new AltminException(String.format(Locale.ROOT, "The device needs %.1f GiB more memory, and %.1f GiB "
                    + "are free; use fewer samples, narrower layers or precision=float32.", bytes / GIBIBYTE,
                    available() / GIBIBYTE), e);
        }
    }

    private static void requireMemoryToBeShort(CudaException e) {
        if (!String.valueOf(e.getMessage()).contains("OUT_OF_MEMORY")) {
            throw e;
        }
    }

    void release(long address, long bytes) {
        if (bytes > 0) {
            free.computeIfAbsent(bytes, size -> new ArrayDeque<>()).push(address);
            freeBytes += bytes;
        }
    }

    /** Bytes that can still be allocated. */
    long available() {
        long[] unused = new long[1];
        long[] total = new long[1];
        JCudaDriver.cuMemGetInfo(unused, total);
        return unused[0] + freeBytes;
    }

    /** Gives back to the device what is not in use. */
    private void trim() {
        JCudaDriver.cuCtxSynchronize();
        for (Deque<Long> addresses : free.values()) {
            addresses.forEach(this::free);
        }
        free.clear();
        freeBytes = 0;
    }

    private void free(long address) {
        allocations.remove(address);
        JCudaDriver.cuMemFree(new Address(address));
    }

    @Override
    public void close() {
        List.copyOf(allocations).forEach(this::free);
        free.clear();
        freeBytes = 0;
    }
}

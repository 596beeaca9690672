package org.altmin.linalg.cuda.internal;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** What this machine has of CUDA: the boundary at which native code is looked for and loaded. */
public interface Machine {

    /**
     * A driver that runs.
     *
     * @param version of CUDA that it supports, as major × 1000 + minor × 10
     * @param devices names of its devices
     */
    record Driver(int version, List<String> devices) {
    }

    /** "Linux aarch64", for messages. */
    String name();

    Optional<Platform> platform();

    /** Whether the native half of JCuda is on the class path or module path. */
    boolean hasBindings(Platform platform);

    /** Where a library is, looked for without loading it. */
    Optional<Path> library(String fileName);

    /**
     * Asks the driver, the only one of these that loads native code.
     *
     * @throws RuntimeException or LinkageError if it does not answer
     */
    Driver driver(Platform platform);

    /** Loads all that is needed. Called when {@link CudaAvailability} found nothing missing. */
    void load(Platform platform);
}

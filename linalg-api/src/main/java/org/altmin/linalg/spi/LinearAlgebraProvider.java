package org.altmin.linalg.spi;

import org.altmin.linalg.LinearAlgebraOptions;

/**
 * Finds and opens one backend. Creating a provider and asking for its {@link #availability()} load no native library
 * and have no side effects.
 */
public interface LinearAlgebraProvider extends Named {

    /** {@code auto} takes the available provider of the highest rank. Pure Java has 0, native CPU 100 and 110, GPU 200. */
    int rank();

    Availability availability();

    /** @throws org.altmin.linalg.AltminException if the backend cannot be opened with these options */
    Backend open(LinearAlgebraOptions options);
}

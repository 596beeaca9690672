package org.altmin.linalg.openblas.internal;

import java.nio.file.Path;
import java.util.List;

/**
 * A library as files.
 *
 * @param before to be loaded before the library, in this order
 * @param beside to be loaded before it only if it cannot be loaded without
 */
public record LibraryFiles(List<Path> before, List<Path> beside, Path library) {

    static LibraryFiles of(Path library) {
        return new LibraryFiles(List.of(), List.of(), library);
    }

    /** Why a library could not be loaded, in the loader's own words. */
    public static Throwable rootOf(Throwable error) {
        Throwable root = error;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root;
    }
}

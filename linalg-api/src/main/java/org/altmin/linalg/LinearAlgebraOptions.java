package org.altmin.linalg;

import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * How a backend is opened.
 *
 * @param precision the format of all matrices
 * @param threads CPU threads for products and kernels; 0 for as many as there are processors
 * @param settings what only some backends know, such as {@code tf32=on}; a backend refuses settings it does not know
 */
public record LinearAlgebraOptions(Precision precision, int threads, Map<String, String> settings) {

    public LinearAlgebraOptions {
        Objects.requireNonNull(precision, "precision");
        settings = Map.copyOf(settings);
        if (threads < 0) {
            throw new AltminException("threads must be 0 (all processors) or more, not " + threads + ".");
        }
        if (threads == 0) {
            threads = Runtime.getRuntime().availableProcessors();
        }
    }

    public static LinearAlgebraOptions of(Precision precision) {
        return new LinearAlgebraOptions(precision, 0, Map.of());
    }

    public LinearAlgebraOptions withThreads(int count) {
        return new LinearAlgebraOptions(precision, count, settings);
    }

    /** @throws AltminException if there is a setting that is not among {@code known} */
    public void requireOnly(String backend, String... known) {
        for (String key : settings.keySet()) {
            if (!List.of(known).contains(key)) {
                throw new AltminException("The backend '" + backend + "' has no setting '" + key + "'; it has "
                        + (known.length == 0 ? "none" : String.join(", ", known)) + ".");
            }
        }
    }
}

package org.altmin.gpucheck;

import org.altmin.linalg.Backends;
import org.altmin.linalg.LinearAlgebra;
import org.altmin.linalg.LinearAlgebraOptions;
import org.altmin.linalg.Precision;
import org.altmin.linalg.spi.Availability;
import org.altmin.linalg.spi.LinearAlgebraProvider;

/** The backend that is judged, and those it is compared with. */
final class Judged {

    private static final String REFERENCE = "cpu";

    private Judged() {
    }

    static String name() {
        return Options.backend();
    }

    static boolean isCuda() {
        return name().equals("cuda");
    }

    static LinearAlgebraProvider provider() {
        return Backends.choose(name()).provider();
    }

    static LinearAlgebra open(Precision precision) {
        return Backends.open(name(), LinearAlgebraOptions.of(precision));
    }

    /** The backend that gives the right results. */
    static LinearAlgebra openReference(Precision precision) {
        return Backends.open(REFERENCE, LinearAlgebraOptions.of(precision));
    }

    /** The fastest backend of the host. */
    static LinearAlgebraProvider host() {
        return Backends.installed().stream().filter(provider -> provider.rank() < 200)
                .filter(provider -> provider.availability() instanceof Availability.Available).findFirst()
                .orElseThrow();
    }
}

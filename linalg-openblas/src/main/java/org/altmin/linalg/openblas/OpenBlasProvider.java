package org.altmin.linalg.openblas;

import org.altmin.linalg.LinearAlgebraOptions;
import org.altmin.linalg.cpu.internal.HeapBackend;
import org.altmin.linalg.cpu.internal.Workers;
import org.altmin.linalg.openblas.internal.Host;
import org.altmin.linalg.openblas.internal.LibraryLocation;
import org.altmin.linalg.openblas.internal.LibraryLocation.Bundled;
import org.altmin.linalg.openblas.internal.LibraryLocation.Missing;
import org.altmin.linalg.openblas.internal.LibraryLocation.Named;
import org.altmin.linalg.openblas.internal.OpenBlas;
import org.altmin.linalg.openblas.internal.OpenBlasProducts;
import org.altmin.linalg.spi.Availability;
import org.altmin.linalg.spi.Backend;
import org.altmin.linalg.spi.LinearAlgebraProvider;

/**
 * The backend {@code openblas}: matrices in Java arrays, as in the backend {@code cpu}, and products and
 * factorisations by OpenBLAS, which is given the arrays themselves. It has no settings.
 *
 * <p>OpenBLAS is (1) the shared library that the system property {@code altmin.openblas.library} or the environment
 * variable {@code ALTMIN_OPENBLAS_LIBRARY} names, or else (2) the one in the jar
 * {@code org.bytedeco:openblas} with the classifier of the platform: {@code linux-x86_64},
 * {@code linux-arm64}, {@code macosx-x86_64}, {@code macosx-arm64} or {@code windows-x86_64}. altmin's build takes the
 * jar of the machine it runs on; a distribution for other platforms adds their jars beside it. When the backend is
 * first opened, the library is written to {@code altmin/natives} in {@code XDG_CACHE_HOME}, or else in
 * {@code ~/.cache}, or in the folder that the system property {@code altmin.cache} names; later it is only checked
 * against its length and CRC-32.
 *
 * <p>A process has one OpenBLAS, and here it computes on the thread that calls it alone. Products and factorisations
 * are divided among the threads of the backend in a way that depends on shapes and not on the number of threads: on one
 * machine results are the same, bit by bit, for every number of threads.
 *
 * <p>OpenBLAS is called through {@code dev.ludovic.netlib}, which binds to one BLAS for the whole process. If other
 * code, such as Spark, has used it before this backend is first opened, opening is refused, because that BLAS may be
 * another one.
 */
public final class OpenBlasProvider implements LinearAlgebraProvider {

    private static final String NAME = "openblas";

    private final Host host;

    public OpenBlasProvider() {
        this(Host.current());
    }

    OpenBlasProvider(Host host) {
        this.host = host;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String description() {
        return "OpenBLAS on Java arrays, native";
    }

    @Override
    public int rank() {
        return 100;
    }

    @Override
    public Availability availability() {
        LibraryLocation location = LibraryLocation.find(host);
        if (location instanceof Missing missing) {
            return new Availability.Unavailable(missing.reason(), missing.remedy());
        } else if (location instanceof Named named) {
            return new Availability.Available(named.file().toString());
        }
        return new Availability.Available("OpenBLAS " + LibraryLocation.JAR.library() + " for "
                + ((Bundled) location).platform().classifier());
    }

    @Override
    public Backend open(LinearAlgebraOptions options) {
        options.requireOnly(NAME);
        OpenBlas openBlas = OpenBlas.open(host);
        Workers workers = new Workers(options.threads());
        OpenBlasProducts products = new OpenBlasProducts(options.precision(), openBlas, workers);
        return new HeapBackend(options.precision(), workers, products);
    }
}

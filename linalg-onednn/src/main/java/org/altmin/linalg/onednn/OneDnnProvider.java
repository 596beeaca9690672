package org.altmin.linalg.onednn;

import java.util.List;
import org.altmin.linalg.LinearAlgebraOptions;
import org.altmin.linalg.Precision;
import org.altmin.linalg.cpu.internal.HeapBackend;
import org.altmin.linalg.cpu.internal.Workers;
import org.altmin.linalg.onednn.internal.OneDnn;
import org.altmin.linalg.onednn.internal.OneDnnBlocks;
import org.altmin.linalg.onednn.internal.OneDnnLocation;
import org.altmin.linalg.openblas.internal.BlockProduct;
import org.altmin.linalg.openblas.internal.Blocks;
import org.altmin.linalg.openblas.internal.Host;
import org.altmin.linalg.openblas.internal.LibraryLocation;
import org.altmin.linalg.openblas.internal.LibraryLocation.Missing;
import org.altmin.linalg.openblas.internal.OpenBlas;
import org.altmin.linalg.openblas.internal.OpenBlasProducts;
import org.altmin.linalg.spi.Availability;
import org.altmin.linalg.spi.Backend;
import org.altmin.linalg.spi.LinearAlgebraProvider;

/**
 * The backend {@code onednn}: the backend {@code openblas}, except that large float32 products are computed by oneDNN,
 * whose kernels are generated for the processor. Small products, products with few rows, most of A Aᵀ,
 * factorisations and all of float64, for which oneDNN has no product, remain OpenBLAS's, which is found as that backend
 * finds it. It has no settings.
 *
 * <p>oneDNN comes out of the jar {@code org.bytedeco:dnnl} with the classifier {@code linux-x86_64}, the
 * only platform on which this backend is available. When it is first opened, the library is written to
 * {@code altmin/natives} in {@code XDG_CACHE_HOME}, or else in {@code ~/.cache}, or in the folder that the system
 * property {@code altmin.cache} names.
 *
 * <p>Products are divided among the threads of the backend as in the backend {@code openblas}, and oneDNN computes on
 * the thread that calls it alone: the number of threads that OpenMP keeps for a thread is set to one for each that
 * multiplies here. On one machine results are the same, bit by bit, for every number of threads.
 */
public final class OneDnnProvider implements LinearAlgebraProvider {

    private static final String NAME = "onednn";

    private final Host host;

    public OneDnnProvider() {
        this(Host.current());
    }

    OneDnnProvider(Host host) {
        this.host = host;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String description() {
        return "oneDNN and OpenBLAS on Java arrays, native";
    }

    @Override
    public int rank() {
        return 110;
    }

    @Override
    public Availability availability() {
        for (LibraryLocation location : List.of(LibraryLocation.find(host), OneDnnLocation.find(host))) {
            if (location instanceof Missing missing) {
                return new Availability.Unavailable(missing.reason(), missing.remedy());
            }
        }
        return new Availability.Available("oneDNN " + OneDnnLocation.JAR.library() + " for linux-x86_64");
    }

    @Override
    public Backend open(LinearAlgebraOptions options) {
        options.requireOnly(NAME);
        OpenBlas openBlas = OpenBlas.open(host);
        BlockProduct blocks = new Blocks(openBlas);
        if (options.precision() == Precision.FLOAT32) {
            blocks = new OneDnnBlocks(OneDnn.open(host), blocks);
        }
        Workers workers = new Workers(options.threads());
        OpenBlasProducts products = new OpenBlasProducts(options.precision(), openBlas, blocks, workers);
        return new HeapBackend(options.precision(), workers, products);
    }
}

package org.altmin.linalg.cpu;

import org.altmin.linalg.LinearAlgebraOptions;
import org.altmin.linalg.cpu.internal.HeapBackend;
import org.altmin.linalg.cpu.internal.OjAlgoProducts;
import org.altmin.linalg.cpu.internal.Workers;
import org.altmin.linalg.spi.Availability;
import org.altmin.linalg.spi.Backend;
import org.altmin.linalg.spi.LinearAlgebraProvider;

/** The backend {@code cpu}: no native code, so it is available on every machine. It has no settings. */
public final class CpuProvider implements LinearAlgebraProvider {

    @Override
    public String name() {
        return "cpu";
    }

    @Override
    public String description() {
        return "pure Java, on ojAlgo";
    }

    @Override
    public int rank() {
        return 0;
    }

    @Override
    public Availability availability() {
        return new Availability.Available(OjAlgoProducts.name());
    }

    @Override
    public Backend open(LinearAlgebraOptions options) {
        options.requireOnly(name());
        Workers workers = new Workers(options.threads());
        return new HeapBackend(options.precision(), workers, new OjAlgoProducts(workers));
    }
}

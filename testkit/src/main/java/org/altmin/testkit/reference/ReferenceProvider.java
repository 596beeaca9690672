package org.altmin.testkit.reference;

import org.altmin.linalg.LinearAlgebra;
import org.altmin.linalg.LinearAlgebraOptions;
import org.altmin.linalg.Precision;
import org.altmin.linalg.spi.Availability;
import org.altmin.linalg.spi.Backend;
import org.altmin.linalg.spi.LinearAlgebraProvider;

/**
 * A backend in nested loops on double, rounded to float where FLOAT32 is asked for: for tests of operators and solvers
 * that should not depend on a real backend. Not registered as a service, so {@code auto} never takes it.
 */
public final class ReferenceProvider implements LinearAlgebraProvider {

    /** Opens it. */
    public static LinearAlgebra open(Precision precision) {
        ReferenceProvider provider = new ReferenceProvider();
        return new LinearAlgebra(provider.name(), provider.open(LinearAlgebraOptions.of(precision)));
    }

    /** Opens it as if so many bytes were free, whatever is allocated. */
    public static LinearAlgebra open(Precision precision, long freeBytes) {
        return new LinearAlgebra(new ReferenceProvider().name(), new ReferenceBackend(precision, () -> freeBytes));
    }

    @Override
    public String name() {
        return "reference";
    }

    @Override
    public String description() {
        return "nested loops, for tests";
    }

    @Override
    public int rank() {
        return -100;
    }

    @Override
    public Availability availability() {
        return new Availability.Available("plain Java");
    }

    @Override
    public Backend open(LinearAlgebraOptions options) {
        options.requireOnly(name());
        return new ReferenceBackend(options.precision(), ReferenceProvider::freeBytes);
    }

    private static long freeBytes() {
        Runtime runtime = Runtime.getRuntime();
        return runtime.maxMemory() - runtime.totalMemory() + runtime.freeMemory();
    }
}

package org.altmin.core.solver;

import java.util.ServiceLoader;
import org.altmin.linalg.spi.Registry;

/** The installed solvers by name. */
public final class Solvers {

    private Solvers() {
    }

    public static Registry<SolverFactory> installed() {
        return Registry.of("solver", ServiceLoader.load(SolverFactory.class));
    }
}

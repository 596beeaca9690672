/** Block coordinate descent solvers. */
module org.altmin.solvers.bcd {
    requires transitive org.altmin.core;

    exports org.altmin.solvers.bcd;

    provides org.altmin.core.solver.SolverFactory with
            org.altmin.solvers.bcd.Bcd2Factory,
            org.altmin.solvers.bcd.Bcd3Factory,
            org.altmin.solvers.bcd.BcdResnetFactory;
}

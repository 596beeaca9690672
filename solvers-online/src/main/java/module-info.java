/** Online alternating minimisation. */
module org.altmin.solvers.online {
    requires transitive org.altmin.core;

    exports org.altmin.solvers.online;

    provides org.altmin.core.solver.SolverFactory with
            org.altmin.solvers.online.OnlineAltMinFactory;
}

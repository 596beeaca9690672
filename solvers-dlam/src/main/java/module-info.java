/** DLAM solvers: alternating minimisation with inverted activation bounds. */
module org.altmin.solvers.dlam {
    requires transitive org.altmin.core;

    exports org.altmin.solvers.dlam;

    provides org.altmin.core.solver.SolverFactory with
            org.altmin.solvers.dlam.DlamFactory,
            org.altmin.solvers.dlam.MdlamFactory;
}

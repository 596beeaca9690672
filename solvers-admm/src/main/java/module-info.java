/** ADMM solvers. */
module org.altmin.solvers.admm {
    requires transitive org.altmin.core;

    exports org.altmin.solvers.admm;

    provides org.altmin.core.solver.SolverFactory with
            org.altmin.solvers.admm.DlAdmmFactory,
            org.altmin.solvers.admm.SigmoidAdmmFactory,
            org.altmin.solvers.admm.TaylorAdmmFactory;
}

/** Gradient baselines, SGD to Adam. */
module org.altmin.solvers.gradient {
    requires transitive org.altmin.core;

    exports org.altmin.solvers.gradient;

    provides org.altmin.core.solver.SolverFactory with
            org.altmin.solvers.gradient.AdadeltaFactory,
            org.altmin.solvers.gradient.AdagradFactory,
            org.altmin.solvers.gradient.AdamFactory,
            org.altmin.solvers.gradient.MomentumFactory,
            org.altmin.solvers.gradient.SgdFactory;
}

/** A solver for altmin. */
module com.example.solver {
    requires org.altmin.core;

    provides org.altmin.core.solver.SolverFactory with com.example.solver.RandomFeaturesFactory;
}

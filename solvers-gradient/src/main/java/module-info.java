/** Gradient baselines, SGD to Adam. */
module org.altmin.solvers.gradient {
    requires transitive org.altmin.core;
}

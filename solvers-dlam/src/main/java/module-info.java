/** DLAM solvers: alternating minimisation with inverted activation bounds. */
module org.altmin.solvers.dlam {
    requires transitive org.altmin.core;
}

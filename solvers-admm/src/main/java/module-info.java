/** ADMM solvers. */
module org.altmin.solvers.admm {
    requires transitive org.altmin.core;
}

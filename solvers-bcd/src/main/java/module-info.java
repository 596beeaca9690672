/** Block coordinate descent solvers. */
module org.altmin.solvers.bcd {
    requires transitive org.altmin.core;
}

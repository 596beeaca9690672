/** Online alternating minimisation. */
module org.altmin.solvers.online {
    requires transitive org.altmin.core;
}

/** The built-in losses. */
module org.altmin.losses {
    requires transitive org.altmin.core;
}

/** The built-in activations. */
module org.altmin.activations {
    requires transitive org.altmin.core;
}

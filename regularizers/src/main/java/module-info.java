/** The built-in regularisers. */
module org.altmin.regularizers {
    requires transitive org.altmin.core;
}

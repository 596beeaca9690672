/** Dataset readers and generators. */
module org.altmin.datasets {
    requires transitive org.altmin.core;
}

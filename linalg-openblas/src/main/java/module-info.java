/** The native CPU backend, on OpenBLAS. */
module org.altmin.linalg.openblas {
    requires transitive org.altmin.linalg;
    requires org.altmin.linalg.cpu;
}

/** The linear-algebra backend that works everywhere: pure Java, on ojAlgo. */
module org.altmin.linalg.cpu {
    requires transitive org.altmin.linalg;
    requires ojalgo;
}

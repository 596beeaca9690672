/**
 * The linear-algebra backend that works everywhere: pure Java, on ojAlgo.
 *
 * @provides org.altmin.linalg.spi.LinearAlgebraProvider
 */
module org.altmin.linalg.cpu {
    requires transitive org.altmin.linalg;
    requires ojalgo;

    exports org.altmin.linalg.cpu.internal to org.altmin.linalg.openblas, org.altmin.linalg.onednn;

    provides org.altmin.linalg.spi.LinearAlgebraProvider with org.altmin.linalg.cpu.CpuProvider;
}

/**
 * The native CPU backend, on OpenBLAS.
 *
 * <p>OpenBLAS comes out of Bytedeco's jar {@code org.bytedeco:openblas} of this platform, which need only lie on the
 * class path or the module path: {@code --add-modules} is not needed. From Java 24 on, the modules that load native
 * code are named by {@code --enable-native-access=org.altmin.linalg.openblas,dev.ludovic.netlib.blas,
 * com.sun.jna}, or the Java machine warns about them.
 *
 * @provides org.altmin.linalg.spi.LinearAlgebraProvider
 */
module org.altmin.linalg.openblas {
    requires transitive org.altmin.linalg;
    requires org.altmin.linalg.cpu;
    requires com.sun.jna;
    requires dev.ludovic.netlib.blas;
    requires java.logging;

    exports org.altmin.linalg.openblas.internal to org.altmin.linalg.onednn;

    provides org.altmin.linalg.spi.LinearAlgebraProvider with org.altmin.linalg.openblas.OpenBlasProvider;
}

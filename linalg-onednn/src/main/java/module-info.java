/**
 * The native CPU backend whose large float32 products are computed by oneDNN, and the others by OpenBLAS.
 *
 * <p>oneDNN comes out of Bytedeco's jar {@code org.bytedeco:dnnl} of this platform, which need only lie on the class
 * path or the module path: {@code --add-modules} is not needed. From Java 24 on, the modules that load native code are
 * named by {@code --enable-native-access=org.altmin.linalg.openblas,dev.ludovic.netlib.blas,com.sun.jna,
 * org.jnrproject.jffi}, or the Java machine warns about them.
 *
 * @provides org.altmin.linalg.spi.LinearAlgebraProvider
 */
module org.altmin.linalg.onednn {
    requires transitive org.altmin.linalg;
    requires org.altmin.linalg.cpu;
    requires org.altmin.linalg.openblas;
    requires com.sun.jna;
    requires org.jnrproject.jffi;

    provides org.altmin.linalg.spi.LinearAlgebraProvider with org.altmin.linalg.onednn.OneDnnProvider;
}

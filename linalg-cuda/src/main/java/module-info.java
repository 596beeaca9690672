/**
 * The GPU backend, on JCuda: matrices in device memory, cuBLAS, and expressions compiled by NVRTC.
 *
 * <p>JCuda and its native half need only lie on the class path or the module path. From Java 24 on, the modules that
 * load native code are named by {@code --enable-native-access=org.altmin.linalg.cuda,jcuda,jcublas}, or the Java
 * machine warns about them.
 *
 * @provides org.altmin.linalg.spi.LinearAlgebraProvider
 */
module org.altmin.linalg.cuda {
    requires transitive org.altmin.linalg;
    requires java.logging;
    requires jcublas;
    requires jcuda;

    provides org.altmin.linalg.spi.LinearAlgebraProvider with org.altmin.linalg.cuda.CudaProvider;
}

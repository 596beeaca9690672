package org.altmin.linalg.cuda.internal;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import jcuda.CudaException;
import jcuda.Pointer;
import jcuda.driver.CUcontext;
import jcuda.driver.CUdevice;
import jcuda.driver.CUdevice_attribute;
import jcuda.driver.CUfunction;
import jcuda.driver.CUmodule;
import jcuda.driver.CUstream;
import jcuda.driver.JCudaDriver;
import jcuda.jcublas.JCublas2;
import jcuda.jcublas.cublasHandle;
import jcuda.jcublas.cublasMath;
import jcuda.runtime.cudaStream_t;
import org.altmin.linalg.AltminException;

/** One device in use: owns the stream, the cuBLAS handle, the compiled modules, and the memory. */
final class CudaContext implements AutoCloseable {

    private static final int NON_BLOCKING = 1;

    private final CUdevice device = new CUdevice();
    private final CUcontext context = new CUcontext();
    private final CUstream stream = new CUstream();
    private final cublasHandle blas = new cublasHandle();
    private final DeviceMemory memory = new DeviceMemory();
    private final DeviceProperties properties;
    private final Compiler compiler;
    private final int blasVersion;
    private final Map<String, CUmodule> modules = new HashMap<>();
    /** Gives back what is held, the latest first. */
    private final Deque<Runnable> releases = new ArrayDeque<>();

    /**
     * @param tensorFloat32 whether products of float32 may round their factors to 10 bits of mantissa
     * @throws AltminException if there is no device of that index, or it cannot be used
     */
    CudaContext(int index, boolean tensorFloat32) {
        JCudaDriver.cuInit(0);
        int[] count = new int[1];
        JCudaDriver.cuDeviceGetCount(count);
        if (index >= count[0]) {
            throw new AltminException("There is no device " + index + "; the setting 'device' is below " + count[0]
                    + ".");
        }
        JCudaDriver.cuDeviceGet(device, index);
        properties = properties(device);
        try {
            blasVersion = start(tensorFloat32);
            compiler = new Compiler(new ImageCache(CacheFolder.path().resolve("cuda")), properties.capability());
        } catch (RuntimeException e) {
            releaseAfter(e);
            throw e instanceof CudaException ? new AltminException("Device " + index + " (" + properties.name()
                    + ") cannot be used (" + e.getMessage() + "); see with nvidia-smi whether other programs fill its "
                    + "memory or keep it to themselves, or take another with the setting 'device'.", e) : e;
        }
    }

    /** @return the version of cuBLAS */
    private int start(boolean tensorFloat32) {
        JCudaDriver.cuDevicePrimaryCtxRetain(context, device);
        releases.push(() -> JCudaDriver.cuDevicePrimaryCtxRelease(device));
        bind();
        JCudaDriver.cuStreamCreate(stream, NON_BLOCKING);
        releases.push(() -> JCudaDriver.cuStreamDestroy(stream));
        releases.push(memory::close);
        JCublas2.cublasCreate(blas);
        releases.push(() -> JCublas2.cublasDestroy(blas));
        JCublas2.cublasSetStream(blas, new cudaStream_t(stream));
        JCublas2.cublasSetMathMode(blas, tensorFloat32
                ? cublasMath.CUBLAS_TF32_TENSOR_OP_MATH : cublasMath.CUBLAS_DEFAULT_MATH);
        int[] version = new int[1];
        JCublas2.cublasGetVersion(blas, version);
        return version[0];
    }

    private void releaseAfter(RuntimeException failure) {
        for (Runnable release : releases) {
            try {
                release.run();
            } catch (CudaException e) {
                failure.addSuppressed(e);
            }
        }
    }

    static DeviceProperties properties(CUdevice device) {
        byte[] name = new byte[256];
        JCudaDriver.cuDeviceGetName(name, name.length, device);
        int end = 0;
        while (end < name.length && name[end] != 0) {
            end++;
        }
        int major = attribute(device, CUdevice_attribute.CU_DEVICE_ATTRIBUTE_COMPUTE_CAPABILITY_MAJOR);
        int minor = attribute(device, CUdevice_attribute.CU_DEVICE_ATTRIBUTE_COMPUTE_CAPABILITY_MINOR);
        int multiprocessors = attribute(device, CUdevice_attribute.CU_DEVICE_ATTRIBUTE_MULTIPROCESSOR_COUNT);
        return new DeviceProperties(new String(name, 0, end, StandardCharsets.UTF_8), 10 * major + minor,
                multiprocessors);
    }

    private static int attribute(CUdevice device, int attribute) {
        int[] value = new int[1];
        JCudaDriver.cuDeviceGetAttribute(value, attribute, device);
        return value[0];
    }

    /** A thread has one current context, which may be that of another device by now. */
    void bind() {
        JCudaDriver.cuCtxSetCurrent(context);
    }

    DeviceProperties properties() {
        return properties;
    }

    DeviceMemory memory() {
        return memory;
    }

    CUstream stream() {
        return stream;
    }

    cublasHandle blas() {
        return blas;
    }

    /** The libraries in use. */
    String libraries() {
        return "cuBLAS " + blasVersion / 10_000 + "." + blasVersion / 100 % 100 + ", " + compiler.version();
    }

    /** An entry point of compiled code. */
    CUfunction function(String code, String entry) {
        CUmodule module = modules.computeIfAbsent(code, this::load);
        CUfunction function = new CUfunction();
        JCudaDriver.cuModuleGetFunction(function, module, entry);
        return function;
    }

    private CUmodule load(String code) {
        CUmodule module = new CUmodule();
        JCudaDriver.cuModuleLoadData(module, compiler.compile(code));
        return module;
    }

    void launch(CUfunction function, int gridX, int gridY, int threads, Pointer parameters) {
        JCudaDriver.cuLaunchKernel(function, gridX, gridY, 1, threads, 1, 1, 0, stream, parameters, null);
    }

    void synchronize() {
        JCudaDriver.cuStreamSynchronize(stream);
    }

    @Override
    public void close() {
        bind();
        synchronize();
        modules.values().forEach(JCudaDriver::cuModuleUnload);
        releases.forEach(Runnable::run);
    }
}

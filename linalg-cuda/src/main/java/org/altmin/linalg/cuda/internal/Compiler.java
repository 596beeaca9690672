package org.altmin.linalg.cuda.internal;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import jcuda.CudaException;
import jcuda.nvrtc.JNvrtc;
import jcuda.nvrtc.nvrtcProgram;
import org.altmin.linalg.AltminException;

/** Turns CUDA C into what a device can load, by NVRTC, or out of the cache. */
final class Compiler {

    /** Java's arithmetic: nothing contracted, nothing flushed, divisions and roots correctly rounded. */
    private static final List<String> ARITHMETIC =
            List.of("--fmad=false", "--ftz=false", "--prec-div=true", "--prec-sqrt=true", "--std=c++17");

    private final ImageCache cache;
    private final String version;
    private final boolean exact;
    private final List<String> options;
    private final String prelude = resource("prelude.cu");

    /** @param capability of the device, such as 90 */
    Compiler(ImageCache cache, int capability) {
        this.cache = cache;
        int[] major = new int[1];
        int[] minor = new int[1];
        JNvrtc.nvrtcVersion(major, minor);
        version = "nvrtc " + major[0] + "." + minor[0];
        String architecture = architecture(capability, supported());
        exact = architecture.startsWith("sm_");
        options = new ArrayList<>(ARITHMETIC);
        options.add("--gpu-architecture=" + architecture);
    }

    /** Machine code where the compiler knows the device, else the newest portable code, which the driver translates. */
    static String architecture(int capability, int[] supported) {
        int target = Arrays.stream(supported).filter(known -> known <= capability).max().orElseThrow(
                () -> new AltminException("The device has compute capability " + readable(capability)
                        + ", and this NVRTC compiles for " + readable(Arrays.stream(supported).min().orElse(0))
                        + " at least; use an older CUDA."));
        return (target == capability ? "sm_" : "compute_") + target;
    }

    private static String readable(int capability) {
        return capability / 10 + "." + capability % 10;
    }

    String version() {
        return version;
    }

    /** CUDA C that comes with this module. */
    static String resource(String name) {
        try (InputStream in = Compiler.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @param code what comes behind the prelude */
    byte[] compile(String code) {
        String source = prelude + "\n" + code;
        String key = ImageCache.key(source, options, version);
        Optional<byte[]> known = cache.read(key);
        if (known.isPresent()) {
            return known.get();
        }
        byte[] image = compileNow(source);
        cache.write(key, image);
        return image;
    }

    private byte[] compileNow(String source) {
        nvrtcProgram program = new nvrtcProgram();
        JNvrtc.nvrtcCreateProgram(program, source, "altmin.cu", 0, null, null);
        try {
            JNvrtc.nvrtcCompileProgram(program, options.size(), options.toArray(String[]::new));
            return exact ? machineCode(program) : portableCode(program);
        } catch (CudaException e) {
            String[] log = new String[1];
            JNvrtc.nvrtcGetProgramLog(program, log);
            throw new IllegalStateException(version + " refuses a kernel (" + e.getMessage() + "):\n" + log[0] + "\n"
                    + source, e);
        } finally {
            JNvrtc.nvrtcDestroyProgram(program);
        }
    }

    private static byte[] machineCode(nvrtcProgram program) {
        long[] size = new long[1];
        JNvrtc.nvrtcGetCUBINSize(program, size);
        byte[] image = new byte[Math.toIntExact(size[0])];
        JNvrtc.nvrtcGetCUBIN(program, image);
        return image;
    }

    /** Text that ends in a zero byte, as the driver reads it. */
    private static byte[] portableCode(nvrtcProgram program) {
        String[] text = new String[1];
        JNvrtc.nvrtcGetPTX(program, text);
        return (text[0] + '\0').getBytes(StandardCharsets.US_ASCII);
    }

    private static int[] supported() {
        int[] count = new int[1];
        JNvrtc.nvrtcGetNumSupportedArchs(count);
        int[] result = new int[count[0]];
        JNvrtc.nvrtcGetSupportedArchs(result);
        return result;
    }
}

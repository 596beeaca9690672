package org.altmin.linalg.cuda.internal;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A platform for which JCuda is published.
 *
 * @param cuda version of CUDA whose libraries are used
 * @param classifier of the jars of its native half
 * @param bindings file names of what of that half is used
 * @param driver file name of the driver's library
 * @param libraries file names of cuBLAS and NVRTC
 * @param before file names of what cuBLAS needs
 * @param builtins pattern of the file names of what NVRTC needs, which is beside it
 * @param newer file names of the libraries in the next version of CUDA, in the same order; empty if they are of no use
 */
public record Platform(int cuda, String classifier, List<String> bindings, String driver, List<String> libraries,
        List<String> before, String builtins, List<String> newer) {

    /** The version of CUDA whose libraries JCuda is linked to. */
    static final int CUDA = 12;

    /** The next one, to which it can be linked instead on Linux; see {@link SharedLibrary}. */
    static final int NEXT_CUDA = 13;

    /** If there is one for this operating system and processor, as Java names them. */
    public static Optional<Platform> of(String system, String architecture, int cuda) {
        String os = system.toLowerCase(Locale.ROOT);
        if (!architecture.equals("amd64") && !architecture.equals("x86_64")) {
            return Optional.empty();
        } else if (os.startsWith("linux")) {
            return Optional.of(new Platform(cuda, "linux-x86_64", bindings("lib", "linux-x86_64.so"), "libcuda.so.1",
                    onLinux(cuda), List.of("libcublasLt.so." + cuda), builtins(cuda),
                    cuda == CUDA ? onLinux(NEXT_CUDA) : List.of()));
        } else if (os.startsWith("windows")) {
            return Optional.of(new Platform(CUDA, "windows-x86_64", bindings("", "windows-x86_64.dll"), "nvcuda.dll",
                    List.of("cublas64_12.dll", "nvrtc64_120_0.dll"), List.of("cublasLt64_12.dll"),
                    "nvrtc-builtins64_12*.dll", List.of()));
        }
        return Optional.empty();
    }

    private static List<String> onLinux(int cuda) {
        return List.of("libcublas.so." + cuda, "libnvrtc.so." + cuda);
    }

    private static String builtins(int cuda) {
        return "libnvrtc-builtins.so." + cuda + ".{[0-9],[0-9][0-9]}";
    }

    private static List<String> bindings(String prefix, String suffix) {
        return Stream.of("JCudaDriver", "JNvrtc", "JCublas2")
                .map(name -> prefix + name + "-" + JCudaJar.VERSION + "-" + suffix).toList();
    }

    /** The oldest driver that runs the libraries, as the driver gives its version of CUDA. */
    int oldestDriver() {
        return 1000 * cuda;
    }

    /** The release of NVIDIA's driver that is {@link #oldestDriver()}. */
    int oldestRelease() {
        return cuda == CUDA ? 525 : 580;
    }

    /** What the native half is linked to, where it is not what JCuda was built for; the same length, name by name. */
    List<String> builtFor() {
        return classifier.startsWith("linux") ? onLinux(CUDA) : libraries;
    }
}

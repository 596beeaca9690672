package org.altmin.linalg.cuda;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.altmin.linalg.cuda.internal.HostMachine;

/**
 * A CUDA driver, cuBLAS and NVRTC whose device is the host, so that the backend is tested without a GPU down to the
 * calls of JCuda: {@code src/test/native}, built by g++. Where there is no g++, or the platform is not JCuda's, tests
 * are skipped.
 */
public final class Simulator {

    private static final Path SOURCES = Path.of("src/test/native").toAbsolutePath();
    private static final Path FOLDER = Path.of("target/simulator").toAbsolutePath();

    private static boolean built;

    private Simulator() {
    }

    /** Makes the provider find the simulated libraries. */
    public static synchronized void use() {
        assumeTrue(System.getProperty("os.name").equals("Linux") && System.getProperty("os.arch").equals("amd64"),
                "The simulated device is for Linux on x86-64.");
        assumeTrue(runs(List.of("g++", "--version")), "There is no g++ to build the simulated device with.");
        if (!built) {
            for (int cuda : new int[] {12, 13}) {
                build("builtins.cpp", "libnvrtc-builtins.so." + cuda + ".0", folder(cuda));
                build("compiler.cpp", "libnvrtc.so." + cuda, folder(cuda));
                build("blas.cpp", "libcublas.so." + cuda, folder(cuda));
                build("driver.cpp", "libcuda.so.1", folder(cuda));
            }
            System.setProperty(HostMachine.LIBRARIES, folder(12).toString());
            System.setProperty("altmin.cache", FOLDER.resolve("cache").toString());
            built = true;
        }
    }

    /** Where the libraries of a version of CUDA are. */
    static Path folder(int cuda) {
        return FOLDER.resolve("cuda" + cuda);
    }

    /** As NVIDIA does, the libraries give every function their own name as its version; the driver does not. */
    private static void build(String source, String library, Path folder) {
        List<String> command = new ArrayList<>(List.of("g++", "-std=c++17", "-O2", "-fPIC", "-shared",
                "-DHEADER=\"" + SOURCES.resolve("kernel.h") + "\"",
                "-DBUILTINS=\"" + library.replace("nvrtc", "nvrtc-builtins") + ".0\"", "-Wl,-soname," + library, "-o",
                folder.resolve(library).toString(), SOURCES.resolve(source).toString(), "-ldl"));
        create(folder);
        if (library.matches("lib(cublas|nvrtc)[.].*")) {
            Path versions = folder.resolve(library + ".map");
            write(versions, library + " { global: *; };");
            command.add("-Wl,--version-script=" + versions);
        }
        if (!runs(command)) {
            throw new IllegalStateException("cannot be built: " + command);
        }
    }

    private static void create(Path folder) {
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void write(Path file, String content) {
        try {
            Files.writeString(file, content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static boolean runs(List<String> command) {
        try {
            Files.createDirectories(FOLDER);
            Process process = new ProcessBuilder(command).redirectErrorStream(true)
                    .redirectOutput(FOLDER.resolve("build.log").toFile()).start();
            return process.waitFor() == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}

package org.altmin.linalg.cuda.internal;

import java.io.File;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;
import jcuda.CudaException;
import jcuda.driver.CUdevice;
import jcuda.driver.JCudaDriver;
import org.altmin.linalg.AltminException;

/**
 * The machine this runs on. Libraries are looked for in the folders that the system property {@value #LIBRARIES} names,
 * where the system's loader looks, and where CUDA is commonly installed.
 */
public final class HostMachine implements Machine {

    /** System property that names folders of CUDA's libraries, separated as in a class path. */
    public static final String LIBRARIES = "altmin.cuda.libraries";

    /** System property that names the version of CUDA whose libraries are used: 12, or 13 on Linux. */
    public static final String CUDA = "altmin.cuda.version";

    private static final Logger LOGGER = Logger.getLogger("org.altmin.linalg.cuda");
    private static final List<String> SYSTEM_FOLDERS = List.of("/lib/x86_64-linux-gnu", "/usr/lib/x86_64-linux-gnu",
            "/lib64", "/usr/lib64", "/lib", "/usr/lib", "/usr/lib/wsl/lib", "/usr/local/nvidia/lib64",
            "/usr/local/nvidia/lib");
    private static final Path LOADER_FOLDERS = Path.of("/etc/ld.so.conf.d");
    private static final Path INSTALLATIONS = Path.of("/usr/local");

    @Override
    public String name() {
        return System.getProperty("os.name") + " " + System.getProperty("os.arch");
    }

    @Override
    public Optional<Platform> platform() {
        return Platform.of(System.getProperty("os.name"), System.getProperty("os.arch"), cuda());
    }

    private static int cuda() {
        String version = System.getProperty(CUDA, String.valueOf(Platform.CUDA));
        if (!version.equals("12") && !version.equals("13")) {
            throw new AltminException("The system property " + CUDA + " is 12 or 13, not '" + version + "'.");
        }
        return Integer.parseInt(version);
    }

    @Override
    public boolean hasBindings(Platform platform) {
        return platform.bindings().stream().allMatch(file -> Bindings.resource(file) != null);
    }

    @Override
    public Optional<Path> library(String fileName) {
        return folders().stream().map(folder -> folder.resolve(fileName)).filter(Files::isReadable).findFirst();
    }

    @Override
    public Driver driver(Platform platform) {
        Bindings.loadDriver(platform, this);
        int[] version = new int[1];
        JCudaDriver.cuDriverGetVersion(version);
        List<String> devices = new ArrayList<>();
        int[] count = new int[1];
        if (isInitialised()) {
            JCudaDriver.cuDeviceGetCount(count);
        }
        for (int index = 0; index < count[0]; index++) {
            CUdevice device = new CUdevice();
            JCudaDriver.cuDeviceGet(device, index);
            devices.add(CudaContext.properties(device).name());
        }
        return new Driver(version[0], devices);
    }

    /** A driver without a device refuses to be initialised, which is an answer, not a failure. */
    private static boolean isInitialised() {
        try {
            JCudaDriver.cuInit(0);
            return true;
        } catch (CudaException e) {
            if (String.valueOf(e.getMessage()).contains("NO_DEVICE")) {
                return false;
            }
            throw e;
        }
    }

    @Override
    public void load(Platform platform) {
        Bindings.loadAll(platform, this);
    }

    /** What went wrong in the first place, in one line. */
    static String rootOf(Throwable error) {
        Throwable root = error;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return String.valueOf(root.getMessage()).lines().findFirst().orElse(root.toString());
    }

    private static Set<Path> folders() {
        Set<Path> result = new LinkedHashSet<>();
        addAll(result, System.getProperty(LIBRARIES));
        if (File.separatorChar == '\\') {
            addAll(result, System.getenv("PATH"));
            addIn(result, System.getenv("CUDA_PATH"), "bin");
            addIn(result, System.getenv("SystemRoot"), "System32");
            return result;
        }
        addAll(result, System.getenv("LD_LIBRARY_PATH"));
        addIn(result, System.getenv("CUDA_HOME"), "lib64");
        addIn(result, System.getenv("CUDA_PATH"), "lib64");
        addLoaderFolders(result);
        SYSTEM_FOLDERS.forEach(folder -> result.add(Path.of(folder)));
        result.add(INSTALLATIONS.resolve("cuda/lib64"));
        addInstallations(result);
        return result;
    }

    private static void addAll(Set<Path> folders, String list) {
        if (list != null) {
            Arrays.stream(list.split(File.pathSeparator)).forEach(folder -> add(folders, folder.strip()));
        }
    }

    private static void addIn(Set<Path> folders, String parent, String child) {
        if (parent != null && !parent.isBlank()) {
            add(folders, parent + File.separator + child);
        }
    }

    /** What is no path is no folder. */
    private static void add(Set<Path> folders, String folder) {
        try {
            if (!folder.isEmpty()) {
                folders.add(Path.of(folder).toAbsolutePath());
            }
        } catch (InvalidPathException e) {
            LOGGER.log(Level.FINE, e, () -> "not a folder: " + folder);
        }
    }

    private static void addLoaderFolders(Set<Path> folders) {
        for (Path file : in(LOADER_FOLDERS, "*.conf")) {
            try {
                Files.readAllLines(file).stream().map(String::strip).filter(line -> line.startsWith("/"))
                        .forEach(line -> add(folders, line));
            } catch (IOException e) {
                LOGGER.log(Level.FINE, e, () -> "cannot read " + file);
            }
        }
    }

    private static void addInstallations(Set<Path> folders) {
        in(INSTALLATIONS, "cuda-1[2-9]*").forEach(folder -> folders.add(folder.resolve("lib64")));
    }

    private static List<Path> in(Path folder, String pattern) {
        List<Path> result = new ArrayList<>();
        if (Files.isDirectory(folder)) {
            try (DirectoryStream<Path> found = Files.newDirectoryStream(folder, pattern)) {
                found.forEach(result::add);
            } catch (IOException e) {
                LOGGER.log(Level.FINE, e, () -> "cannot read " + folder);
            }
        }
        result.sort(null);
        return result;
    }
}

package org.altmin.linalg.cuda.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.altmin.linalg.spi.Availability;
import org.altmin.linalg.spi.Availability.Available;
import org.altmin.linalg.spi.Availability.Unavailable;

/** Whether a machine can run the backend, and if not, the first thing that is missing. */
public final class CudaAvailability {

    private CudaAvailability() {
    }

    public static Availability of(Machine machine) {
        Optional<Platform> platform = machine.platform();
        if (platform.isEmpty()) {
            return new Unavailable("JCuda is not made for " + machine.name(),
                    "Use the backend 'openblas' or 'cpu' here.");
        } else if (!machine.hasBindings(platform.get())) {
            String classifier = platform.get().classifier();
            return new Unavailable("the native half of JCuda for " + classifier + " is not on the path",
                    "Put org.jcuda:jcuda-natives:" + JCudaJar.VERSION + " and org.jcuda:jcublas-natives:"
                            + JCudaJar.VERSION + " with the classifier " + classifier
                            + " beside altmin-linalg-cuda.");
        } else if (machine.library(platform.get().driver()).isEmpty()) {
            return new Unavailable("there is no NVIDIA driver (" + platform.get().driver() + " is not found)",
                    "On a machine with an NVIDIA GPU, install NVIDIA's driver, release "
                            + platform.get().oldestRelease()
                            + " or newer; in a container, let it see the GPU (docker run --gpus all).");
        }
        Optional<Unavailable> libraries = missingLibraries(machine, platform.get());
        return libraries.isPresent() ? libraries.get() : askDriver(machine, platform.get());
    }

    private static Optional<Unavailable> missingLibraries(Machine machine, Platform platform) {
        List<String> missing = new ArrayList<>();
        List<String> newer = new ArrayList<>();
        for (int k = 0; k < platform.libraries().size(); k++) {
            String library = platform.libraries().get(k);
            if (machine.library(library).isEmpty()) {
                missing.add(library);
                platform.newer().stream().skip(k).findFirst().flatMap(machine::library)
                        .ifPresent(file -> newer.add(file.toString()));
            }
        }
        if (missing.isEmpty()) {
            return Optional.empty();
        }
        String names = String.join(" and ", missing);
        String reason = names + (missing.size() == 1 ? " is" : " are") + " not found"
                + (newer.isEmpty() ? ""
                        : "; of CUDA " + Platform.NEXT_CUDA + " there is " + String.join(" and ", newer));
        String remedy = "Install cuBLAS and NVRTC of the version of CUDA that they are named after, and name their "
                + "folder with -D" + HostMachine.LIBRARIES + "=<folder> where the system does not find it by itself";
        return Optional.of(new Unavailable(reason, remedy + (newer.isEmpty() ? "."
                : "; or use those of CUDA " + Platform.NEXT_CUDA + " with -D" + HostMachine.CUDA + "="
                        + Platform.NEXT_CUDA + ".")));
    }

    private static Availability askDriver(Machine machine, Platform platform) {
        Machine.Driver driver;
        try {
            driver = machine.driver(platform);
        } catch (RuntimeException | LinkageError e) {
            return new Unavailable("the NVIDIA driver does not start (" + HostMachine.rootOf(e) + ")",
                    "Run nvidia-smi to see what it says, and restart the machine after an update of the driver.");
        }
        if (driver.version() < platform.oldestDriver()) {
            return new Unavailable("the NVIDIA driver supports CUDA " + readable(driver.version()) + ", and "
                    + readable(platform.oldestDriver()) + " is needed", "Update NVIDIA's driver to release "
                    + platform.oldestRelease() + " or newer" + (platform.cuda() == Platform.CUDA ? "."
                            : ", or use the libraries of CUDA " + Platform.CUDA + "."));
        } else if (driver.devices().isEmpty()) {
            return new Unavailable("the NVIDIA driver finds no device",
                    "Run nvidia-smi to see what it says, and check the variable CUDA_VISIBLE_DEVICES.");
        }
        return new Available(String.join(", ", driver.devices()) + "; driver for CUDA " + readable(driver.version()));
    }

    private static String readable(int version) {
        return version / 1000 + "." + version % 1000 / 10;
    }
}

package org.altmin.linalg.cuda;

import org.altmin.linalg.AltminException;
import org.altmin.linalg.LinearAlgebraOptions;
import org.altmin.linalg.cuda.internal.CudaAvailability;
import org.altmin.linalg.cuda.internal.CudaBackend;
import org.altmin.linalg.cuda.internal.CudaOptions;
import org.altmin.linalg.cuda.internal.HostMachine;
import org.altmin.linalg.cuda.internal.Machine;
import org.altmin.linalg.spi.Availability;
import org.altmin.linalg.spi.Backend;
import org.altmin.linalg.spi.LinearAlgebraProvider;

/**
 * The backend {@code cuda}: matrices in the memory of an NVIDIA GPU, products by cuBLAS, and kernels that are
 * translated to CUDA C and compiled by NVRTC when they are first used; the compiled code is kept in altmin's cache.
 *
 * <p>It needs NVIDIA's driver (release 525 or newer), {@code libcublas.so.12} and {@code libnvrtc.so.12} of CUDA 12,
 * and on the path JCuda with its native half for the platform ({@code linux-x86_64} or {@code windows-x86_64}).
 * {@link #availability()} says what is missing without loading it.
 *
 * <p>Settings: {@code tf32=on} lets products of float32 matrices round their factors to 10 bits of mantissa, which is
 * several times faster, and not what float32 means elsewhere (default {@code off}); {@code device=1} takes another
 * device than the first; {@code leaks=on} logs matrices that are not released before the backend is closed, with where
 * they were allocated. {@code threads} is ignored.
 */
public final class CudaProvider implements LinearAlgebraProvider {

    private static final String NAME = "cuda";

    private final Machine machine;

    public CudaProvider() {
        this(new HostMachine());
    }

    CudaProvider(Machine machine) {
        this.machine = machine;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String description() {
        return "NVIDIA GPU, on cuBLAS and NVRTC";
    }

    @Override
    public int rank() {
        return 200;
    }

    @Override
    public Availability availability() {
        return CudaAvailability.of(machine);
    }

    @Override
    public Backend open(LinearAlgebraOptions options) {
        CudaOptions settings = CudaOptions.of(NAME, options);
        if (availability() instanceof Availability.Unavailable missing) {
            throw new AltminException("The backend 'cuda' is not available: " + missing.reason() + ". "
                    + missing.remedy());
        }
        machine.load(machine.platform().orElseThrow());
        return CudaBackend.open(options.precision(), settings);
    }
}

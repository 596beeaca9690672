package org.altmin.linalg.cuda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Map;
import java.util.ServiceLoader;
import jcuda.JCudaVersion;
import org.altmin.linalg.AltminException;
import org.altmin.linalg.LinearAlgebraOptions;
import org.altmin.linalg.Precision;
import org.altmin.linalg.spi.Availability.Available;
import org.altmin.linalg.spi.Availability.Unavailable;
import org.altmin.linalg.spi.LinearAlgebraProvider;
import org.junit.jupiter.api.Test;

/** What the provider says of machines that lack something; none of them loads anything. */
class CudaProviderTest {

    private final FakeMachine machine = FakeMachine.complete();

    @Test
    void isAService() {
        assertThat(ServiceLoader.load(LinearAlgebraProvider.class)).anyMatch(CudaProvider.class::isInstance);
        assertThat(new CudaProvider().name()).isEqualTo("cuda");
        assertThat(new CudaProvider().rank()).isEqualTo(200);
    }

    @Test
    void isAvailableOnACompleteMachine() {
        assertThat(new CudaProvider(machine).availability())
                .isEqualTo(new Available("GPU 0, GPU 1; driver for CUDA 12.4"));
    }

    @Test
    void namesAPlatformThatJCudaIsNotMadeFor() {
        machine.system("Mac OS X", "aarch64");
        assertUnavailable("Mac OS X aarch64", "openblas");
    }

    @Test
    void namesTheMissingJars() {
        machine.withoutBindings();
        assertUnavailable("native half of JCuda for linux-x86_64",
                "org.jcuda:jcublas-natives:" + JCudaVersion.get() + " with");
    }

    @Test
    void namesTheMissingDriver() {
        machine.without("libcuda.so.1");
        assertUnavailable("no NVIDIA driver (libcuda.so.1 is not found)", "--gpus all");
    }

    @Test
    void namesAMissingLibrary() {
        machine.without("libnvrtc.so.12");
        assertThat(unavailable().reason()).isEqualTo("libnvrtc.so.12 is not found");
        assertThat(unavailable().remedy()).contains("-Daltmin.cuda.libraries=<folder>").doesNotContain("13");
    }

    @Test
    void namesBothMissingLibraries() {
        machine.without("libnvrtc.so.12").without("libcublas.so.12");
        assertThat(unavailable().reason()).isEqualTo("libcublas.so.12 and libnvrtc.so.12 are not found");
    }

    @Test
    void namesCuda13WhereOnlyThatIsThere() {
        machine.without("libnvrtc.so.12").without("libcublas.so.12").with("libcublas.so.13").with("libnvrtc.so.13");
        assertThat(unavailable().reason()).isEqualTo("libcublas.so.12 and libnvrtc.so.12 are not found; of CUDA 13 "
                + "there is " + Path.of("/cuda/libcublas.so.13") + " and " + Path.of("/cuda/libnvrtc.so.13"));
        assertThat(unavailable().remedy()).contains("-Daltmin.cuda.version=13");
    }

    @Test
    void looksForCuda13WhereItIsAskedFor() {
        machine.cuda(13);
        assertThat(unavailable().reason()).isEqualTo("libcublas.so.13 and libnvrtc.so.13 are not found");
        machine.with("libcublas.so.13").with("libnvrtc.so.13").driver(13_000, "GPU 0");
        assertThat(new CudaProvider(machine).availability()).isInstanceOf(Available.class);
    }

    @Test
    void namesAnOldDriver() {
        machine.driver(11_040, "GPU 0");
        assertUnavailable("supports CUDA 11.4, and 12.0 is needed", "Update");
    }

    @Test
    void namesADriverThatIsTooOldForCuda13() {
        machine.cuda(13).with("libcublas.so.13").with("libnvrtc.so.13").driver(12_090, "GPU 0");
        assertUnavailable("supports CUDA 12.9, and 13.0 is needed", "release 580 or newer, or use the libraries of "
                + "CUDA 12");
    }

    @Test
    void namesTheLackOfADevice() {
        machine.driver(12_040);
        assertUnavailable("finds no device", "CUDA_VISIBLE_DEVICES");
    }

    @Test
    void repeatsWhatADriverSaysThatDoesNotStart() {
        machine.failing(new UnsatisfiedLinkError("libcuda.so.1: file too short"));
        assertUnavailable("does not start (libcuda.so.1: file too short)", "nvidia-smi");
        machine.failing(new IllegalStateException("CUDA_ERROR_SYSTEM_DRIVER_MISMATCH"));
        assertUnavailable("does not start (CUDA_ERROR_SYSTEM_DRIVER_MISMATCH)", "nvidia-smi");
    }

    @Test
    void asksTheDriverOnlyWhereNothingElseIsMissing() {
        machine.without("libnvrtc.so.12").failing(new IllegalStateException("was asked"));
        assertThat(unavailable().reason()).doesNotContain("was asked");
    }

    @Test
    void doesNotOpenWhereSomethingIsMissing() {
        machine.without("libcuda.so.1");
        assertThatThrownBy(() -> new CudaProvider(machine).open(LinearAlgebraOptions.of(Precision.FLOAT32)))
                .isInstanceOf(AltminException.class).hasMessageContaining("no NVIDIA driver");
    }

    @Test
    void refusesSettingsBeforeItLooksForAnything() {
        assertRefused("tf32", "yes", "on or off");
        assertRefused("leaks", "", "on or off");
        assertRefused("device", "-1", "index");
        assertRefused("no-such-key", "1", "tf32");
    }

    private void assertRefused(String key, String value, String message) {
        LinearAlgebraOptions options = new LinearAlgebraOptions(Precision.FLOAT32, 1, Map.of(key, value));
        assertThatThrownBy(() -> new CudaProvider(machine).open(options)).isInstanceOf(AltminException.class)
                .hasMessageContaining(key).hasMessageContaining(message);
    }

    private void assertUnavailable(String reason, String remedy) {
        assertThat(unavailable().reason()).contains(reason).doesNotEndWith(".");
        assertThat(unavailable().remedy()).contains(remedy).endsWith(".");
    }

    private Unavailable unavailable() {
        return (Unavailable) new CudaProvider(machine).availability();
    }
}

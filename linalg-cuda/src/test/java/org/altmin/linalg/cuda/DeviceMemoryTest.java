package org.altmin.linalg.cuda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.altmin.linalg.AltminException;
import org.altmin.linalg.Cholesky;
import org.altmin.linalg.Expr;
import org.altmin.linalg.Kernel;
import org.altmin.linalg.LinearAlgebra;
import org.altmin.linalg.LinearAlgebraOptions;
import org.altmin.linalg.Matrix;
import org.altmin.linalg.Precision;
import org.altmin.linalg.spi.Backend;
import org.altmin.linalg.spi.Buffer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Memory of a simulated device, which has 260 MiB and notices what is freed twice or written around an allocation. */
class DeviceMemoryTest {

    private static final int MEGABYTE = 1 << 20;

    @BeforeEach
    void simulate() {
        Simulator.use();
    }

    @Test
    void isFreeAgainWhenTheBackendIsClosed() {
        try (Backend observer = open(Map.of())) {
            long before = observer.availableMemory();
            LinearAlgebra la = new LinearAlgebra("cuda", open(Map.of()));
            Matrix a = la.allocate(1000, 1000);
            la.release(la.allocate(10, 10));
            la.dot(a, a);
            Cholesky cholesky = la.cholesky(100);
            cholesky.factor(la.of(100, 100, identity(100)), 1);
            assertThat(observer.availableMemory()).isLessThanOrEqualTo(before - 4_000_000);
            la.close();
            assertThat(observer.availableMemory()).isEqualTo(before);
        }
    }

    @Test
    void isKeptForTheSameSize() {
        try (Backend backend = open(Map.of()); Backend observer = open(Map.of())) {
            Buffer first = backend.allocate(MEGABYTE);
            long with = observer.availableMemory();
            backend.release(first);
            assertThat(observer.availableMemory()).isEqualTo(with);
            assertThat(backend.availableMemory()).isEqualTo(with + 4L * MEGABYTE);
            Buffer second = backend.allocate(MEGABYTE);
            assertThat(observer.availableMemory()).isEqualTo(with);
            Buffer third = backend.allocate(MEGABYTE);
            assertThat(observer.availableMemory()).isEqualTo(with - 4L * MEGABYTE);
            backend.release(second);
            backend.release(third);
        }
    }

    @Test
    void isGivenBackForAnotherSizeWhenItRunsShort() {
        try (LinearAlgebra la = new LinearAlgebra("cuda", open(Map.of()))) {
            la.release(la.allocate(35, MEGABYTE));
            Matrix other = la.allocate(36, MEGABYTE);
            la.fill(other, 1);
            assertThat(la.reduce(Kernel.sum(Expr.input(0)), other))
                    .isEqualTo(36.0 * MEGABYTE);
        }
    }

    @Test
    void saysWhatIsMissing() {
        try (LinearAlgebra la = new LinearAlgebra("cuda", open(Map.of()))) {
            assertThatThrownBy(() -> la.requireMemory(1L << 32, "The problem", List.of("less")))
                    .isInstanceOf(AltminException.class)
                    .hasMessageContaining("The problem needs 4.0 GiB of memory on the backend 'cuda', and 0.3 GiB are "
                            + "free");
            assertThatThrownBy(() -> la.allocate(1 << 15, 1 << 15)).isInstanceOf(AltminException.class)
                    .hasMessageContaining("needs 4.0 GiB more memory, and 0.3 GiB are free");
            assertThat(la.toArray(la.allocate(2, 2))).containsOnly(0);
        }
    }

    @Test
    void leaksAreReportedWithTheirPlaceIfAskedFor() {
        List<LogRecord> log = new ArrayList<>();
        Handler handler = new Handler() {
            @Override
            public void publish(LogRecord entry) {
                log.add(entry);
            }

            @Override
            public void flush() {
                // Nothing is held back.
            }

            @Override
            public void close() {
                // Nothing is open.
            }
        };
        Logger logger = Logger.getLogger("org.altmin.linalg.cuda");
        logger.addHandler(handler);
        logger.setUseParentHandlers(false);
        try {
            leak(Map.of());
            assertThat(log).isEmpty();
            leak(Map.of("leaks", "on"));
            assertThat(log).hasSize(1);
            assertThat(log.get(0).getMessage()).startsWith("24 bytes of device memory were not released");
            assertThat(log.get(0).getThrown().getStackTrace()).anyMatch(frame -> frame.getMethodName().equals("leak"));
        } finally {
            logger.removeHandler(handler);
            logger.setUseParentHandlers(true);
        }
    }

    private static void leak(Map<String, String> settings) {
        try (LinearAlgebra la = new LinearAlgebra("cuda", open(settings))) {
            la.release(la.allocate(7, 7));
            la.allocate(2, 3);
        }
    }

    @Test
    void saysThatADeviceCannotBeUsedAndHoldsNothingOfIt() {
        try (Backend first = open(Map.of())) {
            long before = first.availableMemory();
            Buffer large = first.allocate(MEGABYTE * 127L / 2);
            long left = first.availableMemory();
            assertThatThrownBy(() -> open(Map.of())).isInstanceOf(AltminException.class)
                    .hasMessage("Device 0 (Simulated device) cannot be used (CUBLAS_STATUS_ALLOC_FAILED); see with "
                            + "nvidia-smi whether other programs fill its memory or keep it to themselves, or take "
                            + "another with the setting 'device'.");
            assertThat(first.availableMemory()).isEqualTo(left);
            first.release(large);
            assertThat(first.availableMemory()).isEqualTo(before);
        }
        open(Map.of()).close();
    }

    @Test
    void refusesADeviceThatIsNotThere() {
        assertThatThrownBy(() -> open(Map.of("device", "1"))).isInstanceOf(AltminException.class)
                .hasMessageContaining("no device 1");
    }

    private static Backend open(Map<String, String> settings) {
        return new CudaProvider().open(new LinearAlgebraOptions(Precision.FLOAT32, 1, settings));
    }

    private static double[] identity(int order) {
        double[] result = new double[order * order];
        for (int i = 0; i < order; i++) {
            result[i * (order + 1)] = 1;
        }
        return result;
    }
}

package org.altmin.gpucheck;

import java.util.Locale;
import java.util.function.Consumer;
import org.altmin.linalg.Backends;
import org.altmin.linalg.LinearAlgebraOptions;
import org.altmin.linalg.Precision;
import org.altmin.linalg.spi.Availability;
import org.altmin.linalg.spi.Backend;
import org.altmin.linalg.spi.LinearAlgebraProvider;

/** Whether the judged backend is available, and what it runs on. */
final class Device {

    static final String CHECK = "backend is available";

    private Device() {
    }

    static void run(Consumer<Row> rows) {
        LinearAlgebraProvider provider = Backends.installed().stream()
                .filter(installed -> installed.name().equals(Judged.name())).findFirst()
                .orElseThrow(() -> new IllegalStateException("there is no backend " + Judged.name()));
        if (provider.availability() instanceof Availability.Unavailable missing) {
            rows.accept(Row.failed(CHECK, "yes", "The backend '" + provider.name() + "' is not available: "
                    + missing.reason() + ". " + missing.remedy()));
            return;
        }
        Backend backend = provider.open(LinearAlgebraOptions.of(Precision.FLOAT32));
        rows.accept(Row.judged(CHECK, "yes", backend.description(), true));
        rows.accept(Row.figure("free memory", gibibytes(backend.availableMemory())));
        backend.close();
    }

    static String gibibytes(double bytes) {
        return String.format(Locale.ROOT, "%.2f GiB", bytes / (1 << 30));
    }
}

package org.altmin.linalg;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.ServiceLoader;
import org.altmin.linalg.spi.Availability;
import org.altmin.linalg.spi.LinearAlgebraProvider;
import org.altmin.linalg.spi.Registry;

/** The installed linear-algebra backends. */
public final class Backends {

    /** Takes the available backend of the highest rank. */
    public static final String AUTO = "auto";

    /**
     * A provider that can be opened, and why it was taken.
     *
     * @param reason a sentence for the log
     */
    public record Choice(LinearAlgebraProvider provider, String reason) {

        public LinearAlgebra open(LinearAlgebraOptions options) {
            return new LinearAlgebra(provider.name(), provider.open(options));
        }
    }

    private Backends() {
    }

    /** Those on the module path or class path, the highest rank first. */
    public static List<LinearAlgebraProvider> installed() {
        return registry().all().stream()
                .sorted(Comparator.comparingInt(LinearAlgebraProvider::rank).reversed()
                        .thenComparing(LinearAlgebraProvider::name))
                .toList();
    }

    /** Opens {@link #choose(String)}. */
    public static LinearAlgebra open(String name, LinearAlgebraOptions options) {
        return choose(name).open(options);
    }

    /**
     * @param name a provider's name, or {@link #AUTO}
     * @throws AltminException if there is no such provider, or it is not available: with reason and remedy
     */
    public static Choice choose(String name) {
        if (name.equals(AUTO)) {
            return chooseHighestRanked();
        }
        LinearAlgebraProvider provider = registry().get(name);
        if (provider.availability() instanceof Availability.Unavailable missing) {
            throw new AltminException("The backend '" + name + "' is not available: " + missing.reason() + ". "
                    + missing.remedy());
        }
        return new Choice(provider, "backend '" + name + "', as asked");
    }

    private static Choice chooseHighestRanked() {
        List<String> skipped = new ArrayList<>();
        for (LinearAlgebraProvider provider : installed()) {
            if (provider.availability() instanceof Availability.Unavailable missing) {
                skipped.add("'" + provider.name() + "' is not available (" + missing.reason() + ")");
            } else {
                String reason = "backend '" + provider.name() + "', the fastest available";
                return new Choice(provider, skipped.isEmpty() ? reason : reason + "; " + String.join("; ", skipped));
            }
        }
        throw new AltminException("No linear-algebra backend is available: "
                + (skipped.isEmpty() ? "none is installed" : String.join("; ", skipped))
                + ". Put the jar altmin-linalg-cpu on the path: it works everywhere.");
    }

    private static Registry<LinearAlgebraProvider> registry() {
        return Registry.of("backend", ServiceLoader.load(LinearAlgebraProvider.class));
    }
}

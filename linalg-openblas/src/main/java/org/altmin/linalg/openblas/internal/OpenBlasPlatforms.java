package org.altmin.linalg.openblas.internal;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The platforms for which Bytedeco publishes OpenBLAS. */
final class OpenBlasPlatforms {

    private static final String PROJECT = "openblas";

    private OpenBlasPlatforms() {
    }

    /** If there is one for this operating system and processor, as Java names them. */
    static Optional<Platform> of(String system, String architecture) {
        String os = system.toLowerCase(Locale.ROOT);
        boolean arm = architecture.equals("aarch64") || architecture.equals("arm64");
        boolean x86 = architecture.equals("amd64") || architecture.equals("x86_64");
        if (os.startsWith("linux")) {
            return arm ? Optional.of(linuxArm()) : x86 ? Optional.of(linuxX86()) : Optional.empty();
        } else if (os.startsWith("mac")) {
            return arm ? Optional.of(macArm()) : x86 ? Optional.of(macX86()) : Optional.empty();
        } else if (os.startsWith("windows") && x86) {
            return Optional.of(new Platform(PROJECT, "windows-x86_64", "libopenblas.dll", List.of(), List.of()));
        }
        return Optional.empty();
    }

    /** libgfortran does not look beside itself for libquadmath, so the process must have it already. */
    private static Platform linuxX86() {
        return new Platform(PROJECT, "linux-x86_64", "libopenblas.so.0",
                List.of("libquadmath.so.0", "libgfortran.so.5"), List.of("libgcc_s.so.1"));
    }

    private static Platform linuxArm() {
        return new Platform(PROJECT, "linux-arm64", "libopenblas.so.0", List.of("libgfortran.so.5"),
                List.of("libgcc_s.so.1"));
    }

    /** On macOS every library looks beside itself. */
    private static Platform macX86() {
        return new Platform(PROJECT, "macosx-x86_64", "libopenblas.0.dylib", List.of(),
                List.of("libgfortran.5.dylib", "libquadmath.0.dylib", "libgcc_s.1.1.dylib"));
    }

    private static Platform macArm() {
        return new Platform(PROJECT, "macosx-arm64", "libopenblas.0.dylib", List.of(), List.of());
    }
}

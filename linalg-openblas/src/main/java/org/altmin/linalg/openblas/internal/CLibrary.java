package org.altmin.linalg.openblas.internal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The system's C library, which for Bytedeco's libraries must be glibc 2.34 or newer on Linux. */
public final class CLibrary {

    private CLibrary() {
    }

    /**
     * Up to glibc 2.33 {@code libc.so.6} is a link to a file whose name holds the version; systems on musl lack it.
     *
     * @return what the system has in place of a new glibc
     */
    public static Optional<String> unsuitable(Platform platform, Path root) {
        if (!platform.isLinux()) {
            return Optional.empty();
        }
        String processor = platform.processor();
        for (String folder : List.of("lib/" + processor + "-linux-gnu", "lib64", "lib")) {
            Path library = root.resolve(folder).resolve("libc.so.6");
            if (Files.exists(library)) {
                return oldGlibc(library);
            }
        }
        Path musl = root.resolve("lib/ld-musl-" + processor + ".so.1");
        return Files.exists(musl) ? Optional.of("musl") : Optional.empty();
    }

    private static Optional<String> oldGlibc(Path library) {
        try {
            String name = library.toRealPath().getFileName().toString();
            boolean versioned = name.startsWith("libc-2.") && name.endsWith(".so");
            return versioned ? Optional.of("glibc " + name.substring(5, name.length() - 3)) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty(); // The system's loader will judge.
        }
    }
}

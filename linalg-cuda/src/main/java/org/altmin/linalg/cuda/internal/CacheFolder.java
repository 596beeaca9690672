package org.altmin.linalg.cuda.internal;

import java.io.IOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * altmin's cache: the folder that the system property {@value #PROPERTY} names, or {@code altmin} in
 * {@code XDG_CACHE_HOME}, or {@code ~/.cache/altmin}.
 */
final class CacheFolder {

    static final String PROPERTY = "altmin.cache";

    private CacheFolder() {
    }

    static Path path() {
        String named = System.getProperty(PROPERTY, "");
        if (!named.isBlank()) {
            return Path.of(named).toAbsolutePath();
        }
        String shared = System.getenv("XDG_CACHE_HOME");
        boolean usable = shared != null && !shared.isBlank() && Path.of(shared).isAbsolute();
        Path base = usable ? Path.of(shared) : Path.of(System.getProperty("user.home"), ".cache");
        return base.resolve("altmin");
    }

    /** Writes beside the file and then moves, so that processes that start together do not disturb each other. */
    static void write(Path file, byte[] content) throws IOException {
        Files.createDirectories(file.getParent());
        Path part = Files.createTempFile(file.getParent(), file.getFileName().toString(), ".part");
        try {
            Files.write(part, content);
            try {
                Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } catch (AtomicMoveNotSupportedException e) {
                Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
            }
        } finally {
            Files.deleteIfExists(part);
        }
    }
}

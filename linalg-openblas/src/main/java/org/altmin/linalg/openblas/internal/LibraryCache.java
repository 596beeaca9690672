package org.altmin.linalg.openblas.internal;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URL;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import org.altmin.linalg.AltminException;
import org.altmin.linalg.openblas.internal.LibraryLocation.Bundled;

/**
 * The folder in which libraries out of jars become files. A file is written beside its place and then moved there, so
 * that processes that start together do not disturb each other; one that is there is used if its length and CRC-32 are
 * right, and replaced if not.
 */
public final class LibraryCache {

    /** System property that names altmin's cache folder. */
    public static final String PROPERTY = "altmin.cache";

    private final Path folder;

    LibraryCache(Path folder) {
        this.folder = folder;
    }

    public static LibraryCache of(Host host) {
        String named = host.property(PROPERTY);
        if (!named.isBlank()) {
            return new LibraryCache(Path.of(named).toAbsolutePath());
        }
        String shared = host.variable("XDG_CACHE_HOME");
        boolean usable = !shared.isBlank() && Path.of(shared).isAbsolute();
        Path base = usable ? Path.of(shared) : Path.of(host.property("user.home"), ".cache");
        return new LibraryCache(base.resolve("altmin"));
    }

    Path folder() {
        return folder;
    }

    /** @throws AltminException if the folder cannot be written, or the jar cannot be read */
    public LibraryFiles extract(Bundled bundled) {
        Platform platform = bundled.platform();
        try {
            String key = platform.classifier() + "-" + Content.of(bundled.resource()).key();
            Path target = Files.createDirectories(folder.resolve("natives").resolve(platform.project() + "-" + key));
            List<Path> before = extract(bundled, platform.before(), target);
            List<Path> beside = extract(bundled, platform.beside(), target);
            Path library = extract(bundled.resource(), target.resolve(platform.library()));
            return new LibraryFiles(before, beside, library);
        } catch (IOException e) {
            throw new AltminException(platform.library() + " cannot be unpacked into " + folder + " (" + e + "); make "
                    + "room for it (space, permission, ulimit -f), or name another folder with the Java option -D"
                    + PROPERTY + "=<folder>, for the command altmin in ALTMIN_OPTS, or take backend=cpu.", e);
        }
    }

    private static List<Path> extract(Bundled bundled, List<String> names, Path target) throws IOException {
        List<Path> files = new ArrayList<>();
        String library = bundled.resource().toString();
        String within = library.substring(0, library.length() - bundled.platform().library().length());
        for (String name : names) {
            files.add(extract(URI.create(within + name).toURL(), target.resolve(name)));
        }
        return files;
    }

    private static Path extract(URL resource, Path target) throws IOException {
        Content content = Content.of(resource);
        if (content.isIn(target)) {
            return target;
        }
        Path part = Files.createTempFile(target.getParent(), target.getFileName().toString(), ".part");
        try {
            try (InputStream in = Content.open(resource)) {
                Files.copy(in, part, StandardCopyOption.REPLACE_EXISTING);
            }
            if (!content.isIn(part)) {
                throw new IOException("what was written to " + part + " is not what " + resource + " holds");
            }
            move(part, target, content);
        } finally {
            Files.deleteIfExists(part);
        }
        return target;
    }

    private static void move(Path part, Path target, Content content) throws IOException {
        try {
            Files.move(part, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(part, target, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            // Windows does not replace a library that another process has loaded; then that process wrote it.
            if (!content.isIn(target)) {
                throw e;
            }
        }
    }
}

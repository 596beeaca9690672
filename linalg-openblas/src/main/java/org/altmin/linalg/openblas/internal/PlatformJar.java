package org.altmin.linalg.openblas.internal;

import java.io.File;
import java.io.IOException;
import java.lang.module.FindException;
import java.lang.module.ModuleFinder;
import java.lang.module.ModuleReader;
import java.lang.module.ModuleReference;
import java.net.URI;
import java.net.URL;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The library in the jar of a platform: on the class path, in a resolved module, or in a module of the module path or
 * the run-time image that nobody required. Because of the last no {@code --add-modules} is needed.
 */
final class PlatformJar {

    private PlatformJar() {
    }

    static Optional<URL> find(Platform platform) {
        String name = platform.resource(platform.library());
        URL loaded = PlatformJar.class.getClassLoader().getResource(name);
        if (loaded != null) {
            return Optional.of(loaded);
        }
        return Stream.of(modulePath(), ModuleFinder.ofSystem())
                .flatMap(finder -> in(finder, platform.module(), name).stream())
                .findFirst();
    }

    /** A jar that cannot be read is as good as none: the search goes on. */
    private static Optional<URL> in(ModuleFinder finder, String module, String resource) {
        try {
            Optional<ModuleReference> reference = finder.find(module);
            if (reference.isEmpty()) {
                return Optional.empty();
            }
            try (ModuleReader reader = reference.get().open()) {
                Optional<URI> found = reader.find(resource);
                return found.isEmpty() ? Optional.empty() : Optional.of(found.get().toURL());
            }
        } catch (FindException | IOException e) {
            return Optional.empty();
        }
    }

    private static ModuleFinder modulePath() {
        List<String> entries = List.of(System.getProperty("jdk.module.path", "").split(File.pathSeparator));
        return ModuleFinder.of(entries.stream().filter(entry -> !entry.isEmpty()).map(Path::of).toArray(Path[]::new));
    }
}

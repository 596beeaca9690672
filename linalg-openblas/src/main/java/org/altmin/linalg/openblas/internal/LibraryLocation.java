package org.altmin.linalg.openblas.internal;

import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Where OpenBLAS is, or why it is nowhere. */
public sealed interface LibraryLocation {

    /** Of the jars. */
    JarVersion JAR = JarVersion.read(LibraryLocation.class.getResourceAsStream("jars.properties"), "openblas");

    /** System property that names a shared library to use in place of the one in the platform's jar. */
    String LIBRARY_PROPERTY = "altmin.openblas.library";

    /** Environment variable with the same meaning. */
    String LIBRARY_VARIABLE = "ALTMIN_OPENBLAS_LIBRARY";

    /** What to do on a platform for which there is no jar. */
    String OWN_LIBRARY = "Install an OpenBLAS for this system and name its shared library with -D" + LIBRARY_PROPERTY
            + "=<file>; or use backend=cpu.";

    /** A file that the user named. */
    record Named(Path file) implements LibraryLocation {
    }

    /** A resource of the platform's jar. */
    record Bundled(Platform platform, URL resource) implements LibraryLocation {
    }

    /** Neither. */
    record Missing(String reason, String remedy) implements LibraryLocation {
    }

    /** Looks, and neither writes nor loads anything. */
    static LibraryLocation find(Host host) {
        String property = host.property(LIBRARY_PROPERTY);
        if (!property.isBlank()) {
            return named("the system property " + LIBRARY_PROPERTY, property);
        }
        String variable = host.variable(LIBRARY_VARIABLE);
        if (!variable.isBlank()) {
            return named("the environment variable " + LIBRARY_VARIABLE, variable);
        }
        String system = host.property("os.name");
        String architecture = host.property("os.arch");
        Optional<Platform> platform = OpenBlasPlatforms.of(system, architecture);
        if (platform.isEmpty()) {
            return new Missing("there is no OpenBLAS jar for " + system + " on " + architecture, OWN_LIBRARY);
        }
        return bundled(platform.get(), host);
    }

    private static LibraryLocation named(String by, String name) {
        Path file = Path.of(name).toAbsolutePath();
        return Files.isRegularFile(file)
                ? new Named(file)
                : new Missing(by + " names " + file + ", which is not a file",
                        "Name the OpenBLAS shared library itself, such as /usr/lib/x86_64-linux-gnu/libopenblas.so.0.");
    }

    private static LibraryLocation bundled(Platform platform, Host host) {
        Optional<URL> resource = host.resources().apply(platform);
        if (resource.isEmpty()) {
            return new Missing("the OpenBLAS jar for " + platform.classifier()
                    + " is neither on the class path nor on the module path",
                    "Add the jar org.bytedeco:openblas:" + JAR + ":" + platform.classifier()
                            + ", or name a shared library with -D" + LIBRARY_PROPERTY + "=<file>.");
        }
        Optional<String> old = CLibrary.unsuitable(platform, host.root());
        if (old.isPresent()) {
            return new Missing("the OpenBLAS jar needs glibc 2.34 or newer, and this system has " + old.get(),
                    OWN_LIBRARY);
        }
        return new Bundled(platform, resource.get());
    }
}

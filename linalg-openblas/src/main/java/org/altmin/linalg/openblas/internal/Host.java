package org.altmin.linalg.openblas.internal;

import java.net.URL;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * What the search for native libraries looks at.
 *
 * @param properties system properties; null where there is none of that name
 * @param variables environment variables; null where there is none of that name
 * @param resources the library in the jar of a platform
 * @param root root of the file system in which the system's C library is
 */
public record Host(UnaryOperator<String> properties, UnaryOperator<String> variables,
        Function<Platform, Optional<URL>> resources, Path root) {

    public static Host current() {
        return new Host(System::getProperty, System::getenv, PlatformJar::find, Path.of("/"));
    }

    public String property(String name) {
        String value = properties.apply(name);
        return value == null ? "" : value;
    }

    public String variable(String name) {
        String value = variables.apply(name);
        return value == null ? "" : value;
    }
}

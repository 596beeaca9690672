package org.altmin.linalg.openblas;

import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.altmin.linalg.openblas.internal.Host;

/** A machine as a test wants it. */
final class FakeHost {

    private final Map<String, String> properties = new HashMap<>();
    private final Map<String, String> variables = new HashMap<>();
    private final Path root;
    private boolean jar = true;

    FakeHost(Path root, String system, String architecture) {
        this.root = root;
        properties.put("os.name", system);
        properties.put("os.arch", architecture);
    }

    FakeHost property(String name, Object value) {
        properties.put(name, value.toString());
        return this;
    }

    FakeHost variable(String name, Object value) {
        variables.put(name, value.toString());
        return this;
    }

    FakeHost withoutJar() {
        jar = false;
        return this;
    }

    OpenBlasProvider provider() {
        return new OpenBlasProvider(new Host(properties::get, variables::get,
                platform -> jar ? Optional.of(library(platform.library())) : Optional.empty(), root));
    }

    private static URL library(String name) {
        try {
            return URI.create("jar:file:///nowhere.jar!/" + name).toURL();
        } catch (MalformedURLException e) {
            throw new IllegalStateException(e);
        }
    }
}

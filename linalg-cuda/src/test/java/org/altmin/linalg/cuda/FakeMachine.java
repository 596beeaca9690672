package org.altmin.linalg.cuda;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.altmin.linalg.cuda.internal.Machine;
import org.altmin.linalg.cuda.internal.Platform;

/** A machine as a test needs it. */
final class FakeMachine implements Machine {

    private final Set<String> libraries = new HashSet<>(Set.of("libcuda.so.1", "libcublas.so.12", "libnvrtc.so.12"));
    private String system = "Linux";
    private String architecture = "amd64";
    private int cuda = 12;
    private boolean bindings = true;
    private Driver driver = new Driver(12_040, List.of("GPU 0", "GPU 1"));
    private Throwable failure;

    private FakeMachine() {
    }

    static FakeMachine complete() {
        return new FakeMachine();
    }

    FakeMachine system(String os, String processor) {
        system = os;
        architecture = processor;
        return this;
    }

    FakeMachine cuda(int version) {
        cuda = version;
        return this;
    }

    FakeMachine withoutBindings() {
        bindings = false;
        return this;
    }

    FakeMachine without(String library) {
        libraries.remove(library);
        return this;
    }

    FakeMachine with(String library) {
        libraries.add(library);
        return this;
    }

    FakeMachine driver(int version, String... devices) {
        driver = new Driver(version, List.of(devices));
        return this;
    }

    FakeMachine failing(Throwable error) {
        failure = error;
        return this;
    }

    @Override
    public String name() {
        return system + " " + architecture;
    }

    @Override
    public Optional<Platform> platform() {
        return Platform.of(system, architecture, cuda);
    }

    @Override
    public boolean hasBindings(Platform platform) {
        return bindings;
    }

    @Override
    public Optional<Path> library(String fileName) {
        return libraries.contains(fileName) ? Optional.of(Path.of("/cuda", fileName)) : Optional.empty();
    }

    @Override
    public Driver driver(Platform platform) {
        if (failure instanceof Error error) {
            throw error;
        } else if (failure != null) {
            throw (RuntimeException) failure;
        }
        return driver;
    }

    @Override
    public void load(Platform platform) {
        throw new IllegalStateException("a fake has nothing to load");
    }
}

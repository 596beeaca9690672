package org.altmin.gpucheck;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * A part of the check, which has a process of its own: what fails, hangs or leaves the device unusable ends there.
 *
 * @param seconds the most it may take of {@value #MINUTES} minutes in all
 * @param alone whether it times something, so that nothing else may run meanwhile
 */
record Part(String name, int seconds, boolean alone, Work work) {

    /** What the seconds of all parts are meant for. */
    static final int MINUTES = 8;

    private static final int TOGETHER = 300;

    /** Gives rows. */
    interface Work {
        void run(Consumer<Row> rows) throws Exception;
    }

    /** Those that time something first. */
    static List<Part> all() {
        List<Part> parts = new ArrayList<>();
        parts.add(new Part("training", 90, true, Training::run));
        parts.add(new Part("speed", 90, true, Speed::run));
        parts.add(new Part("factorisations", 45, true, Factorisations::run));
        parts.add(new Part("host", 60, true, Training::runOnHost));
        parts.add(together("example", Example::run));
        parts.add(together("curves", Curves::run));
        parts.add(together("contract-solvers", Contracts::ofSolvers));
        parts.add(together("contract-activations", Contracts::ofActivations));
        parts.add(together("contract-losses", Contracts::ofLosses));
        parts.add(together("contract-regularizers", Contracts::ofRegularizers));
        for (String topic : Contracts.topics()) {
            parts.add(together("contract-backend-" + topic.toLowerCase(), rows -> Contracts.ofBackend(topic, rows)));
        }
        return parts;
    }

    /** Whether the backend can be used at all; the first part, in whose process the driver is asked. */
    static Part device() {
        return new Part("device", 60, true, Device::run);
    }

    private static Part together(String name, Work work) {
        return new Part(name, TOGETHER, false, work);
    }

    static Part named(String name) {
        return Stream.concat(Stream.of(device()), all().stream()).filter(part -> part.name().equals(name)).findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no part " + name));
    }
}

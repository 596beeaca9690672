package org.altmin.gpucheck;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * A part of the check, which has a process of its own: what fails, hangs or leaves the device unusable ends there.
 *
 * @param seconds the most it may take of {@value #MINUTES} minutes in all, or, if its turn is the last, beyond them
 */
record Part(String name, int seconds, Turn turn, Work work) {

    /** What the seconds of all parts are meant for. */
    static final int MINUTES = 8;

    private static final int TOGETHER_SECONDS = 300;

    /** When a part runs. */
    enum Turn {
        /** Before those that time nothing, with nothing beside it, since it times something. */
        ALONE,
        /** Beside others. */
        TOGETHER,
        /** After all others, with nothing beside it: a comparison, which judges nothing and takes no time from them. */
        LAST
    }

    /** Gives rows. */
    interface Work {
        void run(Consumer<Row> rows) throws Exception;
    }

    /** Those that time something first. */
    static List<Part> all() {
        List<Part> parts = new ArrayList<>();
        parts.add(new Part("training", 90, Turn.ALONE, Training::run));
        parts.add(new Part("speed", 90, Turn.ALONE, Speed::run));
        parts.add(new Part("factorisations", 45, Turn.ALONE, Factorisations::run));
        parts.add(new Part("host", 60, Turn.ALONE, Training::runOnHost));
        parts.add(together("example", Example::run));
        parts.add(together("curves", Curves::run));
        parts.add(together("contract-solvers", Contracts::ofSolvers));
        parts.add(together("contract-activations", Contracts::ofActivations));
        parts.add(together("contract-losses", Contracts::ofLosses));
        parts.add(together("contract-regularizers", Contracts::ofRegularizers));
        for (String topic : Contracts.topics()) {
            parts.add(together("contract-backend-" + topic.toLowerCase(), rows -> Contracts.ofBackend(topic, rows)));
        }
        parts.add(new Part("peer", 85, Turn.LAST, Peer::run));
        return parts;
    }

    /** The time that is given, of that which the seconds are meant for. */
    static double scale() {
        return Options.minutes() / MINUTES;
    }

    /** Whether its rows are of speeds. */
    boolean timed() {
        return turn != Turn.TOGETHER;
    }

    /** What became of it when it did not end well. */
    Row broken(String wanted, String why) {
        return turn == Turn.LAST ? Row.notMeasured(name, why) : Row.failed(name, wanted, why);
    }

    /** Whether the backend can be used at all; the first part, in whose process the driver is asked. */
    static Part device() {
        return new Part("device", 60, Turn.ALONE, Device::run);
    }

    private static Part together(String name, Work work) {
        return new Part(name, TOGETHER_SECONDS, Turn.TOGETHER, work);
    }

    static Part named(String name) {
        return Stream.concat(Stream.of(device()), all().stream()).filter(part -> part.name().equals(name)).findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no part " + name));
    }
}

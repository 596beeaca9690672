package org.altmin.gpucheck;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The system properties that the check is given; every part's process gets the same. */
final class Options {

    /** All of them, and those of the backend, begin so. */
    static final String PREFIX = "altmin.";

    private static final String CHECK = PREFIX + "check.";

    private Options() {
    }

    /** The backend that is judged. */
    static String backend() {
        return System.getProperty(CHECK + "backend", "cuda");
    }

    /** Whether to take sizes for a slow machine; figures are then of no use. */
    static boolean small() {
        return Boolean.getBoolean(CHECK + "small");
    }

    /** Folder of MNIST's four files. */
    static Optional<String> mnist() {
        return text("mnist");
    }

    /** Folder of the peer's driver and code. */
    static Optional<Path> peer() {
        return text("peer").map(Path::of);
    }

    /** The command that starts Python. */
    static String python() {
        return text("python").orElse("python3");
    }

    /** Where the caller lets libraries be looked for, without the folders added for altmin; empty if nowhere. */
    static Optional<String> libraryPath() {
        return text("library-path");
    }

    /** Folder for the table and the log. */
    static Optional<Path> out() {
        return text("out").map(Path::of);
    }

    /** Minutes for everything. */
    static double minutes() {
        return Double.parseDouble(text("minutes").orElse("8"));
    }

    /** The parts to run, by the beginning of their name; empty for all. */
    static List<String> parts() {
        return text("parts").map(list -> List.of(list.split(","))).orElse(List.of());
    }

    /** Parts at a time, of those that may run beside others. */
    static int atATime() {
        int processors = Runtime.getRuntime().availableProcessors();
        return Integer.parseInt(text("at-a-time").orElse(String.valueOf(Math.max(1, Math.min(8, processors / 2)))));
    }

    private static Optional<String> text(String name) {
        return Optional.ofNullable(System.getProperty(CHECK + name)).filter(value -> !value.isBlank());
    }
}

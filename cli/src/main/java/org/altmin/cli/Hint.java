package org.altmin.cli;

import java.nio.file.Path;
import org.altmin.core.experiment.TrainCommandLine;

/** Command lines that a user may type next, as the shell takes them. */
final class Hint {

    private Hint() {
    }

    /** {@code altmin WORDS}, with the name by which altmin was called. */
    static String command(String words) {
        return TrainCommandLine.quote(System.getProperty("altmin.command", "altmin")) + " " + words;
    }

    static String path(Path path) {
        return TrainCommandLine.quote(path.toString());
    }
}

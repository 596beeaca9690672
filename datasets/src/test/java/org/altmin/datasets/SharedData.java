package org.altmin.datasets;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** The folder with the real datasets, for the tests that need one. */
final class SharedData {

    private SharedData() {
    }

    /** Skips the test, saying why, where the dataset is not on this machine. */
    static Path folderWith(String dataset) {
        Path folder = Stream.of(System.getProperty("altmin.data"), System.getenv("ALTMIN_DATA"))
                .filter(value -> value != null && !value.isBlank()).findFirst().map(Path::of)
                .orElse(Path.of("..", "..", "shared", "data"));
        Assumptions.assumeTrue(Files.isDirectory(folder.resolve(dataset)), () -> "needs the real files in "
                + folder.resolve(dataset).toAbsolutePath().normalize()
                + "; set the system property altmin.data or the environment variable ALTMIN_DATA to the folder above");
        return folder;
    }
}

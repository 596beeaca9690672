package org.altmin.datasets.internal.location;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.altmin.core.settings.Setting;
import org.altmin.core.settings.Settings;
import org.altmin.linalg.AltminException;

/**
 * The folder of a dataset's files below what the user gave as {@code data-dir}.
 *
 * @param subfolders usual names below the given folder, in the order they are tried after the folder itself
 * @param files what must be there, for messages
 * @param source how to get the files, a clause for messages
 */
public record DataFolder(String dataset, List<String> subfolders, String files, String source) {

    public static final String SETTING = "data-dir";

    public DataFolder {
        subfolders = List.copyOf(subfolders);
    }

    public Setting setting() {
        return new Setting(SETTING, "", "folder that holds " + files + ", or the one above it");
    }

    /** Whether the user gave a folder. */
    public static boolean isGiven(Settings settings) {
        return !settings.text(SETTING).isBlank();
    }

    /**
     * The first of the given folder and its usual subfolders that holds what is looked for.
     *
     * @throws AltminException if no folder is given, it is not a folder, or nothing is found; the message says how to
     *         get the files and where to put them
     */
    public Path find(Settings settings, Predicate<Path> holds) {
        if (!isGiven(settings)) {
            throw new AltminException("The dataset '" + dataset + "' needs " + SETTING + "=FOLDER with " + files + "; "
                    + source + ".");
        }
        Path given = UserPath.of(settings, SETTING);
        if (!Files.isDirectory(given)) {
            throw new AltminException("There is no folder " + given.toAbsolutePath() + "; set " + SETTING
                    + " to the folder with " + files + ".");
        }
        Optional<Path> found = Optional.of(given).filter(holds)
                .or(() -> subfolders.stream().map(given::resolve).filter(holds).findFirst());
        return found.orElseThrow(() -> new AltminException("There is nothing of the dataset '" + dataset + "' in "
                + given.toAbsolutePath() + " nor in its subfolders " + String.join(", ", subfolders)
                + "; it should hold " + files + "; " + source + "."));
    }
}

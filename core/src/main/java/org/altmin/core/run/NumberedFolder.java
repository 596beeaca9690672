package org.altmin.core.run;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.altmin.core.internal.AtomicFiles;
import org.altmin.linalg.AltminException;

/** Folders {@code <name>-NNN} side by side: a new one never takes an existing one's place. */
public final class NumberedFolder {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]*");

    private NumberedFolder() {
    }

    /**
     * Creates the folder with the number after the largest there is.
     *
     * @param parent created if need be
     * @param name letters, digits, '.', '_' and '-'
     * @throws AltminException if the name has other characters, or the folder cannot be created
     */
    public static Path create(Path parent, String name) {
        if (!NAME.matcher(name).matches()) {
            throw new AltminException("The run's name '" + name + "' must begin with a letter or digit and have only "
                    + "letters, digits, '.', '_' and '-'.");
        }
        try {
            Files.createDirectories(parent);
            for (int number = largestNumber(parent, name) + 1; ; number++) {
                Path folder = parent.resolve(String.format(Locale.ROOT, "%s-%03d", name, number));
                if (claim(folder)) {
                    return folder;
                }
            }
        } catch (IOException e) {
            throw AtomicFiles.failure(parent, e);
        }
    }

    private static boolean claim(Path folder) throws IOException {
        try {
            Files.createDirectory(folder);
            return true;
        } catch (FileAlreadyExistsException e) {
            return false;
        }
    }

    private static int largestNumber(Path parent, String name) throws IOException {
        Pattern numbered = Pattern.compile(Pattern.quote(name) + "-(\\d{3,9})");
        try (Stream<Path> entries = Files.list(parent)) {
            return entries.map(entry -> numbered.matcher(entry.getFileName().toString())).filter(Matcher::matches)
                    .mapToInt(matcher -> Integer.parseInt(matcher.group(1))).max().orElse(0);
        }
    }
}

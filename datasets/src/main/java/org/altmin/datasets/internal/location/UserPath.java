package org.altmin.datasets.internal.location;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.altmin.core.settings.Settings;

/** Paths as users write them: a leading {@code ~/} is the home folder, since shells leave it alone after an '='. */
public final class UserPath {

    private UserPath() {
    }

    /** @throws org.altmin.linalg.AltminException if the setting's value is not a path on this system */
    public static Path of(Settings settings, String name) {
        String text = settings.text(name).strip();
        try {
            return text.startsWith("~/") ? Path.of(System.getProperty("user.home"), text.substring(2)) : Path.of(text);
        } catch (InvalidPathException e) {
            throw settings.invalid(name, "a path");
        }
    }
}

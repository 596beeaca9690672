package org.altmin.datasets.internal.location;

import java.nio.file.Path;
import org.altmin.core.settings.Setting;
import org.altmin.core.settings.Settings;

/** The user's folder for downloaded datasets. */
public final class CacheFolder {

    private static final String NAME = "cache-dir";

    private CacheFolder() {
    }

    public static Setting setting() {
        return new Setting(NAME, "", "folder for downloaded files; if empty, altmin/datasets in XDG_CACHE_HOME, "
                + "or else in ~/.cache");
    }

    public static Path of(Settings settings) {
        if (!settings.text(NAME).isBlank()) {
            return UserPath.of(settings, NAME);
        }
        return of(System.getenv("XDG_CACHE_HOME"), System.getProperty("user.home"));
    }

    /** The XDG base directory specification says to ignore a relative path. */
    static Path of(String xdgCacheHome, String home) {
        boolean usable = xdgCacheHome != null && !xdgCacheHome.isBlank() && Path.of(xdgCacheHome).isAbsolute();
        Path base = usable ? Path.of(xdgCacheHome) : Path.of(home, ".cache");
        return base.resolve("altmin").resolve("datasets");
    }
}

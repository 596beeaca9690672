package org.altmin.core.run;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/** Which altmin this is. */
public final class AltminVersion {

    private AltminVersion() {
    }

    /** Such as "0.1.0". */
    public static String current() {
        try (InputStream in = AltminVersion.class.getResourceAsStream("version.properties")) {
            Properties properties = new Properties();
            properties.load(in);
            return properties.getProperty("version");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

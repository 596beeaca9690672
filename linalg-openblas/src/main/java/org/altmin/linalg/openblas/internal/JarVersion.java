package org.altmin.linalg.openblas.internal;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.Properties;

/**
 * The version of a jar that a module is built with, which the build writes into its {@code jars.properties}.
 *
 * @param text such as {@code 0.3.31-1.5.13}
 */
public record JarVersion(String text) {

    /** @param properties the module's; closed here */
    public static JarVersion read(InputStream properties, String artifact) {
        try (properties) {
            Properties versions = new Properties();
            versions.load(properties);
            return new JarVersion(Objects.requireNonNull(versions.getProperty(artifact), artifact));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Of the library in a jar of Bytedeco's, whose own version follows it: such as {@code 0.3.31}. */
    public String library() {
        return text.split("-", 2)[0];
    }

    @Override
    public String toString() {
        return text;
    }
}

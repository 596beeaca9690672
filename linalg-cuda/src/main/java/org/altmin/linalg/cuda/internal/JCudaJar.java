package org.altmin.linalg.cuda.internal;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/** The jar of JCuda that this module is built with; nothing of it is loaded. */
final class JCudaJar {

    /** As the build writes it, such as {@code 12.6.0}; its native half has the same. */
    static final String VERSION = version();

    private JCudaJar() {
    }

    private static String version() {
        try (InputStream in = JCudaJar.class.getResourceAsStream("jars.properties")) {
            Properties jars = new Properties();
            jars.load(in);
            return jars.getProperty("jcuda");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

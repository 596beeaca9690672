package org.altmin.linalg.openblas.internal;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.JarURLConnection;
import java.net.URL;
import java.net.URLConnection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;

/** Length and CRC-32 of a file's content. */
record Content(long length, long crc) {

    /** A jar knows them, so that nothing is unpacked. */
    static Content of(URL resource) throws IOException {
        URLConnection connection = uncached(resource);
        if (connection instanceof JarURLConnection inJar) {
            try (JarFile jar = inJar.getJarFile()) {
                JarEntry entry = jar.getJarEntry(inJar.getEntryName());
                return new Content(entry.getSize(), entry.getCrc());
            }
        }
        try (InputStream in = connection.getInputStream()) {
            return of(in);
        }
    }

    static InputStream open(URL resource) throws IOException {
        return uncached(resource).getInputStream();
    }

    boolean isIn(Path file) throws IOException {
        if (!Files.isRegularFile(file) || Files.size(file) != length) {
            return false;
        }
        try (InputStream in = Files.newInputStream(file)) {
            return of(in).equals(this);
        }
    }

    /** A name for it. */
    String key() {
        return Long.toHexString(length) + "-" + Long.toHexString(crc);
    }

    private static Content of(InputStream in) throws IOException {
        CheckedInputStream checked = new CheckedInputStream(in, new CRC32());
        long length = checked.transferTo(OutputStream.nullOutputStream());
        return new Content(length, checked.getChecksum().getValue());
    }

    /** So that no jar stays open. */
    private static URLConnection uncached(URL resource) throws IOException {
        URLConnection connection = resource.openConnection();
        connection.setUseCaches(false);
        return connection;
    }
}

package org.altmin.linalg.cuda.internal;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Compiled code on disk, by a hash of all that it depends on: source, options and the compiler's version. A file that
 * was cut off or altered is no hit: it begins with a hash of the rest. A folder that cannot be written only costs time.
 */
final class ImageCache {

    private static final Logger LOGGER = Logger.getLogger("org.altmin.linalg.cuda");
    private static final int HASH_BYTES = 32;

    private final Path folder;

    ImageCache(Path folder) {
        this.folder = folder;
    }

    static String key(String source, List<String> options, String compiler) {
        return HexFormat.of().formatHex(hash((compiler + "\n" + options + "\n" + source)
                .getBytes(StandardCharsets.UTF_8)));
    }

    Optional<byte[]> read(String key) {
        try {
            byte[] content = Files.readAllBytes(folder.resolve(key));
            if (content.length <= HASH_BYTES) {
                return Optional.empty();
            }
            byte[] image = Arrays.copyOfRange(content, HASH_BYTES, content.length);
            boolean whole = Arrays.equals(Arrays.copyOf(content, HASH_BYTES), hash(image));
            return whole ? Optional.of(image) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    void write(String key, byte[] image) {
        byte[] content = Arrays.copyOf(hash(image), HASH_BYTES + image.length);
        System.arraycopy(image, 0, content, HASH_BYTES, image.length);
        try {
            CacheFolder.write(folder.resolve(key), content);
        } catch (IOException e) {
            LOGGER.log(Level.FINE, e, () -> "compiled kernels are not kept: " + folder + " cannot be written");
        }
    }

    private static byte[] hash(byte[] content) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(content);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}

package org.altmin.datasets.format;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.altmin.datasets.internal.download.Sha256;
import org.altmin.linalg.AltminException;

/**
 * A file in the IDX format of the MNIST distribution, unsigned bytes only, plain or compressed with gzip: two zero
 * bytes, the type 8, the number of dimensions, each dimension as a big-endian 32-bit integer, then the values, the last
 * dimension fastest.
 *
 * @param sha256 of the unpacked content, in lower-case hexadecimal
 */
public record IdxFile(Path file, int[] dimensions, byte[] values, String sha256) {

    private static final int UNSIGNED_BYTES = 0x08;
    private static final int GZIP_FIRST = 0x1f;
    private static final int GZIP_SECOND = 0x8b;
    /** Deflate turns at most this many bytes into one. */
    private static final int DEFLATE_LIMIT = 1032;

    /**
     * @param dimensions how many the file must have: 3 for images, 1 for labels
     * @throws AltminException if the file is missing, is not such a file, or is longer or shorter than its header says
     */
    public static IdxFile read(Path file, int dimensions) {
        MessageDigest digest = Sha256.digest();
        try (InputStream packed = new BufferedInputStream(Files.newInputStream(file))) {
            boolean compressed = isGzip(packed);
            long limit = Files.size(file) * (compressed ? DEFLATE_LIMIT : 1);
            InputStream unpacked = compressed ? new GZIPInputStream(packed, 1 << 16) : packed;
            return read(file, dimensions, limit, new DigestInputStream(unpacked, digest), digest);
        } catch (NoSuchFileException e) {
            throw new AltminException("There is no file " + file + ".", e);
        } catch (ZipException e) {
            throw new AltminException(file + " is damaged: its gzip data cannot be unpacked (" + e.getMessage()
                    + "); copy or download it again.", e);
        } catch (EOFException e) {
            throw new AltminException(file + " is cut off: its gzip data ends early; copy or download it again.", e);
        } catch (IOException e) {
            throw new AltminException(file + " cannot be read: " + e + "; check the file and its permissions.", e);
        }
    }

    /** Elements along the first dimension: images or labels. */
    public int count() {
        return dimensions[0];
    }

    /** Values of one element of the first dimension: pixels of an image, 1 for a label. */
    public int valuesEach() {
        return Arrays.stream(dimensions).skip(1).reduce(1, (a, b) -> a * b);
    }

    private static boolean isGzip(InputStream in) throws IOException {
        in.mark(2);
        boolean gzip = in.read() == GZIP_FIRST && in.read() == GZIP_SECOND;
        in.reset();
        return gzip;
    }

    private static IdxFile read(Path file, int dimensions, long limit, InputStream in, MessageDigest digest)
            throws IOException {
        int[] sizes = readHeader(file, dimensions, in);
        long promised = 1;
        for (int size : sizes) {
            promised = size < 0 || promised > Integer.MAX_VALUE ? Long.MAX_VALUE : promised * size;
        }
        String shape = Arrays.stream(sizes).mapToObj(Integer::toUnsignedString).collect(Collectors.joining(" x "));
        if (promised == 0) {
            throw new AltminException(file + " is empty: its header says " + shape
                    + " values; use a file with at least one sample.");
        }
        if (promised > Math.min(limit, Integer.MAX_VALUE - 8)) {
            throw new AltminException(file + " is cut off or damaged: its header says " + shape
                    + " values, more than the file can hold; copy or download it again.");
        }
        byte[] values = new byte[(int) promised];
        int found = readFully(in, values);
        if (found < values.length) {
            throw new AltminException(file + " is cut off: its header says " + shape + " values, which are "
                    + values.length + " bytes, but there are " + found + "; copy or download it again.");
        }
        if (in.read() >= 0) {
            throw new AltminException(file + " goes on after the " + shape + " values that its header says; "
                    + "copy or download it again.");
        }
        return new IdxFile(file, sizes, values, HexFormat.of().formatHex(digest.digest()));
    }

    private static int[] readHeader(Path file, int dimensions, InputStream in) throws IOException {
        int expected = UNSIGNED_BYTES << 8 | dimensions;
        try {
            DataInputStream header = new DataInputStream(in);
            int magic = header.readInt();
            if (magic != expected) {
                throw new AltminException(file + " begins with the number " + Integer.toUnsignedString(magic)
                        + " instead of " + expected + ", so it is not an IDX file of unsigned bytes in " + dimensions
                        + (dimensions == 1 ? " dimension" : " dimensions")
                        + "; check that image and label files are not mixed up.");
            }
            int[] sizes = new int[dimensions];
            for (int i = 0; i < dimensions; i++) {
                sizes[i] = header.readInt();
            }
            return sizes;
        } catch (EOFException e) {
            throw new AltminException(file + " is cut off: it ends within its header of " + 4 * (dimensions + 1)
                    + " bytes; copy or download it again.", e);
        }
    }

    private static int readFully(InputStream in, byte[] target) throws IOException {
        int found = 0;
        try {
            while (found < target.length) {
                int read = in.read(target, found, target.length - found);
                if (read < 0) {
                    break;
                }
                found += read;
            }
        } catch (EOFException e) {
            return found;
        }
        return found;
    }
}

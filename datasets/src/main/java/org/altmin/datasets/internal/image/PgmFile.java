package org.altmin.datasets.internal.image;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.altmin.linalg.AltminException;

/**
 * A binary grey image in the portable graymap format (P5) with up to 256 levels.
 *
 * @param pixels row by row, 0 … levels − 1
 */
public record PgmFile(int width, int height, byte[] pixels) {

    private static final int MOST_PIXELS = 1 << 26;

    /** @throws AltminException if it is not such a file, or is cut off */
    public static PgmFile read(Path file) {
        try {
            ByteArrayInputStream in = new ByteArrayInputStream(Files.readAllBytes(file));
            if (in.read() != 'P' || in.read() != '5') {
                throw damaged(file, "it does not begin with P5");
            }
            int width = number(file, in);
            int height = number(file, in);
            int brightest = number(file, in);
            long size = (long) width * height;
            if (size == 0 || size > MOST_PIXELS || brightest < 1 || brightest > 255) {
                throw damaged(file, "its header says " + width + " x " + height + " pixels up to " + brightest);
            }
            byte[] pixels = in.readAllBytes();
            if (pixels.length != size) {
                throw damaged(file, "its header says " + width + " x " + height + " pixels, but there are "
                        + pixels.length);
            }
            return new PgmFile(width, height, pixels);
        } catch (IOException e) {
            throw new AltminException(file + " cannot be read: " + e + "; check the file and its permissions.", e);
        }
    }

    /** The mean brightness over each cell of a grid of {@code side} x {@code side} over the image, row by row. */
    public double[] averaged(int side) {
        double[] cells = new double[side * side];
        double cellWidth = (double) width / side;
        double cellHeight = (double) height / side;
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                int value = pixels[y * width + x] & 0xFF;
                for (int row = (int) (y / cellHeight); row < side && row * cellHeight < y + 1; row++) {
                    double rowShare = overlap(y, row, cellHeight);
                    for (int column = (int) (x / cellWidth); column < side && column * cellWidth < x + 1; column++) {
                        cells[row * side + column] += value * rowShare * overlap(x, column, cellWidth);
                    }
                }
            }
        }
        return cells;
    }

    /** The part of a cell that pixel number {@code pixel} covers, along one axis. */
    private static double overlap(int pixel, int cell, double size) {
        double from = Math.max(pixel, cell * size);
        double to = Math.min(pixel + 1, (cell + 1) * size);
        return Math.max(0, to - from) / size;
    }

    /** A number of the header, after blanks and comments, with the one blank that follows it. */
    private static int number(Path file, ByteArrayInputStream in) {
        int c = in.read();
        while (c == '#' || Character.isWhitespace(c)) {
            if (c == '#') {
                while (c != '\n' && c >= 0) {
                    c = in.read();
                }
            }
            c = in.read();
        }
        int value = 0;
        int digits = 0;
        while (c >= '0' && c <= '9' && digits < 8) {
            value = 10 * value + c - '0';
            digits++;
            c = in.read();
        }
        if (digits == 0 || !Character.isWhitespace(c)) {
            throw damaged(file, "its header is not three numbers");
        }
        return value;
    }

    private static AltminException damaged(Path file, String why) {
        return new AltminException(file + " is not a grey image in the binary PGM format: " + why
                + "; copy it again or remove it.");
    }
}

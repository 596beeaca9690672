package org.altmin.datasets;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.altmin.datasets.format.IdxBytes;

/** Small made files in the formats of the published datasets. */
public final class MadeFiles {

    /** Numbers of the PTB ECG files' columns. */
    static final int BEAT = 187;

    private MadeFiles() {
    }

    /** 20 training and 10 test images of 28 x 28. */
    public static void idx(Path folder) {
        IdxBytes.write(folder, "train-images-idx3-ubyte", IdxBytes.images(20, 28, 28, 0));
        IdxBytes.write(folder, "train-labels-idx1-ubyte", IdxBytes.labels(IntStream.range(0, 20).map(i -> i % 10)
                .toArray()));
        IdxBytes.write(folder, "t10k-images-idx3-ubyte", IdxBytes.images(10, 28, 28, 3));
        IdxBytes.write(folder, "t10k-labels-idx1-ubyte", IdxBytes.labels(IntStream.range(0, 10).toArray()));
    }

    /** 12 samples of 2 features and 3 classes. */
    public static void csv(Path folder) {
        write(folder, "table.csv", "width,height,kind\n" + IntStream.range(0, 12)
                .mapToObj(i -> i * 0.5 + "," + (20 - i * i) + "," + (char) ('a' + i % 3) + "\n")
                .collect(Collectors.joining()));
    }

    /** 2 records per batch, the k-th record of label k mod 10 with pixels of that value. */
    public static void cifar10(Path folder) {
        for (int batch = 0; batch < 6; batch++) {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            for (int record = 2 * batch; record < 2 * batch + 2; record++) {
                out.write(record % 10);
                for (int i = 0; i < 3072; i++) {
                    out.write(record);
                }
            }
            IdxBytes.write(folder, batch == 5 ? "test_batch.bin" : "data_batch_" + (batch + 1) + ".bin",
                    out.toByteArray());
        }
    }

    /** 4 normal and 8 abnormal beats. */
    public static void ptbEcg(Path folder) {
        write(folder, "ptbdb_normal.csv", IntStream.range(0, 4).mapToObj(i -> beat(i, 0))
                .collect(Collectors.joining()));
        write(folder, "ptbdb_abnormal.csv", IntStream.range(4, 12).mapToObj(i -> beat(i, 1))
                .collect(Collectors.joining()));
    }

    /** A line of 187 values, all i/16, and the label, written as in the published files. */
    static String beat(int i, int label) {
        return (String.format(Locale.ROOT, "%.18e", i / 16.0) + ",").repeat(BEAT)
                + String.format(Locale.ROOT, "%.18e", (double) label) + "\n";
    }

    /** 9 complete records and 2 incomplete ones; latitude of the epicentre and intensity count up from 1. */
    public static void earthquake(Path folder) {
        String header = "YEAR,MONTH,DAY,HOUR,MINUTE,SECOND,UTC_CONV,U/G,EQ_LAT,EQ_LONG,MAG,DEPTH(km),EPI_DIST(km),"
                + "CITY_LAT,CITY_LONG,MMI,STATE,CITY,DATA_SOURCE\n";
        String complete = IntStream.rangeClosed(1, 9)
                .mapToObj(i -> "1949,4,13,11,55,,-8,,4" + i + ".1,-122.6,7.1,70," + i + ",47,-12" + i + ".5," + i
                        + ",WA,\"TOWN, " + i + "\",H\n")
                .collect(Collectors.joining());
        String incomplete = "1949,4,13,11,55,,-8,,47.1,-122.6,,70,9,47,-121,5,WA,NO MAGNITUDE,H\n"
                + "1949,4,13,11,55,,-8,,47.1,-122.6,7.1,70,9,47,-121,,WA,NO INTENSITY,H\n";
        write(folder, "eqint_tsqp.csv", header + complete + incomplete);
    }

    /** 3 people with 4 images each of 6 x 4 pixels, and files that are to be left out. */
    public static void yaleB(Path folder) {
        for (int person = 1; person <= 3; person++) {
            try {
                Path images = Files.createDirectories(folder.resolve("yaleB0" + person));
                for (int image = 0; image < 4; image++) {
                    IdxBytes.write(images, "yaleB0" + person + "_P0" + image + ".pgm", pgm(6, 4, 10 * person + image));
                }
                write(images, "yaleB0" + person + "_P04.pgm.bad", "damaged");
                write(images, "yaleB0" + person + "_P00_Ambient.pgm", "another size");
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** An image whose pixels count up from {@code start} in steps of 3. */
    public static byte[] pgm(int width, int height, int start) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(("P5\n# made\n" + width + " " + height + "\n255\n").getBytes(US_ASCII));
        for (int i = 0; i < width * height; i++) {
            out.write(start + 3 * i);
        }
        return out.toByteArray();
    }

    static Path write(Path folder, String name, String text) {
        try {
            return Files.writeString(folder.resolve(name), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

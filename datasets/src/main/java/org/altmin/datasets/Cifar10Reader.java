package org.altmin.datasets;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.altmin.core.data.ByteTable;
import org.altmin.core.data.Dataset;
import org.altmin.core.data.DatasetReader;
import org.altmin.core.data.Preprocessing;
import org.altmin.core.data.Samples;
import org.altmin.core.data.Targets;
import org.altmin.core.settings.Setting;
import org.altmin.core.settings.Settings;
import org.altmin.datasets.internal.location.DataFolder;
import org.altmin.linalg.AltminException;

/**
 * CIFAR-10 of A. Krizhevsky in its binary version: records of one label byte and 3,072 pixel bytes, 32 x 32 red, then
 * green, then blue. 50,000 training and 10,000 test images as in the paper of Zeng, Lau, Lin and Yao (BCD), which names
 * no preprocessing; pixels 0 … 255 are divided by 255.
 */
public final class Cifar10Reader implements DatasetReader {

    private static final int PIXELS = 3 * 32 * 32;
    private static final int RECORD = 1 + PIXELS;
    private static final double WHITE = 255;
    private static final String TEST = "test_batch.bin";
    private static final List<String> TRAIN = IntStream.rangeClosed(1, 5).mapToObj(i -> "data_batch_" + i + ".bin")
            .toList();
    private static final List<String> CLASSES = List.of("airplane", "automobile", "bird", "cat", "deer", "dog", "frog",
            "horse", "ship", "truck");
    private static final DataFolder FOLDER = new DataFolder("cifar10",
            List.of("cifar10", "cifar-10", "cifar-10-batches-bin", "cifar10/cifar-10-batches-bin",
                    "cifar-10/cifar-10-batches-bin"),
            "the files data_batch_1.bin to data_batch_5.bin and test_batch.bin",
            "unpack the archive 'CIFAR-10 binary version' of https://www.cs.toronto.edu/~kriz/cifar.html there");

    @Override
    public String name() {
        return "cifar10";
    }

    @Override
    public String description() {
        return "photographs of ten kinds of things, 32 x 32 colour, 50,000 + 10,000 (Krizhevsky), from data-dir";
    }

    @Override
    public List<Setting> settings() {
        return List.of(FOLDER.setting());
    }

    @Override
    public Dataset read(Settings settings, long seed) {
        Path folder = FOLDER.find(settings, candidate -> Files.exists(candidate.resolve(TEST))
                || Files.exists(candidate.resolve(TRAIN.get(0))));
        return new Dataset(name(), read(folder, TRAIN), read(folder, List.of(TEST)), Preprocessing.scale(WHITE),
                "the files in " + folder.toAbsolutePath());
    }

    private static Samples read(Path folder, List<String> names) {
        List<byte[]> batches = names.stream().map(name -> read(folder.resolve(name))).toList();
        int samples = batches.stream().mapToInt(batch -> batch.length / RECORD).sum();
        byte[] pixels = new byte[Math.multiplyExact(samples, PIXELS)];
        int[] labels = new int[samples];
        int sample = 0;
        for (byte[] batch : batches) {
            for (int start = 0; start < batch.length; start += RECORD) {
                labels[sample] = batch[start];
                System.arraycopy(batch, start + 1, pixels, sample * PIXELS, PIXELS);
                sample++;
            }
        }
        return new Samples(new ByteTable(pixels, PIXELS), new Targets.Labels(labels, CLASSES));
    }

    private static byte[] read(Path file) {
        byte[] batch;
        try {
            if (!Files.exists(file)) {
                throw new AltminException("There is no file " + file + "; put " + String.join(", ", TRAIN) + " and "
                        + TEST + " into one folder.");
            }
            batch = Files.readAllBytes(file);
        } catch (IOException e) {
            throw new AltminException(file + " cannot be read: " + e + "; check the file and its permissions.", e);
        }
        if (batch.length == 0 || batch.length % RECORD != 0) {
            throw new AltminException(file + " is cut off or not of the binary version: it has " + batch.length
                    + " bytes, which is not a multiple of " + RECORD + "; unpack the archive again.");
        }
        IntStream.range(0, batch.length / RECORD).filter(i -> (batch[i * RECORD] & 0xFF) >= CLASSES.size())
                .findFirst().ifPresent(i -> {
                    throw new AltminException(file + " has the label " + (batch[i * RECORD] & 0xFF) + " in record " + i
                            + ", beyond 9; unpack the archive again.");
                });
        return batch;
    }
}

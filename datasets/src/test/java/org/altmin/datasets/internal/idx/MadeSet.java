package org.altmin.datasets.internal.idx;

import static org.altmin.datasets.format.IdxBytes.gzip;
import static org.altmin.datasets.format.IdxBytes.images;
import static org.altmin.datasets.format.IdxBytes.labels;

import java.nio.file.Path;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.altmin.core.data.Dataset;
import org.altmin.core.settings.Settings;
import org.altmin.datasets.format.IdxBytes;
import org.altmin.datasets.internal.download.Sha256;

/** A small published dataset: 4 training and 3 test images of 3 x 2. */
final class MadeSet {

    static final byte[] TRAIN_IMAGES = images(4, 3, 2, 0);
    static final byte[] TRAIN_LABELS = labels(0, 1, 2, 1);
    static final byte[] TEST_IMAGES = images(3, 3, 2, 100);
    static final byte[] TEST_LABELS = labels(2, 1, 0);

    static final PublishedSet SET = new PublishedSet("made", List.of("made", "Made/raw"), "http://localhost/", "1 KB",
            List.of("a", "b", "c"),
            new PublishedFile("train-images-idx3-ubyte", 3, sha256(TRAIN_IMAGES)),
            new PublishedFile("train-labels-idx1-ubyte", 1, sha256(TRAIN_LABELS)),
            new PublishedFile("t10k-images-idx3-ubyte", 3, sha256(TEST_IMAGES)),
            new PublishedFile("t10k-labels-idx1-ubyte", 1, sha256(TEST_LABELS)));

    private MadeSet() {
    }

    /** Packed files by name. */
    static Map<String, byte[]> packed() {
        Map<String, byte[]> files = new LinkedHashMap<>();
        files.put("train-images-idx3-ubyte.gz", gzip(TRAIN_IMAGES));
        files.put("train-labels-idx1-ubyte.gz", gzip(TRAIN_LABELS));
        files.put("t10k-images-idx3-ubyte.gz", gzip(TEST_IMAGES));
        files.put("t10k-labels-idx1-ubyte.gz", gzip(TEST_LABELS));
        return files;
    }

    static void write(Path folder) {
        packed().forEach((name, bytes) -> IdxBytes.write(folder, name, bytes));
    }

    static Dataset read(Map<String, String> given) {
        PublishedSetReader reader = new PublishedSetReader(SET);
        return reader.read(Settings.of("dataset 'made'", reader.settings(), given));
    }

    private static String sha256(byte[] bytes) {
        return HexFormat.of().formatHex(Sha256.digest().digest(bytes));
    }
}

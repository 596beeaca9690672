package org.altmin.datasets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.altmin.core.data.Dataset;
import org.altmin.core.data.Targets;
import org.altmin.datasets.format.IdxBytes;
import org.altmin.linalg.AltminException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class Cifar10ReaderTest {

    @TempDir
    private Path folder;

    @Test
    void readsTheBatchesInOrder() throws IOException {
        MadeFiles.cifar10(Files.createDirectories(folder.resolve("cifar-10-batches-bin")));
        Dataset dataset = read();
        Targets.Labels labels = (Targets.Labels) dataset.train().targets();
        assertThat(labels.values()).containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 8, 9);
        assertThat(labels.names()).startsWith("airplane").endsWith("truck");
        assertThat(((Targets.Labels) dataset.test().targets()).values()).containsExactly(0, 1);
        double[] image = new double[3072];
        dataset.test().features().read(1, 2, image);
        assertThat(image).containsOnly(11);
        dataset.preprocessing().apply(image, 3072, 1);
        assertThat(image).containsOnly(11 / 255.0);
    }

    @Test
    void refusesDamagedBatches() {
        MadeFiles.cifar10(folder);
        IdxBytes.write(folder, "data_batch_3.bin", new byte[3072]);
        assertRefused("data_batch_3.bin is cut off or not of the binary version: it has 3072 bytes");
        byte[] batch = new byte[2 * 3073];
        batch[3073] = 10;
        IdxBytes.write(folder, "data_batch_3.bin", batch);
        assertRefused("data_batch_3.bin has the label 10 in record 1, beyond 9");
    }

    @Test
    void saysWhatIsMissingAndWhereToGetIt() throws IOException {
        assertRefused("it should hold the files data_batch_1.bin to data_batch_5.bin and test_batch.bin; unpack the "
                + "archive 'CIFAR-10 binary version' of https://www.cs.toronto.edu/~kriz/cifar.html there.");
        MadeFiles.cifar10(folder);
        Files.delete(folder.resolve("data_batch_4.bin"));
        assertRefused("There is no file " + folder.resolve("data_batch_4.bin"));
        assertThatThrownBy(() -> new Cifar10Reader().read(Map.of(), 0)).isInstanceOf(AltminException.class)
                .hasMessageStartingWith("The dataset 'cifar10' needs data-dir=FOLDER");
    }

    private Dataset read() {
        return new Cifar10Reader().read(Map.of("data-dir", folder.toString()), 0);
    }

    private void assertRefused(String message) {
        assertThatThrownBy(this::read).isInstanceOf(AltminException.class).hasMessageContaining(message);
    }
}

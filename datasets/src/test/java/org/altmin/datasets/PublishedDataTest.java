package org.altmin.datasets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.altmin.core.data.Dataset;
import org.altmin.core.data.Datasets;
import org.altmin.core.data.Targets;
import org.altmin.linalg.AltminException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PublishedDataTest {

    @ParameterizedTest
    @CsvSource({"mnist, 5041921314, 7210414959, 5923", "fashion-mnist, 9003027255, 9211614657, 6000"})
    void readsTheRealFiles(String name, String trainLabels, String testLabels, int zeros) {
        Path folder = SharedData.folderWith(name);
        Dataset dataset = Datasets.installed().get(name).read(Map.of("data-dir", folder.toString()), 0);
        assertThat(dataset.origin()).startsWith("the published files, verified by sha256");
        assertThat(dataset.train().size()).isEqualTo(60_000);
        assertThat(dataset.test().size()).isEqualTo(10_000);
        assertThat(dataset.train().features().features()).isEqualTo(784);
        int[] labels = ((Targets.Labels) dataset.train().targets()).values();
        assertThat(first(labels)).isEqualTo(trainLabels);
        assertThat(first(((Targets.Labels) dataset.test().targets()).values())).isEqualTo(testLabels);
        assertThat(Arrays.stream(labels).filter(label -> label == 0)).hasSize(zeros);
    }

    @Test
    void refusesTheFilesOfTheOtherDataset() {
        Path folder = SharedData.folderWith("mnist").resolve("mnist");
        assertThatThrownBy(() -> new FashionMnistReader().read(Map.of("data-dir", folder.toString()), 0))
                .isInstanceOf(AltminException.class)
                .hasMessageContaining("is a file of the dataset 'mnist', not of 'fashion-mnist'");
    }

    private static String first(int[] labels) {
        StringBuilder digits = new StringBuilder();
        Arrays.stream(labels).limit(10).forEach(digits::append);
        return digits.toString();
    }
}

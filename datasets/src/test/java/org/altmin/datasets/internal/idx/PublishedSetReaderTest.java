package org.altmin.datasets.internal.idx;

import static org.altmin.datasets.format.IdxBytes.images;
import static org.altmin.datasets.format.IdxBytes.labels;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PublishedSetReaderTest {

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {".", "made", "Made/raw"})
    void findsTheFilesInTheUsualFolders(String below) throws IOException {
        MadeSet.write(Files.createDirectories(folder.resolve(below)));
        Dataset dataset = read();
        assertThat(dataset.name()).isEqualTo("made");
        assertThat(dataset.origin()).startsWith("the published files, verified by sha256");
        assertThat(dataset.train().size()).isEqualTo(4);
        assertThat(dataset.train().features().features()).isEqualTo(6);
        assertThat(((Targets.Labels) dataset.train().targets()).values()).containsExactly(0, 1, 2, 1);
        assertThat(((Targets.Labels) dataset.test().targets()).names()).containsExactly("a", "b", "c");
        double[] image = new double[6];
        dataset.test().features().read(1, 2, image);
        assertThat(image).containsExactly(106, 107, 108, 109, 110, 111);
        dataset.preprocessing().apply(image, 6, 1);
        assertThat(image[0]).isEqualTo(106 / 255.0);
    }

    @Test
    void acceptsDottedAndUnpackedNames() {
        IdxBytes.write(folder, "train-images.idx3-ubyte", MadeSet.TRAIN_IMAGES);
        IdxBytes.write(folder, "train-labels-idx1-ubyte", MadeSet.TRAIN_LABELS);
        IdxBytes.write(folder, "t10k-images.idx3-ubyte.gz", IdxBytes.gzip(MadeSet.TEST_IMAGES));
        IdxBytes.write(folder, "t10k-labels-idx1-ubyte.gz", IdxBytes.gzip(MadeSet.TEST_LABELS));
        assertThat(read().test().size()).isEqualTo(3);
    }

    @Test
    void saysWhichFilesAreNotThePublishedOnes() {
        MadeSet.write(folder);
        IdxBytes.write(folder, "train-images-idx3-ubyte", images(2, 3, 2, 7));
        IdxBytes.write(folder, "train-labels-idx1-ubyte", labels(0, 0));
        Dataset dataset = read();
        assertThat(dataset.train().size()).isEqualTo(2);
        assertThat(dataset.origin()).contains("of which these differ from the published ones: "
                + "train-images-idx3-ubyte (sha256 of the unpacked content ").contains("train-labels-idx1-ubyte")
                .doesNotContain("t10k");
    }

    @Test
    void refusesADifferentNumberOfLabels() {
        MadeSet.write(folder);
        IdxBytes.write(folder, "t10k-labels-idx1-ubyte", labels(0, 1));
        assertRefused("t10k-images-idx3-ubyte.gz holds 3 images, but ",
                "t10k-labels-idx1-ubyte holds 2 labels; take both from one source.");
    }

    @Test
    void refusesALabelBeyondTheLastClass() {
        MadeSet.write(folder);
        IdxBytes.write(folder, "train-labels-idx1-ubyte", labels(0, 1, 3, 1));
        assertRefused("train-labels-idx1-ubyte has the label 3 at position 2, beyond the last class 2");
    }

    @Test
    void refusesImagesOfDifferentSizes() {
        MadeSet.write(folder);
        IdxBytes.write(folder, "t10k-images-idx3-ubyte", images(3, 3, 3, 0));
        assertRefused("The training images have 3 x 2 pixels, but the test images 3 x 3");
    }

    @Test
    void namesAMissingFile() throws IOException {
        MadeSet.write(folder);
        Files.delete(folder.resolve("t10k-labels-idx1-ubyte.gz"));
        assertRefused("There is no t10k-labels-idx1-ubyte (plain or .gz) in " + folder);
    }

    @Test
    void saysWhatAFolderWithoutFilesShouldHold() {
        assertRefused("There is nothing of the dataset 'made' in " + folder,
                "nor in its subfolders made, Made/raw; it should hold the files train-images-idx3-ubyte",
                "set download=true to fetch them.");
    }

    @Test
    void refusesAFolderThatIsNotThere() {
        assertThatThrownBy(() -> MadeSet.read(Map.of("data-dir", folder.resolve("absent").toString())))
                .isInstanceOf(AltminException.class).hasMessageContaining("There is no folder");
    }

    @Test
    void namesThreeRemediesWithoutAnyFolder() {
        assertThatThrownBy(() -> MadeSet.read(Map.of("cache-dir", folder.toString())))
                .isInstanceOf(AltminException.class)
                .hasMessage("The dataset 'made' is not on this machine: set data-dir=FOLDER to where its four files "
                        + "are, or put them into " + folder.resolve("made")
                        + ", or set download=true to fetch them (1 KB) from http://localhost/.");
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void readsTheCacheWithoutBeingAsked() throws IOException {
        MadeSet.write(Files.createDirectories(folder.resolve("made")));
        assertThat(MadeSet.read(Map.of("cache-dir", folder.toString())).train().size()).isEqualTo(4);
    }

    @Test
    void refusesADamagedCache() throws IOException {
        Path cache = Files.createDirectories(folder.resolve("made"));
        MadeSet.write(cache);
        IdxBytes.write(cache, "train-images-idx3-ubyte.gz", IdxBytes.gzip(images(4, 3, 2, 1)));
        assertThatThrownBy(() -> MadeSet.read(Map.of("cache-dir", folder.toString())))
                .isInstanceOf(AltminException.class)
                .hasMessageStartingWith("The cache holds damaged files, train-images-idx3-ubyte.gz (sha256");
    }

    private Dataset read() {
        return MadeSet.read(Map.of("data-dir", folder.toString()));
    }

    private void assertRefused(String... parts) {
        assertThatThrownBy(this::read).isInstanceOf(AltminException.class).hasMessageContainingAll(parts);
    }
}

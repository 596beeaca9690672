package org.altmin.datasets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.altmin.core.data.Dataset;
import org.altmin.core.data.DoubleTable;
import org.altmin.core.data.Samples;
import org.altmin.core.data.Targets;
import org.altmin.datasets.format.IdxBytes;
import org.altmin.linalg.AltminException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class YaleBReaderTest {

    @TempDir
    private Path folder;

    @Test
    void takesHalfOfEachPersonsImages() throws IOException {
        MadeFiles.yaleB(Files.createDirectories(folder.resolve("CroppedYale")));
        Dataset dataset = read();
        for (Samples part : new Samples[] {dataset.train(), dataset.test()}) {
            Targets.Labels labels = (Targets.Labels) part.targets();
            assertThat(labels.names()).containsExactly("yaleB01", "yaleB02", "yaleB03");
            assertThat(labels.values()).containsExactly(0, 0, 1, 1, 2, 2);
        }
        assertThat(dataset.origin()).contains("12 images of 3 people");
    }

    @Test
    void standardisesEachImage() {
        MadeFiles.yaleB(folder);
        double[] pixels = ((DoubleTable) read().train().features()).values();
        assertThat(pixels).hasSize(6 * 1024);
        for (int image = 0; image < 6; image++) {
            double[] one = Arrays.copyOfRange(pixels, image * 1024, (image + 1) * 1024);
            assertThat(Arrays.stream(one).sum()).isCloseTo(0, within(1e-9));
            assertThat(Arrays.stream(one).map(x -> x * x).sum()).isCloseTo(1024, within(1e-9));
            assertThat(one[0]).isEqualTo(Arrays.stream(one).min().orElseThrow());
        }
    }

    @Test
    void saysWhatIsMissing() {
        assertRefused("it should hold the folders yaleB01 to yaleB39 with PGM images; get the cropped images");
    }

    @Test
    void refusesAnImageThatIsCutOff() throws IOException {
        MadeFiles.yaleB(folder);
        IdxBytes.write(folder.resolve("yaleB02"), "yaleB02_P01.pgm", IdxBytes.cut(MadeFiles.pgm(6, 4, 0), 1));
        assertRefused("yaleB02_P01.pgm is not a grey image in the binary PGM format: its header says 6 x 4 pixels, but "
                + "there are 23");
        Files.createDirectories(folder.resolve("yaleB00"));
        assertRefused("yaleB00 holds 0 images; put at least two there");
    }

    @Test
    void refusesASinglePerson() throws IOException {
        Path person = Files.createDirectories(folder.resolve("yaleB07"));
        IdxBytes.write(person, "yaleB07_P00.pgm", MadeFiles.pgm(2, 2, 0));
        assertRefused("holds one person only, yaleB07");
    }

    private Dataset read() {
        return new YaleBReader().read(Map.of("data-dir", folder.toString()), 0);
    }

    private void assertRefused(String message) {
        assertThatThrownBy(this::read).isInstanceOf(AltminException.class).hasMessageContaining(message);
    }
}

package org.altmin.datasets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.altmin.core.data.Dataset;
import org.altmin.core.data.Samples;
import org.altmin.core.data.Targets;
import org.altmin.linalg.AltminException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EarthquakeReaderTest {

    @TempDir
    private Path folder;

    @Test
    void takesSixFeaturesOfTheCompleteRecords() {
        MadeFiles.earthquake(folder);
        Dataset dataset = read("train", "6", "test", "3");
        assertThat(dataset.origin()).contains("9 complete records, 2 incomplete ones left out");
        double[] record = new double[6];
        for (Samples part : new Samples[] {dataset.train(), dataset.test()}) {
            Targets.Labels labels = (Targets.Labels) part.targets();
            assertThat(labels.names()).containsExactly("MMI 1-4", "MMI 5-12");
            for (int i = 0; i < part.size(); i++) {
                part.features().read(i, i + 1, record);
                int intensity = (int) record[0] - 40;
                assertThat(record).containsExactly(40 + intensity + 0.1, -122.6, 47, -120 - intensity - 0.5, 7.1, 70);
                assertThat(labels.values()[i]).isEqualTo(intensity <= 4 ? 0 : 1);
            }
        }
        assertThat(dataset.preprocessing().mean()).hasSize(6);
        assertThat(dataset.preprocessing().mean()[4]).isCloseTo(7.1, within(1e-12));
    }

    @Test
    void hasThePapersSizes() {
        MadeFiles.earthquake(folder);
        assertThatThrownBy(this::read).isInstanceOf(AltminException.class)
                .hasMessageContaining("has 9 complete records, fewer than train=4173 and test=4000 together");
    }

    @Test
    void namesColumnsThatAreNotThere() {
        MadeFiles.write(folder, "earthquake.csv", "lat,long,MMI\n1,2,3\n4,5,6\n");
        assertThatThrownBy(this::read).isInstanceOf(AltminException.class)
                .hasMessageContaining("has no column 'EQ_LAT'; it has 3: lat, long, MMI.");
        assertThat(read("features", "lat,2", "train", "1", "test", "1").train().size())
                .isEqualTo(1);
    }

    @Test
    void refusesAnIntensityBeyondTheScale() {
        MadeFiles.write(folder, "earthquake.csv", "lat,MMI\n1,3\n2,13\n");
        assertThatThrownBy(() -> read("features", "lat", "train", "1", "test", "1")).isInstanceOf(AltminException.class)
                .hasMessageContaining("line 3: the intensity 13 is not from 1 to 12");
    }

    @Test
    void saysWhereToGetTheFile() {
        assertThatThrownBy(this::read).isInstanceOf(AltminException.class)
                .hasMessageContaining("it should hold the file eqint_tsqp.csv or earthquake.csv; get the U.S.");
    }

    private Dataset read(String... settings) {
        Map<String, String> given = new HashMap<>(Map.of("data-dir", folder.toString()));
        for (int i = 0; i < settings.length; i += 2) {
            given.put(settings[i], settings[i + 1]);
        }
        return new EarthquakeReader().read(given, 0);
    }
}

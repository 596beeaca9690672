package org.altmin.datasets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.altmin.core.data.Dataset;
import org.altmin.core.data.Samples;
import org.altmin.core.data.Targets;
import org.altmin.linalg.AltminException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PtbEcgReaderTest {

    @TempDir
    private Path folder;

    @Test
    void splitsBothFilesTogether() {
        MadeFiles.ptbEcg(folder);
        Dataset dataset = read("7");
        assertThat(dataset.train().size()).isEqualTo(7);
        assertThat(dataset.test().size()).isEqualTo(5);
        assertThat(dataset.train().features().features()).isEqualTo(MadeFiles.BEAT);
        Set<Double> seen = new TreeSet<>();
        double[] beat = new double[MadeFiles.BEAT];
        for (Samples part : new Samples[] {dataset.train(), dataset.test()}) {
            Targets.Labels labels = (Targets.Labels) part.targets();
            assertThat(labels.names()).containsExactly("normal", "abnormal");
            for (int i = 0; i < part.size(); i++) {
                part.features().read(i, i + 1, beat);
                seen.add(beat[0]);
                assertThat(beat).containsOnly(beat[0]);
                assertThat(labels.values()[i]).isEqualTo(beat[0] < 4 / 16.0 ? 0 : 1);
            }
        }
        assertThat(seen).hasSize(12);
    }

    @Test
    void hasThePapersTrainingSize() {
        MadeFiles.ptbEcg(folder);
        assertThatThrownBy(() -> new PtbEcgReader().read(Map.of("data-dir", folder.toString()), 0))
                .isInstanceOf(AltminException.class).hasMessageContaining("There are 12 samples in")
                .hasMessageContaining("so train=7000 leaves none to test");
    }

    @Test
    void refusesMixedUpFiles() {
        MadeFiles.ptbEcg(folder);
        MadeFiles.write(folder, "ptbdb_normal.csv", MadeFiles.beat(0, 0) + MadeFiles.beat(1, 1));
        assertThatThrownBy(() -> read("7")).isInstanceOf(AltminException.class)
                .hasMessageContaining("ptbdb_normal.csv, line 2: the label is '1.000000000000000000e+00' instead of 0");
        MadeFiles.write(folder, "ptbdb_normal.csv", "0.5,0\n");
        assertThatThrownBy(() -> read("7")).isInstanceOf(AltminException.class)
                .hasMessageContaining("ptbdb_normal.csv has 1 values each, but ").hasMessageContaining("has 187");
    }

    @Test
    void saysWhereToGetTheFiles() {
        assertThatThrownBy(() -> read("7")).isInstanceOf(AltminException.class)
                .hasMessageContaining("it should hold the files ptbdb_normal.csv and ptbdb_abnormal.csv; get them as");
    }

    private Dataset read(String train) {
        return new PtbEcgReader().read(Map.of("data-dir", folder.toString(), "train", train), 0);
    }
}

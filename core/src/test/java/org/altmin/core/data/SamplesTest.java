package org.altmin.core.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

class SamplesTest {

    private static final int COUNT = 3000;

    private static Samples samples(int changedFeature, int changedLabel) {
        double[] features = DoubleStream.iterate(0, x -> x + 0.5).limit(2 * COUNT).toArray();
        int[] labels = new int[COUNT];
        if (changedFeature >= 0) {
            features[changedFeature] = -1;
        }
        if (changedLabel >= 0) {
            labels[changedLabel] = 1;
        }
        return new Samples(new DoubleTable(features, 2), new Targets.Labels(labels, List.of("a", "b")));
    }

    @Test
    void theChecksumTellsOtherSamples() {
        String checksum = samples(-1, -1).checksum();
        assertThat(checksum).matches("[0-9a-f]{8}").isEqualTo(samples(-1, -1).checksum());
        assertThat(samples(0, -1).checksum()).isNotEqualTo(checksum);
        assertThat(samples(2 * COUNT - 1, -1).checksum()).isNotEqualTo(checksum);
        assertThat(samples(-1, COUNT - 1).checksum()).isNotEqualTo(checksum);
    }

    @Test
    void theChecksumIsOfTheRangeAlone() {
        assertThat(samples(-1, -1).range(0, COUNT).checksum()).isEqualTo(samples(-1, -1).checksum());
        assertThat(samples(0, 0).range(1, 1500).checksum()).isEqualTo(samples(-1, -1).range(1, 1500).checksum());
        assertThat(samples(-1, -1).range(1, 1500).checksum()).isNotEqualTo(samples(-1, -1).range(0, 1499).checksum());
    }
}

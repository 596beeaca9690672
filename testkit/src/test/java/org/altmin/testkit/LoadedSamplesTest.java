package org.altmin.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.altmin.core.data.DoubleTable;
import org.altmin.core.data.Preprocessing;
import org.altmin.core.data.Samples;
import org.altmin.core.data.Targets;
import org.altmin.core.operator.TargetEncoding;
import org.altmin.core.train.LoadedSamples;
import org.altmin.linalg.AltminException;
import org.altmin.linalg.LinearAlgebra;
import org.altmin.linalg.Precision;
import org.altmin.testkit.reference.ReferenceProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class LoadedSamplesTest {

    private static final int COUNT = 1500;

    @Test
    void classesAreEncodedWithSmoothing() {
        try (LinearAlgebra la = ReferenceProvider.open(Precision.FLOAT64)) {
            Samples samples = new Samples(new DoubleTable(new double[] {1, 2, 3, 4}, 2),
                    new Targets.Labels(new int[] {2, 0}, List.of("a", "b", "c", "d")));
            LoadedSamples loaded = LoadedSamples.load(la, samples, Preprocessing.scale(2), TargetEncoding.signs(), 0.2);
            assertThat(la.toArray(loaded.inputs())).containsExactly(0.5, 1, 1.5, 2);
            assertThat(la.toArray(loaded.targets())).containsExactly(
                    new double[] {-0.9, -0.9, 0.7, -0.9, 0.7, -0.9, -0.9, -0.9}, within(1e-15));
        }
    }

    @ParameterizedTest
    @CsvSource({"FLOAT64, NaN", "FLOAT64, Infinity", "FLOAT32, -Infinity", "FLOAT32, 1e39"})
    void whatIsNotFiniteIsRefusedWithItsPlace(Precision precision, double value) {
        try (LinearAlgebra la = ReferenceProvider.open(precision)) {
            double[] features = new double[2 * COUNT];
            double[] targets = new double[3 * COUNT];
            features[2 * 1300 + 1] = value;
            assertThatThrownBy(() -> load(la, features, targets)).isInstanceOf(AltminException.class)
                    .hasMessageStartingWith("In sample 1300 the feature 1 is " + value);
            features[2 * 1300 + 1] = 0;
            targets[3 * 1100 + 2] = value;
            assertThatThrownBy(() -> load(la, features, targets)).isInstanceOf(AltminException.class)
                    .hasMessageStartingWith("In sample 1100 the target 2 is " + value);
        }
    }

    @ParameterizedTest
    @EnumSource(Precision.class)
    void valuesAreTakenAsTheyAre(Precision precision) {
        try (LinearAlgebra la = ReferenceProvider.open(precision)) {
            double[] features = new double[2 * COUNT];
            double[] targets = new double[3 * COUNT];
            targets[3 * COUNT - 1] = 7;
            features[2 * COUNT - 1] = precision == Precision.FLOAT64 ? 1e39 : 1e38;
            LoadedSamples loaded = load(la, features, targets);
            assertThat(la.toArray(loaded.targets())).containsExactly(targets);
            assertThat(loaded.size()).isEqualTo(COUNT);
        }
    }

    private static LoadedSamples load(LinearAlgebra la, double[] features, double[] targets) {
        return LoadedSamples.load(la, new Samples(new DoubleTable(features, 2), new Targets.Values(targets, 3)),
                Preprocessing.none(), TargetEncoding.values(), 0);
    }
}

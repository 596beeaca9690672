package org.altmin.core.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PreprocessingTest {

    private static final int COUNT = 3000;

    /** Sums of 0.1 are not 0.1 times their number, and the difference is no deviation. */
    @ParameterizedTest
    @ValueSource(doubles = {0, 0.1, -1.7, 1e-30, 3e20})
    void constantFeaturesBecomeZero(double constant) {
        double[] values = new double[COUNT];
        Arrays.fill(values, constant);
        Preprocessing preprocessing = Preprocessing.standardise(new DoubleTable(values, 1));
        double[] probe = {constant, constant + 1};
        preprocessing.apply(probe, 1, 2);
        assertThat(probe[0]).isZero();
        assertThat(probe[1]).isEqualTo(constant + 1 - constant);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 5, 1e8})
    void meanBecomesZeroAndVarianceOne(double offset) {
        Random random = new Random(4);
        double[] values = new double[2 * COUNT];
        Arrays.setAll(values, i -> i % 2 == 0 ? offset + random.nextGaussian() : 0.01 * random.nextGaussian() - offset);
        Preprocessing.standardise(new DoubleTable(values, 2)).apply(values, 2, COUNT);
        for (int feature = 0; feature < 2; feature++) {
            double sum = 0;
            double squares = 0;
            for (int i = feature; i < values.length; i += 2) {
                sum += values[i];
                squares += values[i] * values[i];
            }
            assertThat(sum / COUNT).isCloseTo(0, within(1e-15 * (1 + offset) * 100));
            assertThat(squares / COUNT).isCloseTo(1, within(1e-12));
        }
    }

    @Test
    void oneEntryHoldsForAllFeatures() {
        double[] values = {2, 4, 6};
        new Preprocessing(new double[] {1}, new double[] {2}).apply(values, 3, 1);
        assertThat(values).containsExactly(0.5, 1.5, 2.5);
    }
}

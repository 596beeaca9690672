package org.altmin.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;
import org.altmin.core.step.LayerInputs;
import org.altmin.core.step.Skyline;
import org.altmin.core.step.SkylineInputs;
import org.altmin.linalg.LinearAlgebra;
import org.altmin.linalg.Matrix;
import org.altmin.linalg.Precision;
import org.altmin.linalg.RandomStream;
import org.altmin.testkit.reference.Dense;
import org.altmin.testkit.reference.ReferenceProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SkylineInputsTest {

    private static final int FEATURES = 70;
    private static final int OUTPUTS = 3;

    private final LinearAlgebra la = ReferenceProvider.open(Precision.FLOAT64);
    private final RandomStream random = new RandomStream(5);

    @AfterEach
    void close() {
        la.close();
    }

    /** In one block, in three of which the last is smaller, and in more than are stored at a time. */
    @ParameterizedTest
    @ValueSource(ints = {1, 40, 8200, 16000})
    void productsAreThoseOfTheWholeMatrix(int samples) {
        Dense x = sparse(samples);
        SkylineInputs skyline = skyline(x);
        Dense order = Dense.zeros(1, samples);
        IntStream.range(0, samples).forEach(j -> order.set(0, j, j));
        int[] places = Arrays.stream(Dense.of(skyline.reorder(order.on(la))).values()).mapToInt(j -> (int) j).toArray();
        assertThat(IntStream.of(places).distinct().count()).isEqualTo(samples);
        Dense reordered = Dense.zeros(FEATURES, samples);
        for (int j = 0; j < samples; j++) {
            for (int i = 0; i < FEATURES; i++) {
                reordered.set(i, j, x.get(i, places[j]));
            }
        }
        LayerInputs plain = LayerInputs.of(la, reordered.on(la));
        assertThat(skyline.samples()).isEqualTo(samples);

        Matrix weight = gaussian(OUTPUTS, FEATURES);
        for (double beta : new double[] {0, 1, -0.5}) {
            Matrix z = gaussian(OUTPUTS, samples);
            Matrix expected = copy(z);
            skyline.multiply(weight, beta, z);
            plain.multiply(weight, beta, expected);
            assertClose(z, expected);

            Matrix residual = gaussian(OUTPUTS, samples);
            Matrix gradient = gaussian(OUTPUTS, FEATURES);
            Matrix expectedGradient = copy(gradient);
            skyline.multiplyTransposed(1.5, residual, beta, gradient);
            plain.multiplyTransposed(1.5, residual, beta, expectedGradient);
            assertClose(gradient, expectedGradient);
        }
        Matrix gram = gaussian(FEATURES, FEATURES);
        Matrix expectedGram = copy(gram);
        skyline.gram(gram);
        plain.gram(expectedGram);
        assertClose(gram, expectedGram);
        Matrix sum = gaussian(FEATURES, 1);
        Matrix expectedSum = copy(sum);
        skyline.sum(sum);
        plain.sum(expectedSum);
        assertClose(sum, expectedSum);
    }

    /** Three blocks of samples, each as high as its last sample. */
    @Test
    void storesNoMoreThanTheBlocksNeed() {
        int samples = 8200;
        Dense x = sparse(samples);
        Matrix inputs = x.on(la);
        Skyline skyline = Skyline.of(la, inputs).orElseThrow();
        long before = la.allocatedBytes();
        new SkylineInputs(la, inputs, OUTPUTS, skyline);
        long stored = la.allocatedBytes() - before - (long) OUTPUTS * FEATURES * Double.BYTES;
        int[] heights = sortedHeights(x);
        int size = 2734;
        long expected = (long) size * heights[size - 1] + (long) size * heights[2 * size - 1]
                + (long) (samples - 2 * size) * heights[samples - 1];
        assertThat(stored / Double.BYTES).isEqualTo(expected).isLessThan((long) (0.6 * FEATURES * samples));
    }

    /** One more than the last feature of each sample, features by falling number of samples. */
    private static int[] sortedHeights(Dense x) {
        long[] counts = new long[FEATURES];
        for (int j = 0; j < x.columns(); j++) {
            for (int i = 0; i < FEATURES; i++) {
                counts[i] += x.get(i, j) != 0 ? 1 : 0;
            }
        }
        Integer[] byCount = IntStream.range(0, FEATURES).boxed().toArray(Integer[]::new);
        Arrays.sort(byCount, Comparator.comparingLong(i -> -counts[i]));
        int[] heights = new int[x.columns()];
        for (int j = 0; j < x.columns(); j++) {
            for (int place = 0; place < FEATURES; place++) {
                heights[j] = x.get(byCount[place], j) != 0 ? place + 1 : heights[j];
            }
        }
        Arrays.sort(heights);
        return heights;
    }

    @Test
    void noSkylineWhereLittleWouldBeLeftOut() {
        assertThat(Skyline.of(la, Dense.drawn(FEATURES, 50, random::nextGaussian).on(la))).isEmpty();
        Dense x = Dense.drawn(20, 50, random::nextGaussian);
        IntStream.range(0, 50).forEach(j -> x.set(7, j, 0));
        assertThat(Skyline.of(la, x.on(la))).isEmpty();
        IntStream.range(0, 50).forEach(j -> x.set(8, j, 0));
        assertThat(Skyline.of(la, x.on(la))).isPresent();
    }

    @Test
    void samplesOfZerosAlone() {
        SkylineInputs skyline = skyline(Dense.zeros(FEATURES, 30));
        Matrix z = gaussian(OUTPUTS, 30);
        skyline.multiply(gaussian(OUTPUTS, FEATURES), 0, z);
        assertThat(la.toArray(z)).containsOnly(0);
        Matrix gradient = gaussian(OUTPUTS, FEATURES);
        skyline.multiplyTransposed(1, gaussian(OUTPUTS, 30), 0, gradient);
        assertThat(la.toArray(gradient)).containsOnly(0);
    }

    /** Feature i with a frequency of its own between 0 and 1/3, in no order. */
    private Dense sparse(int samples) {
        Dense x = Dense.zeros(FEATURES, samples);
        for (int j = 0; j < samples; j++) {
            for (int i = 0; i < FEATURES; i++) {
                double frequency = Math.pow(i * 29 % FEATURES / (double) FEATURES, 3) / 3;
                if (random.nextDouble() < frequency) {
                    x.set(i, j, random.nextGaussian());
                }
            }
        }
        return x;
    }

    private SkylineInputs skyline(Dense x) {
        Matrix inputs = x.on(la);
        return new SkylineInputs(la, inputs, OUTPUTS, Skyline.of(la, inputs).orElseThrow());
    }

    private Matrix gaussian(int rows, int columns) {
        return Dense.drawn(rows, columns, random::nextGaussian).on(la);
    }

    private Matrix copy(Matrix matrix) {
        return Dense.of(matrix).on(la);
    }

    private void assertClose(Matrix actual, Matrix expected) {
        assertThat(la.toArray(actual)).containsExactly(la.toArray(expected), within(1e-10));
    }
}

package org.altmin.datasets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import org.altmin.core.data.Dataset;
import org.altmin.core.data.DatasetReader;
import org.altmin.core.data.DoubleTable;
import org.altmin.core.data.Samples;
import org.altmin.core.data.Targets;
import org.altmin.linalg.AltminException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class FunctionReadersTest {

    static Stream<Arguments> tasks() {
        return Stream.of(
                task(new SquareReader(), 1, -1, 1, 0, x -> Math.pow(x[0], 2)),
                task(new ProductReader(), 2, -1, 1, 0, x -> x[0] * x[1]),
                task(new L1RadialReader(), 2, 0.75, 1.125, 0.01, x -> x[0] + x[1] - 1),
                task(new L2RadialReader(), 2, -1, 1, 0.01, x -> {
                    double t = Math.pow(Math.hypot(x[0], x[1]), 2);
                    return t > 1 ? 0 : Math.pow(1 - t, 5) * (8 * t * t + 5 * t + 1);
                }));
    }

    private static Arguments task(DatasetReader reader, int inputs, double from, double to, double noise,
            ToDoubleFunction<double[]> function) {
        return Arguments.of(reader, inputs, from, to, noise, function);
    }

    @ParameterizedTest
    @MethodSource("tasks")
    void hasThePapersSizesRangesAndNoise(DatasetReader reader, int inputs, double from, double to, double noise,
            ToDoubleFunction<double[]> function) {
        Dataset dataset = reader.read(Map.of(), 11);
        assertThat(dataset.train().size()).isEqualTo(1000);
        assertThat(dataset.test().size()).isEqualTo(1000);
        assertThat(dataset.train().targets().outputs()).isEqualTo(1);
        assertThat(meanSquaredNoise(dataset.test(), inputs, function)).isLessThan(1e-30);
        assertThat(meanSquaredNoise(dataset.train(), inputs, function)).isCloseTo(noise, within(0.15 * noise + 1e-30));
        double[] points = ((DoubleTable) dataset.train().features()).values();
        assertThat(points).hasSize(1000 * inputs);
        double width = to - from;
        assertThat(Arrays.stream(points).min().orElseThrow()).isBetween(from, from + 0.01 * width);
        assertThat(Arrays.stream(points).max().orElseThrow()).isBetween(to - 0.01 * width, to);
    }

    @ParameterizedTest
    @MethodSource("tasks")
    void takesSizesAndNoiseFromItsSettings(DatasetReader reader, int inputs, double from, double to, double noise,
            ToDoubleFunction<double[]> function) {
        Dataset dataset = reader.read(Map.of("train", "4000", "test", "7", "noise-variance", "0.1"), 12);
        assertThat(dataset.test().size()).isEqualTo(7);
        assertThat(meanSquaredNoise(dataset.train(), inputs, function)).isCloseTo(0.1, within(0.01));
        assertThatThrownBy(() -> reader.read(Map.of("noise-variance", "-1"), 1)).isInstanceOf(AltminException.class)
                .hasMessageContaining("noise-variance");
    }

    private static double meanSquaredNoise(Samples samples, int inputs, ToDoubleFunction<double[]> function) {
        double[] values = ((Targets.Values) samples.targets()).values();
        double[] point = new double[inputs];
        double sum = 0;
        for (int i = 0; i < values.length; i++) {
            samples.features().read(i, i + 1, point);
            sum += Math.pow(values[i] - function.applyAsDouble(point), 2);
        }
        return sum / values.length;
    }
}

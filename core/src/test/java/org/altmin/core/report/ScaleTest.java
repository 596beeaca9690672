package org.altmin.core.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScaleTest {

    private static List<String> labels(Scale scale) {
        return scale.ticks().stream().map(Scale.Tick::label).toList();
    }

    @Test
    void linearTicksAreRoundNumbers() {
        assertThat(labels(Scale.linear(0, 100, true))).containsExactly("0", "20", "40", "60", "80", "100");
        assertThat(labels(Scale.linear(0.62, 0.97, false)))
                .containsExactly("0.7", "0.8", "0.9");
        assertThat(labels(Scale.linear(-1, 1, false))).containsExactly("−1.0", "−0.5", "0.0", "0.5", "1.0");
        assertThat(labels(Scale.linear(0, 2e-9, false))).contains("0", "2 · 10⁻⁹");
    }

    @Test
    void iterationsHaveWholeTicks() {
        assertThat(labels(Scale.linear(0, 3, true))).containsExactly("0", "1", "2", "3");
        assertThat(labels(Scale.linear(0, 1, true))).containsExactly("0", "1");
    }

    @Test
    void logarithmicTicksAreDecades() {
        assertThat(labels(Scale.logarithmic(1e-6, 1e3))).containsExactly("10⁻⁶", "10⁻⁴", "0.01", "1", "100");
        assertThat(labels(Scale.logarithmic(0.004, 0.3))).containsExactly("0.005", "0.01", "0.02", "0.05", "0.1",
                "0.2");
        assertThat(Scale.logarithmic(1e-6, 1e-2).position(1e-4)).isCloseTo(0.5, within(1e-12));
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "5, 5", "-3, -3", "1e-300, 1e-300", "1e300, 1e300", "-1e308, 1e307", "1, 1.0000000001",
        "0, 1e-310"})
    void anyRangeHasAScale(double least, double most) {
        assertFits(Scale.linear(least, most, false), least, most);
        if (least > 0) {
            assertFits(Scale.logarithmic(least, most), least, most);
        }
    }

    private static void assertFits(Scale scale, double least, double most) {
        assertThat(scale.position(least)).isBetween(0.0, 1.0);
        assertThat(scale.position(most)).isBetween(0.0, 1.0);
        assertThat(scale.ticks().size()).isLessThan(20);
        Stream<Double> positions = scale.ticks().stream().map(tick -> scale.position(tick.value()));
        assertThat(positions).allSatisfy(position -> assertThat(position).isBetween(-1e-4, 1 + 1e-4));
    }
}

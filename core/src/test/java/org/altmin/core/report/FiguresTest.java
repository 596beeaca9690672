package org.altmin.core.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FiguresTest {

    @ParameterizedTest
    @CsvSource({"0, 0", "0.9876543, 0.9877", "12.5, 12.5", "123456.7, 123457", "1234567, 1.235 · 10⁶",
        "2.53e-9, 2.53 · 10⁻⁹", "-0.00012, −1.2 · 10⁻⁴", "NaN, –", "Infinity, ∞", "-Infinity, −∞"})
    void haveFourDigits(double value, String text) {
        assertThat(Figures.of(value)).isEqualTo(text);
    }

    @Test
    void countsAndMemory() {
        assertThat(Figures.count(1234567)).isEqualTo("1 234 567");
        assertThat(Figures.mebibytes(3 << 20)).isEqualTo("3 MiB");
        assertThat(Figures.count(Double.NaN)).isEqualTo("–");
    }
}

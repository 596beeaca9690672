package org.altmin.core.internal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PluralTest {

    @ParameterizedTest
    @CsvSource({"0, iterations", "1, iteration", "2, iterations", "4294967297, iterations"})
    void isOfAnyNumberButOne(long count, String expected) {
        assertThat(Plural.of("iteration", count)).isEqualTo(expected);
    }
}

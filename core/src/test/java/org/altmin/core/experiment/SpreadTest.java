package org.altmin.core.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SpreadTest {

    @Test
    void ofSeveralFigures() {
        Spread spread = Spread.of(2, 4, 9);
        assertThat(spread).isEqualTo(new Spread(3, 5, Math.sqrt(13), 2, 9));
    }

    @Test
    void ofOneOrNone() {
        assertThat(Spread.of(2)).isEqualTo(new Spread(1, 2, Double.NaN, 2, 2));
        assertThat(Spread.of()).isEqualTo(new Spread(0, Double.NaN, Double.NaN, Double.NaN, Double.NaN));
        assertThat(Spread.of(1, Double.NaN).highest()).isNaN();
    }
}

package org.altmin.core.step;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SignificantDigitsTest {

    @ParameterizedTest
    @CsvSource({"1e-6, 10, 1.0E-5, 1.0E-5", "0.7, 0.7, 0.49, 0.49", "1, 0.123456, 0.1235, 0.123456",
        "-1234567, 1, -1235000.0, -1234567.0", "0, 1, 0.0, 0.0", "3, 1e300, 3.0E300, 3.0E300"})
    void roundsWhatWasMultipliedUp(double start, double factor, String inMessage, String inName) {
        assertThat("" + SignificantDigits.forMessage(start * factor)).isEqualTo(inMessage);
        assertThat("" + SignificantDigits.forName(start * factor)).isEqualTo(inName);
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
    void leavesWhatIsNotFinite(Double value) {
        assertThat((Double) SignificantDigits.forMessage(value)).isEqualTo(value);
        assertThat((Double) SignificantDigits.forName(value)).isEqualTo(value);
    }
}

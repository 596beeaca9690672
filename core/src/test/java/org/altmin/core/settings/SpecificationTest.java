package org.altmin.core.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.altmin.linalg.AltminException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SpecificationTest {

    @ParameterizedTest
    @CsvSource(delimiter = ';', value = {"relu; relu", "' relu '; relu", "relu(); relu", "relu( ); relu",
            "leaky-relu(slope=0.1); leaky-relu(slope=0.1)",
            "elastic-net( l2 = 0.2 , l1=0.1 ); elastic-net(l1=0.1,l2=0.2)",
            "box(from=,to=1); box(from=,to=1)"})
    void parsesAndWrites(String text, String written) {
        assertThat(Specification.parse(text)).hasToString(written);
        assertThat(Specification.parse(written)).isEqualTo(Specification.parse(text));
    }

    @Test
    void keepsNameAndSettings() {
        Specification specification = Specification.parse("elastic-net(l1=0.1, l2=1e-3)");
        assertThat(specification.name()).isEqualTo("elastic-net");
        assertThat(specification.settings()).isEqualTo(Map.of("l1", "0.1", "l2", "1e-3"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"relu(", "relu(slope)", "relu(=1)", "relu(a=1", "relu(a=1)b"})
    void refusesOtherForms(String text) {
        assertThatThrownBy(() -> Specification.parse(text)).isInstanceOf(AltminException.class)
                .hasMessageContaining("'" + text + "'").hasMessageContaining("name(setting=value,...)");
    }

    @Test
    void refusesASettingGivenTwice() {
        assertThatThrownBy(() -> Specification.parse("relu(a=1, a=2)")).isInstanceOf(AltminException.class)
                .hasMessage("'relu(a=1, a=2)' gives the setting 'a' twice.");
    }
}

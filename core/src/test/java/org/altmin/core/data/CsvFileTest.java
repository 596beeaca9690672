package org.altmin.core.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.altmin.linalg.AltminException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CsvFileTest {

    @Test
    void aSeparatorIsOneCharacterOrTab() {
        assertThat(CsvFile.separator(";")).isEqualTo(';');
        assertThat(CsvFile.separator("tab")).isEqualTo('\t');
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "::", "TAB", "\"", "\n", "\r"})
    void anythingElseIsNone(String text) {
        assertThatThrownBy(() -> CsvFile.separator(text)).isInstanceOf(AltminException.class)
                .hasMessageContaining("one character").hasMessageEndingWith("or tab, not '" + text + "'.");
    }
}

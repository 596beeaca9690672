package org.altmin.core.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.altmin.linalg.AltminException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsTest {

    private enum Colour {
        RED,
        DARK_BLUE
    }

    private static final String OWNER = "solver 'toy'";
    private static final List<Setting> ACCEPTED = List.of(new Setting("rho", "0.5", "penalty"),
            new Setting("count", "3", "how many"), new Setting("colour", "red", "red or dark-blue"),
            new Setting("loud", "false", "whether"));

    @Test
    void fillsInDefaults() {
        Settings settings = settings("rho", "2");
        assertThat(settings.asMap()).containsExactly(Map.entry("rho", "2"), Map.entry("count", "3"),
                Map.entry("colour", "red"), Map.entry("loud", "false"));
        assertThat(settings.number("rho")).isEqualTo(2);
        assertThat(settings.integer("count", 0, 10)).isEqualTo(3);
        assertThat(settings.choice("colour", Colour.class)).isEqualTo(Colour.RED);
        assertThat(settings.flag("loud")).isFalse();
        assertThat(settings.text("colour")).isEqualTo("red");
    }

    @Test
    void refusesAKeyItsOwnerDoesNotHave() {
        assertThatThrownBy(() -> settings("rhoo", "2")).isInstanceOf(AltminException.class)
                .hasMessage("The solver 'toy' has no setting 'rhoo' (did you mean 'rho'?).");
        assertThatThrownBy(() -> settings("volume", "2")).isInstanceOf(AltminException.class)
                .hasMessage("The solver 'toy' has no setting 'volume'; it has colour, count, loud, rho.");
        assertThatThrownBy(() -> Settings.of(OWNER, List.of(), Map.of("x", "1"))).isInstanceOf(AltminException.class)
                .hasMessage("The solver 'toy' has no setting 'x'; it has none.");
    }

    @Test
    void refusesToReadWhatIsNotDeclared() {
        assertThatThrownBy(() -> settings("rho", "2").text("nu")).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("nu");
    }

    @ParameterizedTest
    @CsvSource({"1e-6, 1e-6", "-3, -3", "Infinity, Infinity", "0x1p-3, 0.125"})
    void readsNumbers(String text, double value) {
        assertThat(settings("rho", text).number("rho")).isEqualTo(value);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "abc", "1,5", "NaN"})
    void refusesWhatIsNoNumber(String text) {
        assertThatThrownBy(() -> settings("rho", text).number("rho")).isInstanceOf(AltminException.class)
                .hasMessage("The setting 'rho' of the solver 'toy' must be a number, not '" + text + "'.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "Infinity", "x"})
    void refusesWhatIsNotPositive(String text) {
        assertThatThrownBy(() -> settings("rho", text).positive("rho")).isInstanceOf(AltminException.class)
                .hasMessageContaining("'rho'").hasMessageContaining("not '" + text + "'");
        assertThat(settings("rho", "1e-300").positive("rho")).isEqualTo(1e-300);
    }

    @Test
    void refusesNumbersOutOfRange() {
        assertThat(settings("rho", "1").number("rho", 0, 1)).isEqualTo(1);
        assertThatThrownBy(() -> settings("rho", "1.1").number("rho", 0, 1)).isInstanceOf(AltminException.class)
                .hasMessageContaining("from 0.0 to 1.0").hasMessageContaining("'1.1'");
        assertThatThrownBy(() -> settings("rho", "-0.1").number("rho", 0, 1)).isInstanceOf(AltminException.class);
        assertThatThrownBy(() -> settings("rho", "-1").number("rho", 0, Double.MAX_VALUE))
                .isInstanceOf(AltminException.class).hasMessageContaining("at least 0.0, not '-1'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.5", "many", "0", "11", "99999999999"})
    void refusesWholeNumbersThatDoNotFit(String text) {
        assertThatThrownBy(() -> settings("count", text).integer("count", 1, 10)).isInstanceOf(AltminException.class)
                .hasMessageContaining("'count'").hasMessageContaining("a whole number")
                .hasMessageContaining("'" + text + "'");
    }

    @ParameterizedTest
    @CsvSource({"true, true", "on, true", "yes, true", "false, false", "off, false", "no, false"})
    void readsFlags(String text, boolean value) {
        assertThat(settings("loud", text).flag("loud")).isEqualTo(value);
    }

    @Test
    void refusesWhatIsNoFlagAndNoChoice() {
        assertThatThrownBy(() -> settings("loud", "TRUE").flag("loud")).isInstanceOf(AltminException.class)
                .hasMessageContaining("true or false").hasMessageContaining("'TRUE'");
        assertThat(settings("colour", "dark-blue").choice("colour", Colour.class)).isEqualTo(Colour.DARK_BLUE);
        assertThatThrownBy(() -> settings("colour", "green").choice("colour", Colour.class))
                .isInstanceOf(AltminException.class)
                .hasMessage("The setting 'colour' of the solver 'toy' must be one of red, dark-blue, not 'green'.");
    }

    private static Settings settings(String key, String value) {
        return Settings.of(OWNER, ACCEPTED, Map.of(key, value));
    }
}

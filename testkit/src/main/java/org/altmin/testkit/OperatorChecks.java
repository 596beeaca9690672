package org.altmin.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.altmin.core.operator.Operator;
import org.altmin.core.settings.Setting;
import org.altmin.core.settings.Specification;
import org.altmin.linalg.AltminException;
import org.altmin.linalg.spi.Registry;
import org.junit.jupiter.api.Test;

/** What activations, losses and regularisers have in common: a name, and settings that make the same one again. */
abstract class OperatorChecks<T extends Operator<T>> {

    abstract T operator();

    /** Numbers in which two operators that differ would differ. */
    abstract double[] behaviour(T operator);

    @Test
    void hasAValidName() {
        T operator = operator();
        assertThat(Registry.of("operator", List.of(operator)).get(operator.name())).isSameAs(operator);
        assertThat(operator.description()).isNotBlank();
    }

    @Test
    void declaresItsSettings() {
        T operator = operator();
        assertThat(operator.settings()).allSatisfy(setting -> {
            assertThat(setting.name()).matches("[a-z][a-z0-9]*(-[a-z0-9]+)*");
            assertThat(setting.description()).isNotBlank();
        });
        assertThat(operator.settings()).extracting(Setting::name).doesNotHaveDuplicates()
                .containsAll(operator.values().keySet());
    }

    @Test
    void isMadeAgainFromItsValues() {
        T operator = operator();
        T again = operator.with(operator.values());
        assertThat(again.values()).isEqualTo(operator.values());
        assertThat(behaviour(again)).isEqualTo(behaviour(operator));
    }

    @Test
    void isMadeAgainFromItsSpecification() {
        T operator = operator();
        Specification specification = Specification.parse(operator.specification());
        assertThat(specification.name()).isEqualTo(operator.name());
        T again = operator.with(specification.settings());
        assertThat(again.specification()).isEqualTo(operator.specification());
        assertThat(behaviour(again)).isEqualTo(behaviour(operator));
    }

    @Test
    void refusesASettingItDoesNotHave() {
        assertThatThrownBy(() -> operator().with(Map.of("no-such-setting", "1"))).isInstanceOf(AltminException.class)
                .hasMessageContaining("no-such-setting").hasMessageContaining(operator().name());
    }

    @Test
    void refusesAValueThatDoesNotFit() {
        for (Setting setting : operator().settings()) {
            assertThatThrownBy(() -> operator().with(Map.of(setting.name(), "not a value")))
                    .isInstanceOf(AltminException.class).hasMessageContaining(setting.name())
                    .hasMessageContaining("not a value");
        }
    }
}

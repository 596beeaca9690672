package org.altmin.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.altmin.linalg.AltminException;
import org.altmin.linalg.LinearAlgebra;
import org.altmin.linalg.LinearAlgebraOptions;
import org.altmin.linalg.Precision;
import org.altmin.linalg.spi.Availability;
import org.altmin.linalg.spi.LinearAlgebraProvider;
import org.altmin.linalg.spi.Registry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Name, availability, opening. */
abstract class ProviderChecks {

    private final LinearAlgebraContract contract;

    ProviderChecks(LinearAlgebraContract contract) {
        this.contract = contract;
    }

    @Test
    void isFoundByAValidName() {
        LinearAlgebraProvider provider = contract.provider();
        assertThat(Registry.of("backend", List.of(provider)).get(provider.name())).isSameAs(provider);
        assertThat(provider.name()).isNotEqualTo("auto");
        assertThat(provider.description()).isNotBlank();
    }

    @Test
    void saysItIsAvailableBeforeItIsOpened() {
        Availability availability = contract.provider().availability();
        assertThat(availability).isInstanceOf(Availability.Available.class);
        assertThat(((Availability.Available) availability).detail()).isNotBlank();
    }

    @ParameterizedTest
    @EnumSource(Precision.class)
    void opensInThePrecisionAskedFor(Precision precision) {
        try (LinearAlgebra la = contract.open(precision)) {
            assertThat(la.precision()).isEqualTo(precision);
            assertThat(la.description()).isNotBlank();
            assertThat(la.allocatedBytes()).isZero();
        }
    }

    @Test
    void canBeOpenTwice() {
        try (LinearAlgebra first = contract.open(Precision.FLOAT32)) {
            try (LinearAlgebra second = contract.open(Precision.FLOAT64)) {
                assertThat(second.squaredNorm(second.of(1, 2, 3, 4))).isEqualTo(25);
            }
            assertThat(first.squaredNorm(first.of(1, 2, 3, 4))).isEqualTo(25);
        }
    }

    @Test
    void refusesASettingItDoesNotKnow() {
        LinearAlgebraOptions options = new LinearAlgebraOptions(Precision.FLOAT32, 1, Map.of("no-such-key", "1"));
        assertThatThrownBy(() -> contract.provider().open(options)).isInstanceOf(AltminException.class)
                .hasMessageContaining("no-such-key").hasMessageContaining(contract.provider().name());
    }
}

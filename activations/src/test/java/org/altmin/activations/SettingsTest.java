package org.altmin.activations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.altmin.core.operator.Activation;
import org.altmin.core.operator.Operators;
import org.altmin.linalg.AltminException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsTest {

    @Test
    void specificationsSetThem() {
        assertThat(Operators.activation("leaky-relu(slope=0.2)")).isEqualTo(new LeakyRelu(0.2));
        assertThat(Operators.activation("elu(alpha=2)")).isEqualTo(new Elu(2));
        assertThat(Operators.activation("polynomial(coefficients=0 1 0 2)").range())
                .isEqualTo(Activation.Range.ALL);
    }

    @ParameterizedTest
    @ValueSource(strings = {"leaky-relu(slope=0)", "leaky-relu(slope=1.5)", "elu(alpha=-1)", "elu(alpha=Infinity)",
            "polynomial(coefficients=1 2)", "polynomial(coefficients=1 2 0)", "polynomial(coefficients=1 2 x)",
            "polynomial(coefficients=1 2 NaN)", "polynomial(coefficients=1 2 3 4 5)"})
    void othersAreRefused(String specification) {
        assertThatThrownBy(() -> Operators.activation(specification)).isInstanceOf(AltminException.class)
                .hasMessageContaining("must be");
    }
}

package org.altmin.linalg.spi;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NearMissTest {

    private static final List<String> NAMES = List.of("adam", "sgd", "hidden", "hidden-step", "batch", "rate", "mnist",
            "leaky-relu", "relu", "l1", "rho", "loss", "loss-weight");

    @ParameterizedTest
    @CsvSource({"adm, adam", "Adam, adam", "sdg, sgd", "hiden, hidden", "hidden_step, hidden-step", "MNIST, mnist",
        "mnits, mnist", "leakyrelu, leaky-relu", "rellu, relu", "batch-size, batch", "learning_rate, rate",
        "L1, l1", "rhoo, rho", "hiddenstep, hidden-step", "ro, ''", "rmsprop, ''", "l3, ''", "x, ''", "'', ''",
        "sigmoid, ''", "dropout, ''", "loss-weigth, loss-weight", "hidden-stp, hidden-step"})
    void theNearestIsMeantIfItIsNear(String wrong, String meant) {
        assertThat(NearMiss.hint(wrong, NAMES))
                .isEqualTo(meant.isEmpty() ? "" : " (did you mean '" + meant + "'?)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "adam"})
    void ofNothingNothingIsMeant(String wrong) {
        assertThat(NearMiss.hint(wrong, List.of())).isEmpty();
    }
}

package org.altmin.core.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.altmin.core.model.HostMemory;
import org.altmin.core.network.Network;
import org.altmin.core.network.Weights;
import org.altmin.linalg.LinearAlgebra;
import org.altmin.linalg.Precision;
import org.junit.jupiter.api.Test;

class BestModelTest {

    private static final long SECOND = 1_000_000_000L;

    private final LinearAlgebra la = HostMemory.open(Precision.FLOAT64);
    private final Weights current = new Weights(la, new Network(1, List.of(), 1, true));
    private final List<Double> written = new ArrayList<>();
    private long now = 42;
    private final BestModel best = new BestModel(new Weights(la, current.network()),
            weights -> written.add(number(weights)), () -> now);

    private static double number(Weights weights) {
        double[] value = new double[1];
        weights.weight(1).owner().download(weights.weight(1), value, 0);
        return value[0];
    }

    private void improve(double value) {
        la.upload(new double[] {value}, 0, current.weight(1));
        best.improve(current);
    }

    @Test
    void theFirstIsWrittenAtOnceAndTheNextOnesWait() {
        improve(1);
        for (int k = 2; k <= 10; k++) {
            now += SECOND / 10;
            improve(k);
        }
        assertThat(written).containsExactly(1.0);
        now += 5 * SECOND;
        best.writeIfDue();
        best.writeIfDue();
        assertThat(written).containsExactly(1.0, 10.0);
        improve(11);
        now += 5 * SECOND;
        improve(12);
        assertThat(written).containsExactly(1.0, 10.0, 12.0);
    }

    @Test
    void theEndWritesTheBestEvenIfWorseWeightsCameSince() {
        improve(1);
        improve(2);
        la.upload(new double[] {3}, 0, current.weight(1));
        best.close();
        best.close();
        assertThat(written).containsExactly(1.0, 2.0);
    }

    @Test
    void aFailureWritesTheBestToo() {
        assertThatThrownBy(() -> {
            try (best) {
                improve(1);
                improve(2);
                throw new IllegalStateException("step");
            }
        }).hasMessage("step");
        assertThat(written).containsExactly(1.0, 2.0);
    }
}

package org.altmin.linalg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

class LinearAlgebraOptionsTest {

    @Test
    void zeroThreadsAreAllProcessors() {
        LinearAlgebraOptions options = LinearAlgebraOptions.of(Precision.FLOAT32);
        assertThat(options.threads()).isEqualTo(Runtime.getRuntime().availableProcessors());
        assertThat(options.withThreads(3).threads()).isEqualTo(3);
        assertThat(options.withThreads(3).precision()).isEqualTo(Precision.FLOAT32);
        assertThatThrownBy(() -> options.withThreads(-1)).isInstanceOf(AltminException.class)
                .hasMessageContaining("-1");
    }

    @Test
    void refusesSettingsABackendDoesNotKnow() {
        LinearAlgebraOptions options = new LinearAlgebraOptions(Precision.FLOAT64, 1, Map.of("tf32", "on"));
        options.requireOnly("cuda", "device", "tf32");
        assertThatThrownBy(() -> options.requireOnly("cpu")).isInstanceOf(AltminException.class)
                .hasMessage("The backend 'cpu' has no setting 'tf32'; it has none.");
        assertThatThrownBy(() -> options.requireOnly("cuda", "device", "stream")).isInstanceOf(AltminException.class)
                .hasMessage("The backend 'cuda' has no setting 'tf32'; it has device, stream.");
    }

    @Test
    void saysThatNoBackendIsInstalled() {
        assertThatThrownBy(() -> Backends.choose("auto")).isInstanceOf(AltminException.class)
                .hasMessageContaining("none is installed").hasMessageContaining("altmin-linalg-cpu");
        assertThatThrownBy(() -> Backends.choose("cuda")).isInstanceOf(AltminException.class)
                .hasMessageStartingWith("There is no backend 'cuda'; none is installed: put a jar");
    }
}

package org.altmin.cli.reproduce;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.altmin.core.internal.Json;
import org.altmin.core.run.Environment;
import org.altmin.linalg.Precision;
import org.junit.jupiter.api.Test;

class PlacesTest {

    private static Environment environment(String cpu, String backend, Precision precision) {
        return new Environment("1.0", "17", "Linux", cpu, 4, 1, "name", backend, precision, 1);
    }

    @Test
    void sayWhatDiffersFromCellToCellAndTheRestOnce() {
        Places places = new Places();
        places.add(environment("Zen", "oneDNN and OpenBLAS, 4 threads, float32", Precision.FLOAT32));
        places.add(environment("Zen", "OpenBLAS, 4 threads, float64", Precision.FLOAT64));
        places.add(environment("Zen", "oneDNN and OpenBLAS, 4 threads, float32", Precision.FLOAT32));
        places.add(environment("Arm", "OpenBLAS, 4 threads, float64", Precision.FLOAT64));
        places.add(environment("Arm", "OpenBLAS, 4 threads, float32", Precision.FLOAT32));
        assertThat(places.lines()).containsExactly("altmin 1.0; JDK 17; Zen, 4 cores; float32 by oneDNN and OpenBLAS, "
                + "4 threads; float64 by OpenBLAS, 4 threads.",
                "altmin 1.0; JDK 17; Arm, 4 cores; float64 and float32 by OpenBLAS, 4 threads.");
        Places read = Places.of(Json.parse(Path.of("results.json"), Json.document(places.json())));
        assertThat(read.lines()).isEqualTo(places.lines());
    }
}

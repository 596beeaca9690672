package org.altmin.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.altmin.linalg.AltminException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PredictionInputTest {

    @TempDir
    private Path folder;

    @Test
    void samplesAreTheRecordsBehindTheHeader() throws IOException {
        Path file = Files.writeString(folder.resolve("two.csv"), "a,\"b, second\"\r\n 1,\"-2.5\"\r\n\r\n3e2,4\r\n");
        List<PredictionInput> inputs = PredictionInput.read(file, 2, false);
        assertThat(inputs).extracting(PredictionInput::name).containsExactly(file + ":2", file + ":4");
        assertThat(inputs.get(0).values()).containsExactly(1, -2.5);
        assertThat(inputs.get(1).values()).containsExactly(300, 4);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            1,2,3 | has 3 columns, but the model has 2 inputs.
            1,x   | , column 2: 'x' is not a number.
            NaN,2 | , column 1: 'NaN' is not a finite number.
            1,    | , column 2: '' is not a number.
            """)
    void aRecordThatIsNoSampleIsNamed(String record, String message) throws IOException {
        Path file = Files.writeString(folder.resolve("bad.csv"), "a,b\n1,2\n" + record + "\n");
        assertThatThrownBy(() -> PredictionInput.read(file, 2, false)).isInstanceOf(AltminException.class)
                .hasMessageStartingWith(file + ":3").hasMessageEndingWith(message);
    }
}

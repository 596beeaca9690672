package org.altmin.core.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.File;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TrainCommandLineTest {

    @Test
    void quotesForAUnixShellWhatItWouldTakeApart() {
        assumeThat(File.separatorChar).as("a Unix shell reads the command").isEqualTo('/');
        assertThat(TrainCommandLine.quote("runs/dladmm-001")).isEqualTo("runs/dladmm-001");
        assertThat(TrainCommandLine.quote("hidden=10,10")).isEqualTo("hidden=10,10");
        assertThat(TrainCommandLine.quote("my runs/it's")).isEqualTo("'my runs/it'\\''s'");
        assertThat(TrainCommandLine.quote("loss=softmax(smoothing=0.1)")).isEqualTo("'loss=softmax(smoothing=0.1)'");
    }

    @ParameterizedTest
    @CsvSource({"runs\\dladmm-001, runs\\dladmm-001", "C:\\Users\\a b, \"C:\\Users\\a b\"",
        "loss=softmax(smoothing=0.1), \"loss=softmax(smoothing=0.1)\"", "hidden=10, hidden=10",
        "C:\\my runs\\, \"C:\\my runs\\\\\"", "a \"b\", \"a \\\"b\\\"\"", "'hidden=10,10', '\"hidden=10,10\"'"})
    void quotesForWindows(String word, String quoted) {
        assertThat(TrainCommandLine.quoteOnWindows(word)).isEqualTo(quoted);
    }
}

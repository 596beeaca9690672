package org.altmin.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** Standard output on a full disk, or on a pipe whose reader has gone. */
class LostOutputTest {

    private final StringWriter err = new StringWriter();

    private int list(OutputStream target) {
        return Main.run(target, new PrintWriter(err), "list", "solvers");
    }

    private static OutputStream failing(String message) {
        return new OutputStream() {

            @Override
            public void write(int value) throws IOException {
                throw new IOException(message);
            }
        };
    }

    @Test
    void aFullDiskIsAnError() {
        assertThat(list(failing("No space left on device"))).isEqualTo(74);
        assertThat(err.toString().strip().lines()).singleElement().asString()
                .isEqualTo("altmin: The output could not be written completely (No space left on device).");
    }

    @Test
    void aClosedPipeIsNone() {
        assertThat(list(failing("Broken pipe"))).isZero();
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void allThatIsWrittenArrives() {
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        assertThat(list(whole)).isZero();
        assertThat(whole.toString(StandardCharsets.UTF_8)).isEqualTo(CommandLineRun.of("list", "solvers").out());
    }
}

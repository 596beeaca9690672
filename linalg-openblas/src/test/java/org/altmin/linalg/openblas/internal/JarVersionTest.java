package org.altmin.linalg.openblas.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JarVersionTest {

    /** The last is what an IDE leaves that does not fill in the properties of the build. */
    @ParameterizedTest
    @CsvSource({"0.3.31-1.5.13, 0.3.31", "1.3.13, 1.3.13", "3.13-rc-1.5.14, 3.13",
        "${openblas.version}, ${openblas.version}"})
    void beginsWithThatOfTheLibrary(String text, String library) {
        byte[] properties = ("other=1-2\nopenblas=" + text + "\n").getBytes(StandardCharsets.ISO_8859_1);
        JarVersion version = JarVersion.read(new ByteArrayInputStream(properties), "openblas");
        assertThat(version).hasToString(text);
        assertThat(version.library()).isEqualTo(library);
    }
}

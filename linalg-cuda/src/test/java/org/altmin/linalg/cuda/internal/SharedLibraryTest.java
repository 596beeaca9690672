package org.altmin.linalg.cuda.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** JCuda's own library, linked to CUDA 13; {@code Cuda13Test} loads the result. */
class SharedLibraryTest {

    private static final String FILE = "libJNvrtc-" + JCudaJar.VERSION + "-linux-x86_64.so";

    @Test
    void changesNamesAndTheirHashesAndNothingElse() throws IOException {
        byte[] before = library();
        byte[] after = new SharedLibrary(before).relinked("libnvrtc.so.12", "libnvrtc.so.13").content();
        assertThat(after).hasSameSizeAs(before);
        assertThat(occurrences(before, "\0libnvrtc.so.12\0")).isEqualTo(1);
        assertThat(occurrences(after, "\0libnvrtc.so.12\0")).isZero();
        assertThat(occurrences(after, "\0libnvrtc.so.13\0")).isEqualTo(1);
        int changed = 0;
        for (int k = 0; k < before.length; k++) {
            changed += before[k] == after[k] ? 0 : 1;
        }
        // The last digit of the name, and the byte of its hash that holds it.
        assertThat(changed).isEqualTo(2);
    }

    @Test
    void leavesAloneWhatIsNotLinkedToIt() throws IOException {
        byte[] before = library();
        SharedLibrary relinked = new SharedLibrary(before).relinked("libcublas.so.12", "libcublas.so.13");
        assertThat(relinked.content()).isEqualTo(before);
    }

    @Test
    void canBeUndone() throws IOException {
        byte[] before = library();
        assertThat(new SharedLibrary(before).relinked("libnvrtc.so.12", "libnvrtc.so.13")
                .relinked("libnvrtc.so.13", "libnvrtc.so.12").content()).isEqualTo(before);
    }

    @Test
    void refusesWhatIsNoLibraryAndNamesOfAnotherLength() throws IOException {
        assertThatThrownBy(() -> new SharedLibrary(new byte[100])).isInstanceOf(IllegalArgumentException.class);
        SharedLibrary library = new SharedLibrary(library());
        assertThatThrownBy(() -> library.relinked("libnvrtc.so.12", "libnvrtc.so.8"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static byte[] library() throws IOException {
        URL resource = Bindings.resource(FILE);
        assumeTrue(resource != null, "JCuda for Linux on x86-64 is not on the path.");
        try (InputStream in = resource.openStream()) {
            return in.readAllBytes();
        }
    }

    private static int occurrences(byte[] content, String text) {
        String all = new String(content, StandardCharsets.ISO_8859_1);
        int count = 0;
        for (int at = all.indexOf(text); at >= 0; at = all.indexOf(text, at + 1)) {
            count++;
        }
        return count;
    }
}

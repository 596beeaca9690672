package org.altmin.linalg.openblas.internal;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.altmin.linalg.AltminException;
import org.junit.jupiter.api.Test;

class NativeHelperTest {

    @Test
    void saysWhyItCannotBeLoaded() {
        NoClassDefFoundError error = new NoClassDefFoundError("Could not initialize class");
        error.initCause(new ExceptionInInitializerError(new IllegalStateException("File too large")));
        assertThatThrownBy(() -> new NativeHelper("jffi", "jffi.extract.dir").load(() -> {
            throw error;
        })).isInstanceOf(AltminException.class).hasCause(error).hasMessageStartingWith("jffi, by which")
                .hasMessageContaining("(java.lang.IllegalStateException: File too large)")
                .hasMessageContaining("-Djffi.extract.dir=<folder>");
    }
}

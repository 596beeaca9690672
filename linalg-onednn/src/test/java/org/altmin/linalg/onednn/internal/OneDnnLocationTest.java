package org.altmin.linalg.onednn.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.kenai.jffi.Invoker;
import org.altmin.linalg.openblas.internal.Host;
import org.altmin.linalg.openblas.internal.LibraryLocation;
import org.altmin.linalg.openblas.internal.LibraryLocation.Bundled;
import org.junit.jupiter.api.Test;

class OneDnnLocationTest {

    @Test
    void namesTheVersionsOfTheJarsThatItIsBuiltWith() {
        assertThat(Invoker.class.getProtectionDomain().getCodeSource().getLocation().toString())
                .contains("jffi-" + OneDnnLocation.jar("jffi"));
        LibraryLocation location = OneDnnLocation.find(Host.current());
        assumeThat(location).as("the oneDNN of the jar").isInstanceOf(Bundled.class);
        assertThat(((Bundled) location).resource().toString()).contains("/dnnl-" + OneDnnLocation.JAR + "-");
        assertThat(OneDnnLocation.JAR.library()).matches("[0-9.]+");
    }
}

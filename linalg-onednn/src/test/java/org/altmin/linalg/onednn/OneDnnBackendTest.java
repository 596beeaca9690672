package org.altmin.linalg.onednn;

import static org.assertj.core.api.Assumptions.assumeThat;

import org.altmin.linalg.spi.Availability.Available;
import org.altmin.linalg.spi.LinearAlgebraProvider;
import org.altmin.testkit.LinearAlgebraContract;
import org.junit.jupiter.api.BeforeAll;

class OneDnnBackendTest extends LinearAlgebraContract {

    @BeforeAll
    static void requireThePlatform() {
        assumeThat(new OneDnnProvider().availability()).as("oneDNN can be used here").isInstanceOf(Available.class);
    }

    @Override
    protected LinearAlgebraProvider provider() {
        return new OneDnnProvider();
    }
}

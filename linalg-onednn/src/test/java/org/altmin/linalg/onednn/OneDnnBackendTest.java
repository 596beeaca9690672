package org.altmin.linalg.onednn;

import org.altmin.linalg.spi.LinearAlgebraProvider;
import org.altmin.testkit.LinearAlgebraContract;

class OneDnnBackendTest extends LinearAlgebraContract {

    @Override
    protected LinearAlgebraProvider provider() {
        return new OneDnnProvider();
    }
}

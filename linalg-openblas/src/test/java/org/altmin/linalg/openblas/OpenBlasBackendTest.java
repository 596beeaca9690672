package org.altmin.linalg.openblas;

import org.altmin.linalg.spi.LinearAlgebraProvider;
import org.altmin.testkit.LinearAlgebraContract;

class OpenBlasBackendTest extends LinearAlgebraContract {

    @Override
    protected LinearAlgebraProvider provider() {
        return new OpenBlasProvider();
    }
}

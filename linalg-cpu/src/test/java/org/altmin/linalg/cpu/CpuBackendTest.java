package org.altmin.linalg.cpu;

import org.altmin.linalg.spi.LinearAlgebraProvider;
import org.altmin.testkit.LinearAlgebraContract;

class CpuBackendTest extends LinearAlgebraContract {

    @Override
    protected LinearAlgebraProvider provider() {
        return new CpuProvider();
    }
}

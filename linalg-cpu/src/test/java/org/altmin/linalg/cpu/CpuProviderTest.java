package org.altmin.linalg.cpu;

import org.altmin.linalg.spi.LinearAlgebraProvider;
import org.altmin.testkit.LinearAlgebraContract;

class CpuProviderTest extends LinearAlgebraContract {

    @Override
    protected LinearAlgebraProvider provider() {
        return new CpuProvider();
    }
}

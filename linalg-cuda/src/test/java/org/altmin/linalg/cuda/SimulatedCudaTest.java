package org.altmin.linalg.cuda;

import org.altmin.linalg.spi.LinearAlgebraProvider;
import org.altmin.testkit.LinearAlgebraContract;

/** The whole backend on a simulated device: everything but the speed and rounding of a real one. */
class SimulatedCudaTest extends LinearAlgebraContract {

    @Override
    protected LinearAlgebraProvider provider() {
        Simulator.use();
        return new CudaProvider();
    }
}

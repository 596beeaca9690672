package org.altmin.losses;

import org.altmin.core.operator.Loss;
import org.altmin.linalg.cpu.CpuProvider;
import org.altmin.linalg.spi.LinearAlgebraProvider;
import org.altmin.testkit.LossContract;

/** The loss that couples columns, on a real backend. */
class CrossEntropyOnCpuTest extends LossContract {

    @Override
    protected Loss loss() {
        return new CrossEntropy();
    }

    @Override
    public LinearAlgebraProvider provider() {
        return new CpuProvider();
    }
}

package org.altmin.solvers.admm;

import java.util.Map;

class DlAdmmScalarContractTest extends DlAdmmContractTest {

    @Override
    protected Map<String, String> settings() {
        return Map.of("updates", "scalar", "loss-prox", "fista");
    }
}

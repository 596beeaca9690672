package org.altmin.solvers.admm;

import java.util.Map;

class DlAdmmExactContractTest extends DlAdmmContractTest {

    @Override
    protected Map<String, String> settings() {
        return Map.of("updates", "exact");
    }
}

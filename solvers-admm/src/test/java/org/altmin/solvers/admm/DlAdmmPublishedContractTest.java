package org.altmin.solvers.admm;

import java.util.Map;

class DlAdmmPublishedContractTest extends DlAdmmContractTest {

    @Override
    protected Map<String, String> settings() {
        return Map.of("schedule", "published", "rho", "1e-3");
    }
}

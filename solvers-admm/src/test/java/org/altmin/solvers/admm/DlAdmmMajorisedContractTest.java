package org.altmin.solvers.admm;

import java.util.Map;

class DlAdmmMajorisedContractTest extends DlAdmmContractTest {

    @Override
    protected Map<String, String> settings() {
        return Map.of("updates", "majorised");
    }
}

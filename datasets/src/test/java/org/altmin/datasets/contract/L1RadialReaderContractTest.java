package org.altmin.datasets.contract;

import org.altmin.core.data.DatasetReader;
import org.altmin.datasets.L1RadialReader;
import org.altmin.testkit.DatasetReaderContract;

class L1RadialReaderContractTest extends DatasetReaderContract {

    @Override
    protected DatasetReader reader() {
        return new L1RadialReader();
    }

    @Override
    protected boolean generated() {
        return true;
    }
}

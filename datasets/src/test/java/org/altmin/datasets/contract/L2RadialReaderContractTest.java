package org.altmin.datasets.contract;

import org.altmin.core.data.DatasetReader;
import org.altmin.datasets.L2RadialReader;
import org.altmin.testkit.DatasetReaderContract;

class L2RadialReaderContractTest extends DatasetReaderContract {

    @Override
    protected DatasetReader reader() {
        return new L2RadialReader();
    }

    @Override
    protected boolean generated() {
        return true;
    }
}

package org.altmin.datasets.contract;

import org.altmin.core.data.DatasetReader;
import org.altmin.datasets.SquareReader;
import org.altmin.testkit.DatasetReaderContract;

class SquareReaderContractTest extends DatasetReaderContract {

    @Override
    protected DatasetReader reader() {
        return new SquareReader();
    }

    @Override
    protected boolean generated() {
        return true;
    }
}

package org.altmin.datasets.contract;

import org.altmin.core.data.DatasetReader;
import org.altmin.datasets.ProductReader;
import org.altmin.testkit.DatasetReaderContract;

class ProductReaderContractTest extends DatasetReaderContract {

    @Override
    protected DatasetReader reader() {
        return new ProductReader();
    }

    @Override
    protected boolean generated() {
        return true;
    }
}

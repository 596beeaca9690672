package org.altmin.datasets.contract;

import java.util.Map;
import org.altmin.core.data.DatasetReader;
import org.altmin.datasets.GlyphsReader;
import org.altmin.testkit.DatasetReaderContract;

class GlyphsReaderContractTest extends DatasetReaderContract {

    @Override
    protected DatasetReader reader() {
        return new GlyphsReader();
    }

    @Override
    protected Map<String, String> settings() {
        return Map.of("train", "100", "test", "50");
    }

    @Override
    protected boolean generated() {
        return true;
    }
}

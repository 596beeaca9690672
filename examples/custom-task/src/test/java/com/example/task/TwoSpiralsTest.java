package com.example.task;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.util.Map;
import org.altmin.core.data.DatasetReader;
import org.altmin.core.data.Datasets;
import org.altmin.testkit.DatasetReaderContract;
import org.junit.jupiter.api.Test;

/** Everything altmin expects of a dataset reader, and that altmin finds it by name. */
class TwoSpiralsTest extends DatasetReaderContract {

    @Override
    protected DatasetReader reader() {
        return new TwoSpirals();
    }

    @Override
    protected Map<String, String> settings() {
        return Map.of("train", "200", "test", "100");
    }

    @Override
    protected boolean generated() {
        return true;
    }

    @Test
    void isFoundByName() {
        assertInstanceOf(TwoSpirals.class, Datasets.installed().get("two-spirals"));
    }
}

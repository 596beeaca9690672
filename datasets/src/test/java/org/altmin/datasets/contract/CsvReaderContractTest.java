package org.altmin.datasets.contract;

import java.nio.file.Path;
import java.util.Map;
import org.altmin.core.data.DatasetReader;
import org.altmin.datasets.CsvReader;
import org.altmin.datasets.MadeFiles;
import org.altmin.testkit.DatasetReaderContract;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

class CsvReaderContractTest extends DatasetReaderContract {

    @TempDir
    private Path folder;

    @BeforeEach
    void write() {
        MadeFiles.csv(folder);
    }

    @Override
    protected DatasetReader reader() {
        return new CsvReader();
    }

    @Override
    protected Map<String, String> settings() {
        return Map.of("file", folder.resolve("table.csv").toString());
    }
}

package org.altmin.datasets.contract;

import java.nio.file.Path;
import java.util.Map;
import org.altmin.core.data.DatasetReader;
import org.altmin.datasets.MnistReader;
import org.altmin.datasets.MadeFiles;
import org.altmin.testkit.DatasetReaderContract;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

class MnistReaderContractTest extends DatasetReaderContract {

    @TempDir
    private Path folder;

    @BeforeEach
    void write() {
        MadeFiles.idx(folder);
    }

    @Override
    protected DatasetReader reader() {
        return new MnistReader();
    }

    @Override
    protected Map<String, String> settings() {
        return Map.of("data-dir", folder.toString());
    }
}

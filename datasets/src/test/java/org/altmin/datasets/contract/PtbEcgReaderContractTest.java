package org.altmin.datasets.contract;

import java.nio.file.Path;
import java.util.Map;
import org.altmin.core.data.DatasetReader;
import org.altmin.datasets.MadeFiles;
import org.altmin.datasets.PtbEcgReader;
import org.altmin.testkit.DatasetReaderContract;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

class PtbEcgReaderContractTest extends DatasetReaderContract {

    @TempDir
    private Path folder;

    @BeforeEach
    void write() {
        MadeFiles.ptbEcg(folder);
    }

    @Override
    protected DatasetReader reader() {
        return new PtbEcgReader();
    }

    @Override
    protected Map<String, String> settings() {
        return Map.of("data-dir", folder.toString(), "train", "8");
    }
}

package org.altmin.core.data;

import java.util.List;
import org.altmin.core.settings.Setting;
import org.altmin.core.settings.Settings;

/** Data of the calling program. */
record PresentData(Dataset dataset) implements DatasetReader {

    @Override
    public String name() {
        return dataset.name();
    }

    @Override
    public String description() {
        return dataset.origin();
    }

    @Override
    public List<Setting> settings() {
        return List.of();
    }

    @Override
    public Dataset read(Settings settings, long seed) {
        return dataset;
    }
}

package org.altmin.datasets;

import java.util.List;
import org.altmin.core.data.Dataset;
import org.altmin.core.data.DatasetReader;
import org.altmin.core.settings.Setting;
import org.altmin.core.settings.Settings;
import org.altmin.datasets.internal.function.FunctionTask;

/** Samples of a function, generated from the seed. */
abstract class FunctionReader implements DatasetReader {

    private final FunctionTask task;

    FunctionReader(FunctionTask task) {
        this.task = task;
    }

    @Override
    public final String name() {
        return task.name();
    }

    @Override
    public final List<Setting> settings() {
        return task.settings();
    }

    @Override
    public final Dataset read(Settings settings, long seed) {
        return task.read(settings, seed);
    }
}

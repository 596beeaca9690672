package org.altmin.datasets;

import java.util.List;
import org.altmin.core.data.Dataset;
import org.altmin.core.data.DatasetReader;
import org.altmin.core.settings.Setting;
import org.altmin.core.settings.Settings;
import org.altmin.datasets.internal.function.FunctionTask;

/**
 * f(x) = x² on [−1, 1] (Zeng, Lin, Yao and Zhou, "On ADMM in deep learning", section 5.2): 1,000 uniform samples
 * without noise. The paper's approximation error is the mean squared error on these same samples, the training error
 * here.
 */
public final class SquareReader implements DatasetReader {

    private static final FunctionTask TASK = new FunctionTask("square", 1, -1, 1, 0, x -> x[0] * x[0]);

    @Override
    public String name() {
        return TASK.name();
    }

    @Override
    public String description() {
        return "the function x^2 on [-1, 1], 1,000 samples";
    }

    @Override
    public List<Setting> settings() {
        return TASK.settings();
    }

    @Override
    public Dataset read(Settings settings, long seed) {
        return TASK.read(settings, seed);
    }
}

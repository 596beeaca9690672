package org.altmin.datasets;

import java.util.List;
import org.altmin.core.data.Dataset;
import org.altmin.core.data.DatasetReader;
import org.altmin.core.settings.Setting;
import org.altmin.core.settings.Settings;
import org.altmin.datasets.internal.function.FunctionTask;

/**
 * f(u, v) = u v on [−1, 1]² (Zeng, Lin, Yao and Zhou, "On ADMM in deep learning", section 5.3): 1,000 uniform samples
 * without noise. The paper's approximation error is the mean squared error on these same samples, the training error
 * here.
 */
public final class ProductReader implements DatasetReader {

    private static final FunctionTask TASK = new FunctionTask("product", 2, -1, 1, 0, x -> x[0] * x[1]);

    @Override
    public String name() {
        return TASK.name();
    }

    @Override
    public String description() {
        return "the function u v on [-1, 1]^2, 1,000 samples";
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

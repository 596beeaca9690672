package org.altmin.datasets;

import java.util.List;
import org.altmin.core.data.Dataset;
import org.altmin.core.data.DatasetReader;
import org.altmin.core.settings.Setting;
import org.altmin.core.settings.Settings;
import org.altmin.datasets.internal.idx.PublishedSet;
import org.altmin.datasets.internal.idx.PublishedSetReader;

/** MNIST of Y. LeCun, C. Cortes and C. J. C. Burges, pixels 0 … 255 divided by 255. */
public final class MnistReader implements DatasetReader {

    private final PublishedSetReader reader = new PublishedSetReader(PublishedSet.MNIST);

    @Override
    public String name() {
        return PublishedSet.MNIST.name();
    }

    @Override
    public String description() {
        return "handwritten digits, 28 x 28 grey, 60,000 + 10,000 (LeCun, Cortes and Burges)";
    }

    @Override
    public List<Setting> settings() {
        return reader.settings();
    }

    @Override
    public Dataset read(Settings settings, long seed) {
        return reader.read(settings);
    }
}

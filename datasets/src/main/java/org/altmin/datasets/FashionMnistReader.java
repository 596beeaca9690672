package org.altmin.datasets;

import java.util.List;
import org.altmin.core.data.Dataset;
import org.altmin.core.data.DatasetReader;
import org.altmin.core.settings.Setting;
import org.altmin.core.settings.Settings;
import org.altmin.datasets.internal.idx.PublishedSet;
import org.altmin.datasets.internal.idx.PublishedSetReader;

/** Fashion-MNIST of H. Xiao, K. Rasul and R. Vollgraf (arXiv:1708.07747), pixels 0 … 255 divided by 255. */
public final class FashionMnistReader implements DatasetReader {

    private final PublishedSetReader reader = new PublishedSetReader(PublishedSet.FASHION_MNIST);

    @Override
    public String name() {
        return PublishedSet.FASHION_MNIST.name();
    }

    @Override
    public String description() {
        return "articles of clothing, 28 x 28 grey, 60,000 + 10,000 (Xiao, Rasul and Vollgraf)";
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

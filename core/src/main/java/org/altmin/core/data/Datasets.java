package org.altmin.core.data;

import java.util.ServiceLoader;
import org.altmin.linalg.spi.Registry;

/** The installed datasets by name. */
public final class Datasets {

    private Datasets() {
    }

    public static Registry<DatasetReader> installed() {
        return Registry.of("dataset", ServiceLoader.load(DatasetReader.class));
    }
}

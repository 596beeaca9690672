package org.altmin.core.data;

import java.util.List;
import java.util.Map;
import org.altmin.core.settings.Setting;
import org.altmin.core.settings.Settings;
import org.altmin.linalg.spi.Named;

/** Reads or generates one dataset; ships as a service. See {@link Datasets}. */
public interface DatasetReader extends Named {

    /** What {@link #read(Settings, long)} uses, with the defaults. */
    List<Setting> settings();

    /**
     * @param seed of what is generated; ignored by readers of files
     * @throws org.altmin.linalg.AltminException if a file is missing, truncated or wrong: which, where and what to do
     */
    Dataset read(Settings settings, long seed);

    /** A reader without settings of data that are there already, for programs that bring their own. */
    static DatasetReader of(Dataset dataset) {
        return new PresentData(dataset);
    }

    /** @throws org.altmin.linalg.AltminException if a setting is unknown, and as {@link #read(Settings, long)} */
    default Dataset read(Map<String, String> given, long seed) {
        return read(Settings.of("dataset '" + name() + "'", settings(), given), seed);
    }
}

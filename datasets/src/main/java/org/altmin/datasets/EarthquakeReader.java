package org.altmin.datasets;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.altmin.core.data.Dataset;
import org.altmin.core.data.DatasetReader;
import org.altmin.core.data.DoubleTable;
import org.altmin.core.data.Preprocessing;
import org.altmin.core.data.Samples;
import org.altmin.core.data.Targets;
import org.altmin.core.settings.Setting;
import org.altmin.core.settings.Settings;
import org.altmin.datasets.internal.location.DataFolder;
import org.altmin.datasets.internal.table.CsvLayout;
import org.altmin.datasets.internal.table.LabelledTable;
import org.altmin.datasets.internal.table.Split;
import org.altmin.linalg.AltminException;

/**
 * Reports of the United States Earthquake Intensity Database, 1638 – 1985, as prepared in Zeng, Lin, Yao and Zhou, "On
 * ADMM in deep learning", section 6.1: six features (latitude and longitude of the epicentre and of the reporting
 * place, magnitude, depth), two classes (Modified Mercalli Intensity 1 – 4 and 5 – 12), incomplete records left out,
 * features standardised, 4,173 training and 4,000 test samples at random.
 *
 * <p>The paper has 8,173 complete records of more than 157,000 and does not say which values make a record incomplete;
 * here it is any of the six features or the intensity that is empty or not a number.
 */
public final class EarthquakeReader implements DatasetReader {

    private static final int GENTLE = 4;
    private static final int STRONGEST = 12;
    private static final List<String> CLASSES = List.of("MMI 1-4", "MMI 5-12");
    private static final List<String> FILES = List.of("eqint_tsqp.csv", "earthquake.csv");
    private static final DataFolder FOLDER = new DataFolder("earthquake", List.of("earthquake", "earthquakes"),
            "the file eqint_tsqp.csv or earthquake.csv",
            "get the U.S. Earthquake Intensity Database as comma-separated values by way of "
                    + "https://www.ngdc.noaa.gov/hazard/intintro.shtml");

    @Override
    public String name() {
        return "earthquake";
    }

    @Override
    public String description() {
        return "earthquake intensity, gentle or strong, 6 features, 4,173 + 4,000 (NOAA), from data-dir";
    }

    @Override
    public List<Setting> settings() {
        return List.of(FOLDER.setting(), new Setting("train", "4173", "training samples, drawn at random"),
                new Setting("test", "4000", "test samples, drawn at random"), Split.seedSetting(),
                new Setting("features", "EQ_LAT,EQ_LONG,CITY_LAT,CITY_LONG,MAG,DEPTH(km)",
                        "columns with the features, by name or number, separated by commas"),
                new Setting("label", "MMI", "column with the Modified Mercalli Intensity, by name or number"));
    }

    @Override
    public Dataset read(Settings settings, long seed) {
        Path folder = FOLDER.find(settings, candidate -> FILES.stream()
                .anyMatch(name -> Files.exists(candidate.resolve(name))));
        Path file = FILES.stream().map(folder::resolve).filter(Files::exists).findFirst().orElseThrow();
        LabelledTable table = LabelledTable.read(file, new CsvLayout(',', CsvLayout.Header.PRESENT,
                settings.text("label"), List.of(settings.text("features").split(",")), List.of(), true));
        int train = settings.integer("train", 1, Integer.MAX_VALUE);
        int test = settings.integer("test", 1, Integer.MAX_VALUE);
        if ((long) train + test > table.samples()) {
            throw new AltminException(file + " has " + table.samples() + " complete records, fewer than train=" + train
                    + " and test=" + test + " together; set them lower.");
        }
        Split split = Split.of(table.samples(), train, test, Split.random(settings));
        DoubleTable features = table.select(split.train());
        return new Dataset(name(), new Samples(features, labels(table, split.train())),
                new Samples(table.select(split.test()), labels(table, split.test())),
                Preprocessing.standardise(features), file.toAbsolutePath() + ", " + table.samples()
                        + " complete records, " + table.dropped() + " incomplete ones left out");
    }

    private static Targets.Labels labels(LabelledTable table, int[] positions) {
        return new Targets.Labels(Arrays.stream(positions).map(position -> label(table, position)).toArray(), CLASSES);
    }

    private static int label(LabelledTable table, int position) {
        double intensity = Double.parseDouble(table.labels().get(position));
        if (intensity < 1 || intensity > STRONGEST) {
            throw new AltminException(table.file() + ", line " + table.lines().get(position) + ": the intensity "
                    + table.labels().get(position) + " is not from 1 to " + STRONGEST
                    + "; check the setting label, or mend the line.");
        }
        return intensity <= GENTLE ? 0 : 1;
    }
}

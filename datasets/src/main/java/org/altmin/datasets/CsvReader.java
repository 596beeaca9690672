package org.altmin.datasets;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.altmin.core.data.CsvFile;
import org.altmin.core.data.Dataset;
import org.altmin.core.data.DatasetReader;
import org.altmin.core.data.DoubleTable;
import org.altmin.core.data.Preprocessing;
import org.altmin.core.data.Samples;
import org.altmin.core.data.Targets;
import org.altmin.core.settings.Setting;
import org.altmin.core.settings.Settings;
import org.altmin.datasets.internal.location.UserPath;
import org.altmin.datasets.internal.table.CsvLayout;
import org.altmin.datasets.internal.table.LabelCoding;
import org.altmin.datasets.internal.table.LabelledTable;
import org.altmin.datasets.internal.table.Split;
import org.altmin.linalg.AltminException;

/**
 * A table of numbers in a CSV file with one label column, of classes or of real values; features are standardised, with
 * mean and deviation of the training part. The test part is a second file or a random share of the first.
 */
public final class CsvReader implements DatasetReader {

    private static final String AUTO = "auto";

    private enum Task {
        AUTO,
        CLASSES,
        VALUES
    }

    @Override
    public String name() {
        return "csv";
    }

    @Override
    public String description() {
        return "a table of numbers with a label column, from file=FILE.csv";
    }

    @Override
    public List<Setting> settings() {
        return List.of(new Setting("file", "", "the CSV file, UTF-8"),
                new Setting("test-file", "", "a CSV file of the same columns with the test samples"),
                new Setting("test-fraction", "0.2", "share of test samples where there is no test-file, in (0, 1)"),
                Split.seedSetting(),
                new Setting("label", CsvLayout.LAST, "the label column: its name, its number from 1, or last"),
                new Setting("ignore", "", "columns that are not features, by name or number, separated by commas"),
                new Setting("task", AUTO, "classes, values, or auto: values if the labels are numbers that are not "
                        + "all whole or have more than " + LabelCoding.MOST_WHOLE_NUMBERS + " distinct values"),
                new Setting("header", AUTO, "whether the first line names the columns: true, false, or auto, which is "
                        + "true but refuses a line whose features are all numbers"),
                new Setting("separator", ",", "one character, or tab"),
                new Setting("standardise", "true", "whether each feature is brought to mean 0 and variance 1"));
    }

    @Override
    public Dataset read(Settings settings, long seed) {
        if (settings.text("file").isBlank()) {
            throw new AltminException("The dataset 'csv' needs file=FILE.csv.");
        }
        CsvLayout layout = layout(settings);
        Task task = settings.choice("task", Task.class);
        Path file = UserPath.of(settings, "file");
        LabelledTable all = LabelledTable.read(file, layout);
        if (settings.text("test-file").isBlank()) {
            Split split = split(all, settings);
            return dataset(settings, task, all, split.train(), all, split.test(), file.toAbsolutePath()
                    + ", " + split.train().length + " training and " + split.test().length + " test samples at random");
        }
        LabelledTable test = LabelledTable.read(UserPath.of(settings, "test-file"), layout);
        if (test.features() != all.features()) {
            throw new AltminException(test.file() + " has " + test.features() + " feature columns, but " + file
                    + " has " + all.features() + "; give both the same columns.");
        }
        return dataset(settings, task, all, everything(all), test, everything(test), file.toAbsolutePath() + " and "
                + test.file().toAbsolutePath());
    }

    private Dataset dataset(Settings settings, Task task, LabelledTable train, int[] trainPositions,
            LabelledTable test, int[] testPositions, String origin) {
        Targets trainTargets;
        Targets testTargets;
        if (task == Task.CLASSES || task == Task.AUTO && LabelCoding.looksLikeClasses(train)) {
            LabelCoding coding = LabelCoding.of(train);
            trainTargets = coding.encode(train, trainPositions);
            testTargets = coding.encode(test, testPositions);
        } else {
            trainTargets = LabelCoding.values(train, trainPositions);
            testTargets = LabelCoding.values(test, testPositions);
        }
        DoubleTable features = train.select(trainPositions);
        return new Dataset(name(), new Samples(features, trainTargets),
                new Samples(test.select(testPositions), testTargets),
                settings.flag("standardise") ? Preprocessing.standardise(features) : Preprocessing.none(), origin);
    }

    private static CsvLayout layout(Settings settings) {
        List<String> ignored = Arrays.stream(settings.text("ignore").split(",")).filter(name -> !name.isBlank())
                .toList();
        return new CsvLayout(CsvFile.separator(settings.text("separator")), header(settings),
                settings.text("label"), List.of(), ignored, false);
    }

    private static CsvLayout.Header header(Settings settings) {
        return switch (settings.text("header")) {
            case AUTO -> CsvLayout.Header.ASSUMED;
            case "true", "on", "yes" -> CsvLayout.Header.PRESENT;
            case "false", "off", "no" -> CsvLayout.Header.ABSENT;
            default -> throw settings.invalid("header", "auto, true or false");
        };
    }

    private static Split split(LabelledTable table, Settings settings) {
        double fraction = settings.number("test-fraction", 0, 1);
        int samples = table.samples();
        int test = (int) Math.rint(fraction * samples);
        if (test == 0 || test == samples) {
            throw new AltminException("The test-fraction " + settings.text("test-fraction") + " of the " + samples
                    + " samples in " + table.file() + " leaves no " + (test == 0 ? "test" : "training")
                    + " samples; change it, or set test-file.");
        }
        return Split.of(samples, samples - test, test, Split.random(settings));
    }

    private static int[] everything(LabelledTable table) {
        return IntStream.range(0, table.samples()).toArray();
    }
}

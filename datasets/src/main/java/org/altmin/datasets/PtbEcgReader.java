package org.altmin.datasets;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
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
 * Heartbeats of the PTB Diagnostic ECG database as prepared by Kachuee, Fazeli and Sarrafzadeh (2018): 14,552 beats of
 * 187 values in [0, 1], normal or abnormal, in two CSV files without header whose last column is the label. Split at
 * random into 7,000 and 7,552 samples as in Zeng, Lin, Yao and Zhou, "On ADMM in deep learning", section 6.3, which
 * names no further preprocessing.
 */
public final class PtbEcgReader implements DatasetReader {

    private static final List<String> CLASSES = List.of("normal", "abnormal");
    private static final List<String> FILES = CLASSES.stream().map(name -> "ptbdb_" + name + ".csv").toList();
    private static final DataFolder FOLDER = new DataFolder("ptb-ecg", List.of("ptb-ecg", "ptbdb", "ptb", "heartbeat"),
            "the files ptbdb_normal.csv and ptbdb_abnormal.csv",
            "get them as 'ECG Heartbeat Categorization Dataset' by way of "
                    + "https://github.com/CVxTz/ECG_Heartbeat_Classification");

    @Override
    public String name() {
        return "ptb-ecg";
    }

    @Override
    public String description() {
        return "heartbeats, normal or abnormal, 187 values each, 7,000 + 7,552 (PTB Diagnostic ECG), from data-dir";
    }

    @Override
    public List<Setting> settings() {
        return List.of(FOLDER.setting(),
                new Setting("train", "7000", "training samples, drawn at random; the others are test samples"),
                Split.seedSetting());
    }

    @Override
    public Dataset read(Settings settings, long seed) {
        Path folder = FOLDER.find(settings, candidate -> FILES.stream()
                .anyMatch(name -> Files.exists(candidate.resolve(name))));
        CsvLayout layout = new CsvLayout(',', CsvLayout.Header.ABSENT, CsvLayout.LAST, List.of(), List.of(), false);
        List<LabelledTable> tables = FILES.stream().map(name -> LabelledTable.read(folder.resolve(name), layout))
                .toList();
        if (tables.get(0).features() != tables.get(1).features()) {
            throw new AltminException(tables.get(0).file() + " has " + tables.get(0).features() + " values each, but "
                    + tables.get(1).file() + " has " + tables.get(1).features() + "; take both from one source.");
        }
        IntStream.range(0, CLASSES.size()).forEach(label -> requireLabel(tables.get(label), label));
        int normal = tables.get(0).samples();
        int samples = normal + tables.get(1).samples();
        int train = settings.integer("train", 1, Integer.MAX_VALUE);
        if (train >= samples) {
            throw new AltminException("There are " + samples + " samples in " + folder.toAbsolutePath()
                    + ", so train=" + train + " leaves none to test; set it lower.");
        }
        Split split = Split.of(samples, train, samples - train, Split.random(settings));
        return new Dataset(name(), samples(tables, split.train()), samples(tables, split.test()), Preprocessing.none(),
                "the files in " + folder.toAbsolutePath() + ", " + train + " of " + samples + " samples for training");
    }

    private static void requireLabel(LabelledTable table, int label) {
        for (int i = 0; i < table.samples(); i++) {
            if (!isNumber(table.labels().get(i), label)) {
                throw new AltminException(table.file() + ", line " + table.lines().get(i) + ": the label is '"
                        + table.labels().get(i) + "' instead of " + label + "; check that the files are not mixed up.");
            }
        }
    }

    private static boolean isNumber(String text, int number) {
        try {
            return Double.parseDouble(text) == number;
        } catch (NumberFormatException e) {
            return false;
        }
    }

    private static Samples samples(List<LabelledTable> tables, int[] positions) {
        int normal = tables.get(0).samples();
        int features = tables.get(0).features();
        double[] values = new double[positions.length * features];
        for (int i = 0; i < positions.length; i++) {
            LabelledTable table = tables.get(positions[i] < normal ? 0 : 1);
            int position = positions[i] < normal ? positions[i] : positions[i] - normal;
            System.arraycopy(table.values(), position * features, values, i * features, features);
        }
        int[] labels = Arrays.stream(positions).map(position -> position < normal ? 0 : 1).toArray();
        return new Samples(new DoubleTable(values, features), new Targets.Labels(labels, CLASSES));
    }
}

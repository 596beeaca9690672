package org.altmin.datasets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.altmin.core.data.Dataset;
import org.altmin.core.data.DoubleTable;
import org.altmin.core.data.Samples;
import org.altmin.core.data.Targets;
import org.altmin.datasets.format.IdxBytes;
import org.altmin.linalg.AltminException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CsvReaderTest {

    @TempDir
    private Path folder;

    @Test
    void readsFeaturesAndClasses() {
        String test = MadeFiles.write(folder, "test.csv", "height,\"wing, left\",kind\n7,8,owl\n").toString();
        String table = "\uFEFFheight,\"wing, left\",kind\r\n 1.5 ,-2e1,owl\r\n\r\n\"3\",+.5,\"a \"\"b\"\"\"\r\n";
        Dataset dataset = read(table, "test-file", test, "standardise", "false");
        assertThat(features(dataset.train())).containsExactly(1.5, -20, 3, 0.5);
        assertThat(labels(dataset.train()).names()).containsExactly("a \"b\"", "owl");
        assertThat(labels(dataset.train()).values()).containsExactly(1, 0);
        assertThat(features(dataset.test())).containsExactly(7, 8);
        assertThat(labels(dataset.test()).values()).containsExactly(1);
        assertThat(dataset.origin()).contains("table.csv").contains("test.csv");
    }

    @Test
    void sortsNumericClassesByValue() {
        Dataset dataset = read("x,y\n1,10\n2,2\n3,2.0\n4,-1e0\n", "test-fraction", "0.25", "standardise", "false");
        Targets.Labels train = labels(dataset.train());
        assertThat(train.names()).containsExactly("-1", "2", "10");
        double[] x = features(dataset.train());
        int[] expected = {2, 1, 1, 0};
        assertThat(train.values()).containsExactly(Arrays.stream(x).mapToInt(v -> expected[(int) v - 1]).toArray());
    }

    @ParameterizedTest
    @CsvSource({"label, kind", "label, 2", "label, last"})
    void findsTheLabelColumn(String key, String label) {
        Dataset dataset = read("a,kind\n1,x\n2,y\n3,x\n", key, label);
        assertThat(labels(dataset.train()).names()).containsExactly("x", "y");
    }

    @Test
    void takesALabelColumnInTheMiddleAndIgnoresOthers() {
        Dataset dataset = read("id,kind,a\nA7,x,1\nB8,y,2\n", "label", "kind", "ignore", "id", "test-fraction", "0.5",
                "standardise", "false");
        assertThat(dataset.train().features().features()).isEqualTo(1);
        assertThat(features(dataset.train())[0] + features(dataset.test())[0]).isEqualTo(3);
    }

    @Test
    void readsFilesWithoutHeaderAndWithAnotherSeparator() {
        Dataset dataset = read("1;2;x\n3;4;y\n5;6;x\n", "header", "false", "separator", ";");
        assertThat(dataset.train().size() + dataset.test().size()).isEqualTo(3);
        assertThat(read("a\tb\n1\tx\n2\ty\n", "separator", "tab", "test-fraction", "0.5").train().size()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            1,2,3;4,5,6;7,8,9  | last
            1,2,x;4,5,y;7,8,x  | last
            x,2,3;y,5,6;x,8,9  | 1
            a,2,x;b,5,y;c,8,x  | 3
            """)
    void aHeaderOfNumbersNeedsToBeSaid(String content, String label) {
        String[] settings = {"label", label, "ignore", content.startsWith("a") ? "1" : "", "test-fraction", "0.5",
            "header", "auto"};
        assertThatThrownBy(() -> read(content.replace(';', '\n'), settings)).isInstanceOf(AltminException.class)
                .hasMessageContainingAll("table.csv", "first line", "header=false", "header=true");
        settings[7] = "false";
        assertThat(samples(read(content.replace(';', '\n'), settings))).isEqualTo(3);
        settings[7] = "true";
        assertThat(samples(read(content.replace(';', '\n'), settings))).isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            0,1,kind;4,5,x;7,8,y | kind
            0,b,2;4,5,6;7,8,9    | last
            """)
    void aHeaderWithANameIsOne(String content, String label) {
        assertThat(samples(read(content.replace(';', '\n'), "label", label, "test-fraction", "0.5"))).isEqualTo(2);
    }

    @Test
    void takesFewWholeNumbersForClassesAndManyForValues() {
        assertThat(read(counting(20)).train().targets()).isInstanceOf(Targets.Labels.class);
        assertThat(read(counting(21)).train().targets()).isInstanceOf(Targets.Values.class);
        assertThat(read("x,y\n1,0.5\n2,1\n3,1\n").train().targets()).isInstanceOf(Targets.Values.class);
        assertThat(read("x,y\n1,0.5\n2,1\n3,1\n", "task", "classes").train().targets())
                .isInstanceOf(Targets.Labels.class);
        Dataset values = read(counting(20), "task", "values", "standardise", "false");
        assertThat(((Targets.Values) values.test().targets()).values()).isEqualTo(features(values.test()));
    }

    @Test
    void standardisesWithTheTrainingPart() {
        Dataset dataset = read(counting(100), "test-fraction", "0.3");
        double[] train = features(dataset.train());
        double mean = Arrays.stream(train).average().orElseThrow();
        assertThat(dataset.preprocessing().mean()[0]).isCloseTo(mean, within(1e-12));
        dataset.preprocessing().apply(train, 1, train.length);
        assertThat(Arrays.stream(train).map(x -> x * x).average().orElseThrow()).isCloseTo(1, within(1e-12));
    }

    @Test
    void splitsAllSamplesByTheSplitSeed() {
        String[] share = {"test-fraction", "0.3", "standardise", "false", "split-seed", "4"};
        Dataset dataset = read(counting(50), share);
        assertThat(dataset.test().size()).isEqualTo(15);
        assertThat(IntStream.concat(Arrays.stream(features(dataset.train())).mapToInt(x -> (int) x),
                Arrays.stream(features(dataset.test())).mapToInt(x -> (int) x)).sorted())
                .containsExactlyElementsOf(IntStream.range(0, 50).boxed().toList());
        assertThat(features(read(counting(50), share).test())).isEqualTo(features(dataset.test()));
        share[5] = "5";
        assertThat(features(read(counting(50), share).test())).isNotEqualTo(features(dataset.test()));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', ignoreLeadingAndTrailingWhitespace = false, value = {
        "a,b,c;1,NaN,x|line 2, column 2 ('b'): 'NaN' is not a finite number",
        "a,b,c;1,2,x;3,,x|line 3, column 2 ('b'): '' is not a finite number",
        "a,b,c;1,inf,x|line 2, column 2 ('b'): 'inf' is not",
        "a,b,c;1e999,1,x|line 2, column 1 ('a'): '1e999' is not",
        "a,b,c;1d,1,x|line 2, column 1 ('a'): '1d' is not",
        "a,b,c;;one,1,x|line 3, column 1 ('a'): 'one' is not",
        "a,b,c;1,2,|line 2, column 3 ('c'): the label is empty",
        "a,b,c;1,2|line 2: there are 2 fields instead of 3",
        "a,b,c;1,2,3,4|line 2: there are 4 fields instead of 3",
        "a,b,c;1,\"2,x;3|line 2: a quoted field is not closed",
        "a,b,c;1,\"2\"3,x|line 2: text follows the closing quote of field 2",
        "a,b,c;1,2,x;2,3,x;3,4,x|has the one class 'x' only",
        "a,b,c|holds no samples",
        "|is empty",
        "a,a,c;1,2,x|names two columns 'a' in its first line",
        "a;1;2|has no columns beside the label"})
    void refuses(String content, String message) {
        assertThatThrownBy(() -> read(content == null ? "" : content.replace(';', '\n')))
                .isInstanceOf(AltminException.class)
                .hasMessageContaining("table.csv").hasMessageContaining(message);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "label|d|has no column 'd'; it has 3: a, b, c",
        "label|4|has no column '4'",
        "label|0|has no column '0'",
        "ignore|z|has no column 'z'",
        "ignore|c|cannot be without its label, column 3 ('c'); take it off ignore",
        "ignore|'a,b'|has no columns beside the label; check the separator and ignore",
        "header|maybe|must be auto, true or false, not 'maybe'",
        "task|both|'task'",
        "separator|::|separator of a CSV file must be one character",
        "test-fraction|0|leaves no test samples",
        "test-fraction|1|leaves no training samples",
        "test-fraction|2|'test-fraction'"})
    void refusesSettings(String key, String value, String message) {
        assertThatThrownBy(() -> read("a,b,c\n1,2,x\n3,4,y\n", key, value)).isInstanceOf(AltminException.class)
                .hasMessageContaining(message);
    }

    @Test
    void refusesATestFileThatDoesNotFit() {
        String table = "a,b\n1,x\n2,y\n";
        String other = MadeFiles.write(folder, "other.csv", "a,b\n1,x\n2,z\n").toString();
        assertThatThrownBy(() -> read(table, "test-file", other)).isInstanceOf(AltminException.class)
                .hasMessageContaining("other.csv, line 3: the class 'z' does not occur in the training samples");
        String wider = MadeFiles.write(folder, "wider.csv", "a,c,b\n1,1,x\n").toString();
        assertThatThrownBy(() -> read(table, "test-file", wider)).isInstanceOf(AltminException.class)
                .hasMessageContaining("wider.csv has 2 feature columns, but");
    }

    @Test
    void refusesTextWhereValuesAreAskedFor() {
        assertThatThrownBy(() -> read("a,b\n1,1\n2,x\n3,2\n", "task", "values", "test-fraction", "0.4"))
                .isInstanceOf(AltminException.class)
                .hasMessageContaining("line 3: the label 'x' is not a finite number");
    }

    @Test
    void refusesMissingAndUndecodableFiles() {
        assertThatThrownBy(() -> new CsvReader().read(Map.of(), 0)).isInstanceOf(AltminException.class)
                .hasMessageContaining("file=FILE.csv");
        assertThatThrownBy(() -> new CsvReader().read(Map.of("file", folder.resolve("absent.csv").toString()), 0))
                .isInstanceOf(AltminException.class).hasMessageContaining("There is no file");
        Path latin = IdxBytes.write(folder, "latin.csv",
                new byte[] {'a', ',', (byte) 0xE9, '\n'});
        assertThatThrownBy(() -> new CsvReader().read(Map.of("file", latin.toString()), 0))
                .isInstanceOf(AltminException.class).hasMessageContaining("is not text in UTF-8");
    }

    private static String counting(int samples) {
        return "x,y\n" + IntStream.range(0, samples).mapToObj(i -> i + "," + i + "\n").collect(Collectors.joining());
    }

    private Dataset read(String content, String... settings) {
        Path file = MadeFiles.write(folder, "table.csv", content);
        Map<String, String> given = new HashMap<>(Map.of("file", file.toString()));
        for (int i = 0; i < settings.length; i += 2) {
            given.put(settings[i], settings[i + 1]);
        }
        return new CsvReader().read(given, 0);
    }

    private static int samples(Dataset dataset) {
        return dataset.train().size() + dataset.test().size();
    }

    private static double[] features(Samples samples) {
        return ((DoubleTable) samples.features()).values().clone();
    }

    private static Targets.Labels labels(Samples samples) {
        return (Targets.Labels) samples.targets();
    }
}

package org.altmin.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.altmin.core.data.Dataset;
import org.altmin.core.data.DatasetReader;
import org.altmin.core.data.FeatureTable;
import org.altmin.core.data.Preprocessing;
import org.altmin.core.data.Samples;
import org.altmin.core.data.Targets;
import org.altmin.core.settings.Setting;
import org.altmin.linalg.AltminException;
import org.altmin.linalg.spi.Registry;
import org.junit.jupiter.api.Test;

/**
 * What every {@link DatasetReader} must do.
 *
 * <pre>{@code
 * class RingsTest extends DatasetReaderContract {
 *     @Override
 *     protected DatasetReader reader() {
 *         return new Rings();
 *     }
 *
 *     @Override
 *     protected boolean generated() {
 *         return true;
 *     }
 * }
 * }</pre>
 */
public abstract class DatasetReaderContract {

    private static final long SEED = 20;

    /** The reader that is judged. */
    protected abstract DatasetReader reader();

    /** Settings under which it can be read here: the folder of made files, or a smaller size. */
    protected Map<String, String> settings() {
        return Map.of();
    }

    /** Whether the samples depend on the seed. */
    protected boolean generated() {
        return false;
    }

    @Test
    void hasAValidName() {
        DatasetReader reader = reader();
        assertThat(Registry.of("dataset", List.of(reader)).get(reader.name())).isSameAs(reader);
        assertThat(reader.description()).isNotBlank();
    }

    @Test
    void declaresItsSettings() {
        assertThat(reader().settings()).extracting(Setting::name).doesNotHaveDuplicates()
                .allSatisfy(name -> assertThat(name).matches("[a-z][a-z0-9]*(-[a-z0-9]+)*"));
        assertThat(reader().settings()).extracting(Setting::description).allSatisfy(
                description -> assertThat(description).isNotBlank());
    }

    @Test
    void refusesASettingItDoesNotHave() {
        assertThatThrownBy(() -> reader().read(Map.of("no-such-setting", "1"), SEED))
                .isInstanceOf(AltminException.class).hasMessageContaining("no-such-setting")
                .hasMessageContaining(reader().name());
    }

    @Test
    void hasTrainingAndTestSamplesOfOneShape() {
        Dataset dataset = read(SEED);
        assertThat(dataset.name()).isEqualTo(reader().name());
        assertThat(dataset.origin()).isNotBlank();
        Samples train = dataset.train();
        Samples test = dataset.test();
        assertThat(train.size()).as("training samples").isPositive();
        assertThat(test.size()).as("test samples").isPositive();
        assertThat(train.features().samples()).isEqualTo(train.size());
        assertThat(train.features().features()).as("features").isPositive()
                .isEqualTo(test.features().features());
        assertThat(train.targets().outputs()).as("outputs").isPositive().isEqualTo(test.targets().outputs());
        assertThat(train.targets()).hasSameClassAs(test.targets());
    }

    @Test
    void targetsAreInRange() {
        Dataset dataset = read(SEED);
        for (Samples samples : List.of(dataset.train(), dataset.test())) {
            if (samples.targets() instanceof Targets.Labels labels) {
                assertThat(labels.names()).doesNotHaveDuplicates().allSatisfy(name -> assertThat(name).isNotBlank());
                for (int label : labels.values()) {
                    assertThat(label).isBetween(0, labels.outputs() - 1);
                }
            } else if (samples.targets() instanceof Targets.Values values) {
                assertThat(values.values()).hasSize(samples.size() * values.outputs());
                assertFinite("targets", values.values());
            }
        }
        if (dataset.train().targets() instanceof Targets.Labels labels) {
            assertThat(labels.names()).isEqualTo(((Targets.Labels) dataset.test().targets()).names());
            assertThat(Arrays.stream(labels.values()).distinct().count()).as("classes that occur").isGreaterThan(1);
        }
    }

    @Test
    void featuresAreFiniteBeforeAndAfterPreprocessing() {
        Dataset dataset = read(SEED);
        Preprocessing preprocessing = dataset.preprocessing();
        int features = dataset.train().features().features();
        assertThat(preprocessing.mean().length).as("means").isIn(1, features);
        assertThat(preprocessing.deviation().length).as("deviations").isIn(1, features);
        for (double deviation : preprocessing.deviation()) {
            assertThat(deviation).as("deviation").isPositive().isFinite();
        }
        for (Samples samples : List.of(dataset.train(), dataset.test())) {
            double[] values = all(samples.features());
            assertFinite("features", values);
            preprocessing.apply(values, features, samples.size());
            assertFinite("preprocessed features", values);
        }
    }

    @Test
    void readsAnyRangeOfSamples() {
        Samples train = read(SEED).train();
        FeatureTable table = train.features();
        int features = table.features();
        double[] all = all(table);
        int from = train.size() / 3;
        int to = Math.max(from + 1, train.size() / 2);
        double[] part = new double[(to - from) * features + 2];
        Arrays.fill(part, -123);
        table.read(from, to, part);
        assertThat(Arrays.copyOf(part, (to - from) * features))
                .isEqualTo(Arrays.copyOfRange(all, from * features, to * features));
        assertThat(Arrays.copyOfRange(part, part.length - 2, part.length)).as("behind the range").containsOnly(-123);
        Samples range = train.range(from, to);
        assertThat(range.size()).isEqualTo(to - from);
        assertThat(all(range.features())).isEqualTo(Arrays.copyOf(part, (to - from) * features));
    }

    @Test
    void isTheSameAgain() {
        Dataset first = read(SEED);
        Dataset second = read(SEED);
        assertThat(second.origin()).isEqualTo(first.origin());
        assertThat(all(second.train().features())).isEqualTo(all(first.train().features()));
        assertThat(all(second.test().features())).isEqualTo(all(first.test().features()));
        assertThat(targets(second.train())).isEqualTo(targets(first.train()));
        assertThat(targets(second.test())).isEqualTo(targets(first.test()));
    }

    @Test
    void dependsOnTheSeedOnlyIfItIsGenerated() {
        double[] first = all(read(SEED).train().features());
        double[] second = all(read(SEED + 1).train().features());
        assertThat(Arrays.equals(first, second)).as("the same samples with another seed").isEqualTo(!generated());
    }

    private Dataset read(long seed) {
        return reader().read(settings(), seed);
    }

    private static double[] all(FeatureTable table) {
        double[] values = new double[table.samples() * table.features()];
        table.read(0, table.samples(), values);
        return values;
    }

    private static double[] targets(Samples samples) {
        return samples.targets() instanceof Targets.Labels labels ? Arrays.stream(labels.values()).asDoubleStream()
                .toArray() : ((Targets.Values) samples.targets()).values();
    }

    private static void assertFinite(String what, double[] values) {
        for (double value : values) {
            if (!Double.isFinite(value)) {
                throw new AssertionError("there is a " + value + " among the " + what);
            }
        }
    }
}

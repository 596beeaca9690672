package org.altmin.testkit;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.altmin.core.data.Dataset;
import org.altmin.core.data.DatasetReader;
import org.altmin.core.data.DoubleTable;
import org.altmin.core.data.Preprocessing;
import org.altmin.core.data.Samples;
import org.altmin.core.data.Targets;
import org.altmin.core.settings.Setting;
import org.altmin.core.settings.Settings;
import org.altmin.linalg.RandomStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class DatasetReaderContractTest {

    /** Points in the plane, labelled by the sign of their first coordinate. */
    private record HalfPlanes(Mistake mistake) implements DatasetReader {

        private static int reads;

        @Override
        public String name() {
            return "half-planes";
        }

        @Override
        public String description() {
            return "points in the plane";
        }

        @Override
        public List<Setting> settings() {
            return List.of(new Setting("samples", "30", "of each part"));
        }

        @Override
        public Dataset read(Settings settings, long seed) {
            long used = mistake == Mistake.SEED ? 1 : mistake == Mistake.DETERMINISM ? seed + reads++ : seed;
            RandomStream random = new RandomStream(used);
            int samples = settings.integer("samples", 1, 1000);
            return new Dataset(name(), samples(random, samples), samples(random, samples), Preprocessing.none(),
                    "half-planes from seed " + seed);
        }

        private Samples samples(RandomStream random, int count) {
            double[] features = new double[2 * count];
            Arrays.setAll(features, i -> random.nextGaussian());
            int[] labels = new int[count];
            Arrays.setAll(labels, j -> features[2 * j] > 0 ? 1 : 0);
            if (mistake == Mistake.VALUE) {
                features[7] = Double.NaN;
            }
            return new Samples(new DoubleTable(features, 2), new Targets.Labels(labels, List.of("left", "right")));
        }
    }

    private static class Judged extends DatasetReaderContract {

        private final Mistake mistake;

        Judged(Mistake mistake) {
            this.mistake = mistake;
        }

        @Override
        protected DatasetReader reader() {
            return new HalfPlanes(mistake);
        }

        @Override
        protected boolean generated() {
            return true;
        }
    }

    @Nested
    class OfHalfPlanes extends Judged {
        OfHalfPlanes() {
            super(Mistake.NONE);
        }
    }

    static Stream<Arguments> mistakes() {
        return Stream.of(
                noticed(Mistake.SEED, DatasetReaderContract::dependsOnTheSeedOnlyIfItIsGenerated),
                noticed(Mistake.DETERMINISM, DatasetReaderContract::isTheSameAgain),
                noticed(Mistake.VALUE, DatasetReaderContract::featuresAreFiniteBeforeAndAfterPreprocessing));
    }

    @ParameterizedTest
    @MethodSource("mistakes")
    void notices(Mistake mistake, Consumer<DatasetReaderContract> test) {
        assertThatThrownBy(() -> test.accept(new Judged(mistake))).isInstanceOf(AssertionError.class);
    }

    private static Arguments noticed(Mistake mistake, Consumer<DatasetReaderContract> test) {
        return Arguments.of(mistake, test);
    }
}

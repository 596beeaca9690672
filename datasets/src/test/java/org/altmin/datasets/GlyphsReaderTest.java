package org.altmin.datasets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import org.altmin.core.data.ByteTable;
import org.altmin.core.data.Dataset;
import org.altmin.core.data.Samples;
import org.altmin.core.data.Targets;
import org.altmin.linalg.AltminException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GlyphsReaderTest {

    private static final int PIXELS = 28 * 28;

    @Test
    void drawsTheSameBytesOnEveryMachine() throws NoSuchAlgorithmException {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        Dataset dataset = read(200, 50, 13);
        for (Samples part : new Samples[] {dataset.train(), dataset.test()}) {
            digest.update(pixels(part));
            Arrays.stream(labels(part)).forEach(label -> digest.update((byte) label));
        }
        assertThat(HexFormat.of().formatHex(digest.digest()))
                .isEqualTo("87ceb91a64cf950659c12005cb73d8b4bba5b5e4a887a98d61f76c2543694b0d");
    }

    @Test
    void hasTheSizesOfItsSettings() {
        Dataset dataset = read(30, 20, 1);
        assertThat(dataset.train().size()).isEqualTo(30);
        assertThat(dataset.test().size()).isEqualTo(20);
        assertThat(dataset.train().features().features()).isEqualTo(PIXELS);
        assertThat(dataset.train().targets().outputs()).isEqualTo(10);
        assertThat(new GlyphsReader().settings()).extracting(setting -> setting.defaultValue())
                .containsExactly("10000", "2000");
    }

    @Test
    void differsBetweenSeedsAndParts() {
        byte[] train = pixels(read(20, 20, 1).train());
        assertThat(train).isNotEqualTo(pixels(read(20, 20, 2).train()))
                .isNotEqualTo(pixels(read(20, 20, 1).test()));
    }

    @Test
    void beginsTheSameWhateverTheSize() {
        byte[] few = pixels(read(10, 1, 3).train());
        assertThat(pixels(read(25, 1, 3).train())).startsWith(few);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9})
    void paintsEveryDigitWithinThePicture(int digit) {
        Samples samples = read(2000, 1, 4).train();
        int[] labels = labels(samples);
        byte[] pixels = pixels(samples);
        double border = 0;
        double inside = 0;
        int count = 0;
        for (int i = 0; i < labels.length; i++) {
            for (int pixel = 0; labels[i] == digit && pixel < PIXELS; pixel++) {
                int value = pixels[i * PIXELS + pixel] & 0xFF;
                boolean onBorder = pixel < 28 || pixel >= PIXELS - 28 || pixel % 28 == 0 || pixel % 28 == 27;
                border += onBorder ? value : 0;
                inside += value;
            }
            count += labels[i] == digit ? 1 : 0;
        }
        assertThat(count).isBetween(140, 260);
        assertThat(inside / count / PIXELS).isBetween(10.0, 60.0);
        assertThat(border).isLessThan(0.05 * inside);
    }

    @Test
    void isTooHardForALinearClassifier() {
        Dataset dataset = read(10_000, 2_000, 5);
        double accuracy = SoftmaxRegression.bestTestAccuracy(dataset, 12);
        assertThat(accuracy).isBetween(0.75, 0.90);
    }

    @Test
    void refusesAnEmptyPart() {
        assertThatThrownBy(() -> read(10, 0, 1)).isInstanceOf(AltminException.class)
                .hasMessageContaining("'test'").hasMessageContaining("'0'");
    }

    private static Dataset read(int train, int test, long seed) {
        return new GlyphsReader().read(Map.of("train", "" + train, "test", "" + test), seed);
    }

    private static byte[] pixels(Samples samples) {
        return ((ByteTable) samples.features()).values();
    }

    private static int[] labels(Samples samples) {
        return ((Targets.Labels) samples.targets()).values();
    }
}

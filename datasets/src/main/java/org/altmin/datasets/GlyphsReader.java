package org.altmin.datasets;

import java.util.List;
import org.altmin.core.data.Dataset;
import org.altmin.core.data.DatasetReader;
import org.altmin.core.data.Preprocessing;
import org.altmin.core.data.Samples;
import org.altmin.core.settings.Setting;
import org.altmin.core.settings.Settings;
import org.altmin.datasets.internal.glyphs.Glyphs;
import org.altmin.linalg.RandomStream;

/**
 * Ten digits drawn in code, in the format of MNIST: 28 x 28 bytes, white on black. Made from the seed alone, with
 * {@link StrictMath}, so the bytes are the same on every machine. A linear classifier stays below 0.90 on the test
 * part; a network with two hidden layers of 100 passes 0.97.
 */
public final class GlyphsReader implements DatasetReader {

    private static final int MAXIMUM = 1_000_000;
    private static final double WHITE = 255;

    @Override
    public String name() {
        return "glyphs";
    }

    @Override
    public String description() {
        return "ten digits drawn in code, 28 x 28 grey like MNIST; needs no files";
    }

    @Override
    public List<Setting> settings() {
        return List.of(new Setting("train", "10000", "training samples"), new Setting("test", "2000", "test samples"));
    }

    @Override
    public Dataset read(Settings settings, long seed) {
        RandomStream random = new RandomStream(seed);
        Samples train = Glyphs.draw(settings.integer("train", 1, MAXIMUM), random.split("glyphs train"));
        Samples test = Glyphs.draw(settings.integer("test", 1, MAXIMUM), random.split("glyphs test"));
        return new Dataset(name(), train, test, Preprocessing.scale(WHITE), "generated from seed " + seed);
    }
}

package org.altmin.datasets.internal.glyphs;

import java.util.List;
import org.altmin.core.data.ByteTable;
import org.altmin.core.data.Samples;
import org.altmin.core.data.Targets;
import org.altmin.linalg.RandomStream;

/** Labelled pictures of digits. */
public final class Glyphs {

    private static final List<String> CLASSES = List.of("0", "1", "2", "3", "4", "5", "6", "7", "8", "9");

    private Glyphs() {
    }

    /** Samples with labels drawn uniformly, one picture after the other, so that a longer series begins the same. */
    public static Samples draw(int samples, RandomStream random) {
        byte[] pixels = new byte[Math.multiplyExact(samples, Canvas.PIXELS)];
        int[] labels = new int[samples];
        GlyphPainter painter = new GlyphPainter(random);
        for (int i = 0; i < samples; i++) {
            labels[i] = random.nextInt(CLASSES.size());
            painter.paint(labels[i], pixels, i * Canvas.PIXELS);
        }
        return new Samples(new ByteTable(pixels, Canvas.PIXELS), new Targets.Labels(labels, CLASSES));
    }
}

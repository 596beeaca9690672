package com.example.task;

import java.util.List;
import org.altmin.core.data.Dataset;
import org.altmin.core.data.DatasetReader;
import org.altmin.core.data.DoubleTable;
import org.altmin.core.data.Preprocessing;
import org.altmin.core.data.Samples;
import org.altmin.core.data.Targets;
import org.altmin.core.settings.Setting;
import org.altmin.core.settings.Settings;
import org.altmin.linalg.RandomStream;

/**
 * Two spirals in the plane, to be told apart (after Lang and Witbrock 1988): points (r cos φ, r sin φ) and their mirror
 * images in the origin, with φ = 2π · turns · r and r uniform on [0.1, 1], and Gaussian noise on both coordinates.
 */
public final class TwoSpirals implements DatasetReader {

    private static final List<String> CLASSES = List.of("left", "right");
    private static final int MAXIMUM = 10_000_000;

    @Override
    public String name() {
        return "two-spirals";
    }

    @Override
    public String description() {
        return "two interlocked spirals in the plane, generated from the seed";
    }

    @Override
    public List<Setting> settings() {
        return List.of(new Setting("train", "2000", "training samples"), new Setting("test", "1000", "test samples"),
                new Setting("turns", "1.5", "how often a spiral goes round, above 0"),
                new Setting("noise", "0.02", "standard deviation of both coordinates, at least 0"));
    }

    @Override
    public Dataset read(Settings settings, long seed) {
        RandomStream random = new RandomStream(seed);
        double turns = settings.positive("turns");
        double noise = settings.number("noise", 0, Double.MAX_VALUE);
        Samples train = sample(settings.integer("train", 1, MAXIMUM), turns, noise, random.split("train"));
        Samples test = sample(settings.integer("test", 1, MAXIMUM), turns, noise, random.split("test"));
        return new Dataset(name(), train, test, Preprocessing.standardise(train.features()),
                "generated from seed " + seed);
    }

    private static Samples sample(int count, double turns, double noise, RandomStream random) {
        double[] points = new double[2 * count];
        int[] labels = new int[count];
        for (int j = 0; j < count; j++) {
            labels[j] = random.nextInt(CLASSES.size());
            double radius = random.nextDouble(0.1, 1);
            double angle = 2 * Math.PI * turns * radius + Math.PI * labels[j];
            points[2 * j] = radius * Math.cos(angle) + noise * random.nextGaussian();
            points[2 * j + 1] = radius * Math.sin(angle) + noise * random.nextGaussian();
        }
        return new Samples(new DoubleTable(points, 2), new Targets.Labels(labels, CLASSES));
    }
}

package org.altmin.datasets.internal.table;

import java.util.Arrays;
import org.altmin.core.settings.Setting;
import org.altmin.core.settings.Settings;
import org.altmin.linalg.RandomStream;

/** A random split of samples into a training and a test part, the same for every run with the same split seed. */
public record Split(int[] train, int[] test) {

    private static final String SEED = "split-seed";

    /** Of its own, not the run's: a model must not meet its training samples again in another run's test part. */
    public static Setting seedSetting() {
        return new Setting(SEED, "1", "seed of the random split into training and test samples");
    }

    public static RandomStream random(Settings settings) {
        return new RandomStream(settings.integer(SEED, Integer.MIN_VALUE, Integer.MAX_VALUE)).split("split");
    }

    /** The first {@code train} of a random order, and the next {@code test}. */
    public static Split of(int samples, int train, int test, RandomStream random) {
        int[] order = random.permutation(samples);
        return new Split(Arrays.copyOf(order, train), Arrays.copyOfRange(order, train, train + test));
    }
}

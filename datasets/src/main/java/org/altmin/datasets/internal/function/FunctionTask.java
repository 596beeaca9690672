package org.altmin.datasets.internal.function;

import java.util.List;
import java.util.function.ToDoubleFunction;
import org.altmin.core.data.Dataset;
import org.altmin.core.data.DoubleTable;
import org.altmin.core.data.Preprocessing;
import org.altmin.core.data.Samples;
import org.altmin.core.data.Targets;
import org.altmin.core.settings.Setting;
import org.altmin.core.settings.Settings;
import org.altmin.linalg.RandomStream;

/**
 * A real function on a cube, to be learnt from samples: inputs are uniform, training values carry Gaussian noise, test
 * values do not.
 *
 * @param inputs n_0
 * @param from the lower end of every input's range
 * @param to the upper end of every input's range
 * @param noiseVariance the default
 * @param function of an array of n_0 inputs
 */
public record FunctionTask(String name, int inputs, double from, double to, double noiseVariance,
        ToDoubleFunction<double[]> function) {

    private static final int MAXIMUM = 10_000_000;

    public List<Setting> settings() {
        return List.of(new Setting("train", "1000", "training samples"),
                new Setting("test", "1000", "test samples, without noise"),
                new Setting("noise-variance", noiseVariance == 0 ? "0" : Double.toString(noiseVariance),
                        "variance of the Gaussian noise on the training values"));
    }

    public Dataset read(Settings settings, long seed) {
        double deviation = Math.sqrt(settings.number("noise-variance", 0, Double.MAX_VALUE));
        int train = settings.integer("train", 1, MAXIMUM);
        int test = settings.integer("test", 1, MAXIMUM);
        RandomStream random = new RandomStream(seed);
        return new Dataset(name, sample(train, deviation, random.split(name + " train")),
                sample(test, 0, random.split(name + " test")), Preprocessing.none(),
                "generated from seed " + seed);
    }

    private Samples sample(int samples, double deviation, RandomStream random) {
        double[] points = new double[samples * inputs];
        double[] values = new double[samples];
        double[] point = new double[inputs];
        for (int i = 0; i < samples; i++) {
            for (int j = 0; j < inputs; j++) {
                point[j] = random.nextDouble(from, to);
                points[i * inputs + j] = point[j];
            }
            values[i] = function.applyAsDouble(point) + deviation * random.nextGaussian();
        }
        return new Samples(new DoubleTable(points, inputs), new Targets.Values(values, 1));
    }
}

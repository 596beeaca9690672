package org.altmin.core.data;

/**
 * x ← (x − mean) / deviation, feature by feature, fitted on the training part and kept in the model. Both arrays have
 * one entry for all features, or one for each.
 */
public record Preprocessing(double[] mean, double[] deviation) {

    private static final int CHUNK = 1024;

    /** Nothing is changed. */
    public static Preprocessing none() {
        return scale(1);
    }

    /** x ← x / divisor. */
    public static Preprocessing scale(double divisor) {
        return new Preprocessing(new double[] {0}, new double[] {divisor});
    }

    /** Mean 0 and variance 1 for every feature over these samples; constant features become 0. */
    public static Preprocessing standardise(FeatureTable table) {
        int features = table.features();
        double[] first = new double[features];
        if (table.samples() > 0) {
            table.read(0, 1, first);
        }
        // Sums are of differences from the first sample, so that a constant has no deviation by rounding.
        double[] mean = new double[features];
        double[] deviation = new double[features];
        double[] chunk = new double[CHUNK * features];
        for (int pass = 0; pass < 2; pass++) {
            for (int from = 0; from < table.samples(); from += CHUNK) {
                int to = Math.min(from + CHUNK, table.samples());
                table.read(from, to, chunk);
                for (int i = 0; i < (to - from) * features; i++) {
                    int feature = i % features;
                    if (pass == 0) {
                        mean[feature] += (chunk[i] - first[feature]) / table.samples();
                    } else {
                        double centred = chunk[i] - first[feature] - mean[feature];
                        deviation[feature] += centred * centred / table.samples();
                    }
                }
            }
        }
        for (int feature = 0; feature < features; feature++) {
            mean[feature] += first[feature];
            deviation[feature] = deviation[feature] > 0 ? Math.sqrt(deviation[feature]) : 1;
        }
        return new Preprocessing(mean, deviation);
    }

    /** Applies to samples written one after the other. */
    public void apply(double[] values, int features, int samples) {
        for (int i = 0; i < samples * features; i++) {
            int feature = i % features;
            double shift = mean[mean.length == 1 ? 0 : feature];
            double divisor = deviation[deviation.length == 1 ? 0 : feature];
            values[i] = (values[i] - shift) / divisor;
        }
    }
}

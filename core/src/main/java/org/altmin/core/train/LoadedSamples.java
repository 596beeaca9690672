package org.altmin.core.train;

import java.util.Locale;
import org.altmin.core.data.Preprocessing;
import org.altmin.core.data.Samples;
import org.altmin.core.data.Targets;
import org.altmin.core.operator.TargetEncoding;
import org.altmin.linalg.AltminException;
import org.altmin.linalg.LinearAlgebra;
import org.altmin.linalg.Matrix;
import org.altmin.linalg.Precision;

/**
 * Samples as a backend's matrices.
 *
 * @param inputs preprocessed features, n_0 × n
 * @param targets encoded targets, n_L × n
 * @param original the targets as they came
 */
public record LoadedSamples(Matrix inputs, Matrix targets, Targets original) {

    private static final int CHUNK = 1024;

    /**
     * @param smoothing label smoothing s of class targets: 1 − s + s/K and s/K instead of 1 and 0
     * @throws AltminException if a feature or target is not finite in the backend's precision: which, of which sample
     */
    public static LoadedSamples load(LinearAlgebra la, Samples samples, Preprocessing preprocessing,
            TargetEncoding encoding, double smoothing) {
        int features = samples.features().features();
        int count = samples.size();
        int outputs = samples.targets().outputs();
        Matrix inputs = la.allocate(features, count);
        Matrix targets = la.allocate(outputs, count);
        double[] chunk = new double[CHUNK * Math.max(features, outputs)];
        for (int from = 0; from < count; from += CHUNK) {
            int to = Math.min(from + CHUNK, count);
            samples.features().read(from, to, chunk);
            preprocessing.apply(chunk, features, to - from);
            requireFinite("feature", chunk, from, to, features, la.precision());
            la.upload(chunk, 0, inputs.columns(from, to));
            encode(samples.targets(), from, to, encoding, smoothing, chunk);
            requireFinite("target", chunk, from, to, outputs, la.precision());
            la.upload(chunk, 0, targets.columns(from, to));
        }
        return new LoadedSamples(inputs, targets, samples.targets());
    }

    /** n. */
    public int size() {
        return inputs.columns();
    }

    private static void requireFinite(String what, double[] values, int from, int to, int rows, Precision precision) {
        for (int i = 0; i < (to - from) * rows; i++) {
            double stored = precision == Precision.FLOAT32 ? (float) values[i] : values[i];
            if (!Double.isFinite(stored)) {
                throw new AltminException("In sample " + (from + i / rows) + " the " + what + " " + i % rows + " is "
                        + values[i] + ", which is no finite " + precision.name().toLowerCase(Locale.ROOT)
                        + "; mend it or leave out the sample. Samples and " + what + "s are counted from 0.");
            }
        }
    }

    private static void encode(Targets targets, int from, int to, TargetEncoding encoding, double smoothing,
            double[] into) {
        int outputs = targets.outputs();
        for (int sample = from; sample < to; sample++) {
            for (int row = 0; row < outputs; row++) {
                double entry;
                if (targets instanceof Targets.Labels labels) {
                    entry = encoding.entry(row, labels.values()[sample], smoothing, outputs);
                } else {
                    entry = ((Targets.Values) targets).values()[sample * outputs + row];
                }
                into[(sample - from) * outputs + row] = entry;
            }
        }
    }
}

package org.altmin.core.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.altmin.core.network.ForwardPass;
import org.altmin.core.network.Weights;
import org.altmin.linalg.Backends;
import org.altmin.linalg.Expr;
import org.altmin.linalg.Kernel;
import org.altmin.linalg.LinearAlgebra;
import org.altmin.linalg.LinearAlgebraOptions;
import org.altmin.linalg.Matrix;

/**
 * A model with its weights on a backend, for raw samples. For use by one thread at a time; closing it closes its
 * backend.
 *
 * <pre>{@code
 * try (Predictor predictor = Predictor.open(ModelFiles.read(Path.of("runs/online-altmin-csv-001")))) {
 *     switch (predictor.predict(List.of(features)).get(0)) { ... }
 * }
 * }</pre>
 */
public final class Predictor implements AutoCloseable {

    private static final int CAPACITY = 1024;
    private static final Kernel SOFTMAX = softmax();

    private final Model model;
    private final boolean probabilities;
    private final LinearAlgebra la;
    private final Weights weights;
    private final ForwardPass forward;
    private final Matrix inputs;

    private Predictor(Model model, LinearAlgebra la) {
        this.model = model;
        probabilities = model.givesProbabilities();
        this.la = la;
        weights = model.load(la);
        forward = new ForwardPass(la, model.network(), CAPACITY);
        inputs = la.allocate(model.network().inputs(), CAPACITY);
    }

    /**
     * On the fastest backend available, in the model's precision.
     *
     * @throws org.altmin.linalg.AltminException if no backend is on the path
     */
    public static Predictor open(Model model) {
        return open(model, Backends.AUTO, LinearAlgebraOptions.of(model.precision()));
    }

    /**
     * On a backend by name.
     *
     * @throws org.altmin.linalg.AltminException if the backend is not installed or not available: with what is
     */
    public static Predictor open(Model model, String backend, LinearAlgebraOptions options) {
        LinearAlgebra la = Backends.open(backend, options);
        try {
            return new Predictor(model, la);
        } catch (RuntimeException | Error e) {
            la.close();
            throw e;
        }
    }

    public Model model() {
        return model;
    }

    /**
     * The prediction for each sample.
     *
     * @param samples raw features, before the model's preprocessing, in the order of {@link Model#features()}; they are
     *     not changed
     * @throws IllegalArgumentException if a sample does not have as many features as the model has inputs
     */
    public List<Prediction> predict(List<double[]> samples) {
        List<Prediction> predictions = new ArrayList<>();
        for (int from = 0; from < samples.size(); from += CAPACITY) {
            run(samples.subList(from, Math.min(from + CAPACITY, samples.size())), predictions);
        }
        return predictions;
    }

    /** The prediction for one sample; see {@link #predict(List)}. */
    public Prediction predict(double... sample) {
        return predict(List.of(sample)).get(0);
    }

    @Override
    public void close() {
        la.close();
    }

    private void run(List<double[]> samples, List<Prediction> predictions) {
        int features = model.network().inputs();
        double[] raw = new double[samples.size() * features];
        for (int i = 0; i < samples.size(); i++) {
            if (samples.get(i).length != features) {
                throw new IllegalArgumentException("a sample has " + samples.get(i).length
                        + " features, but the model has " + features + " inputs");
            }
            System.arraycopy(samples.get(i), 0, raw, i * features, features);
        }
        model.preprocessing().apply(raw, features, samples.size());
        Matrix loaded = inputs.columns(0, samples.size());
        la.upload(raw, loaded);
        Matrix outputs = forward.run(weights, loaded);
        if (model.outputs() instanceof Outputs.Classes classes) {
            int[] best = new int[samples.size()];
            la.argmaxColumns(outputs, best);
            if (probabilities) {
                la.map(outputs, SOFTMAX, outputs);
            }
            double[] scores = la.toArray(outputs);
            for (int i = 0; i < best.length; i++) {
                predictions.add(new Prediction.OfClass(best[i], classes.names().get(best[i]),
                        column(scores, i, outputs.rows())));
            }
        } else {
            double[] values = la.toArray(outputs);
            for (int i = 0; i < samples.size(); i++) {
                predictions.add(new Prediction.OfValues(column(values, i, outputs.rows())));
            }
        }
    }

    private static List<Double> column(double[] values, int column, int rows) {
        return Arrays.stream(values, column * rows, (column + 1) * rows).boxed().toList();
    }

    private static Kernel softmax() {
        Expr z = Expr.input(0);
        Expr exp = z.minus(Expr.columnMax(z)).exp();
        return Kernel.builder().inDouble().output(exp.dividedBy(Expr.columnSum(exp))).build();
    }
}

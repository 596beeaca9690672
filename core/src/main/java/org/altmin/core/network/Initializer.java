package org.altmin.core.network;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.altmin.linalg.AltminException;
import org.altmin.linalg.LinearAlgebra;
import org.altmin.linalg.Matrix;
import org.altmin.linalg.RandomStream;
import org.altmin.linalg.spi.NearMiss;

/**
 * Random initial weights: the six schemes of sigmoid-admm.md, section 5.1, times a scale factor, and plain N(0, s²).
 * Biases are set to a constant, or drawn from the same N(0, s²) as the weights where the scheme says so.
 *
 * @param scheme the distribution
 * @param scale a factor on the scheme; for {@link Scheme#GAUSSIAN} the standard deviation s itself
 * @param bias all biases; NaN draws them from N(0, scale²)
 */
public record Initializer(Scheme scheme, double scale, double bias) {

    /** The distribution of a weight, with n_in inputs and n_out outputs of the layer. */
    public enum Scheme {
        /** N(0, s²). */
        GAUSSIAN,
        /** Uniform on ±√(3/n_in). */
        LECUN_UNIFORM,
        /** N(0, 1/n_in). */
        LECUN_GAUSSIAN,
        /** Orthonormal rows or columns, from a uniform matrix on ±1. */
        ORTHOGONAL_UNIFORM,
        /** Orthonormal rows or columns, from a normal matrix. */
        ORTHOGONAL_GAUSSIAN,
        /** Uniform on ±√(6/(n_in + n_out)) (Glorot and Bengio 2010). */
        XAVIER,
        /** N(0, 2/n_in) (He et al. 2015). */
        MSRA,
        /** N(0, 2/n_out), in the last layer N(0, 1/n_out): MSRA as in sigmoid-admm.md, section 5.1, and its code. */
        MSRA_FAN_OUT;

        /** As written in a configuration. */
        public String label() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    public Initializer {
        if (!(scale > 0) || Double.isInfinite(scale)) {
            throw new AltminException("The scale of the initial weights must be above 0, not " + scale + ".");
        }
    }

    /** The names of the schemes. */
    public static List<String> names() {
        return Stream.of(Scheme.values()).map(Scheme::label).toList();
    }

    /** @throws AltminException if there is no scheme of that name; the message lists them */
    public static Scheme scheme(String name) {
        return Stream.of(Scheme.values()).filter(scheme -> scheme.label().equals(name)).findFirst()
                .orElseThrow(() -> new AltminException("There is no initializer '" + name + "'"
                        + NearMiss.hint(name, names()) + "; there are " + String.join(", ", names())
                        + ", or a file of weights whose name ends in .safetensors, such as "
                        + "model/weights.safetensors of a run."));
    }

    /** Weights for a network; a layer's numbers depend only on the stream, the layer and its shape. */
    public Weights create(LinearAlgebra la, Network network, RandomStream random) {
        Weights weights = new Weights(la, network);
        for (int l = 1; l <= network.depth(); l++) {
            fill(weights.weight(l), l == network.depth(), random.split("W" + l));
            if (!network.bias()) {
                continue;
            }
            if (Double.isNaN(bias)) {
                random.split("b" + l).fillGaussian(weights.bias(l), 0, scale);
            } else {
                la.fill(weights.bias(l), bias);
            }
        }
        return weights;
    }

    private void fill(Matrix weight, boolean last, RandomStream random) {
        int fanIn = weight.columns();
        int fanOut = weight.rows();
        switch (scheme) {
            case GAUSSIAN -> random.fillGaussian(weight, 0, scale);
            case LECUN_UNIFORM -> fillUniform(weight, scale * Math.sqrt(3.0 / fanIn), random);
            case LECUN_GAUSSIAN -> random.fillGaussian(weight, 0, scale / Math.sqrt(fanIn));
            case ORTHOGONAL_UNIFORM, ORTHOGONAL_GAUSSIAN -> fillOrthogonal(weight, random);
            case XAVIER -> fillUniform(weight, scale * Math.sqrt(6.0 / (fanIn + fanOut)), random);
            case MSRA -> random.fillGaussian(weight, 0, scale * Math.sqrt(2.0 / fanIn));
            case MSRA_FAN_OUT -> random.fillGaussian(weight, 0, scale * Math.sqrt((last ? 1.0 : 2.0) / fanOut));
        }
    }

    private static void fillUniform(Matrix weight, double bound, RandomStream random) {
        random.fillUniform(weight, -bound, bound);
    }

    /** Modified Gram-Schmidt, twice for orthogonality to working precision, on the shorter side's vectors. */
    private void fillOrthogonal(Matrix weight, RandomStream random) {
        int rows = weight.rows();
        int columns = weight.columns();
        int count = Math.min(rows, columns);
        int length = Math.max(rows, columns);
        double[][] vectors = new double[count][length];
        for (double[] vector : vectors) {
            for (int i = 0; i < length; i++) {
                vector[i] = scheme == Scheme.ORTHOGONAL_UNIFORM ? random.nextDouble(-1, 1) : random.nextGaussian();
            }
        }
        for (int i = 0; i < count; i++) {
            for (int pass = 0; pass < 2; pass++) {
                for (int j = 0; j < i; j++) {
                    subtractProjection(vectors[i], vectors[j]);
                }
            }
            normalise(vectors[i]);
        }
        double[] elements = new double[rows * columns];
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < columns; column++) {
                double entry = rows <= columns ? vectors[row][column] : vectors[column][row];
                elements[column * rows + row] = scale * entry;
            }
        }
        weight.owner().upload(elements, weight);
    }

    private static void subtractProjection(double[] vector, double[] unit) {
        double dot = 0;
        for (int i = 0; i < vector.length; i++) {
            dot += vector[i] * unit[i];
        }
        for (int i = 0; i < vector.length; i++) {
            vector[i] -= dot * unit[i];
        }
    }

    private static void normalise(double[] vector) {
        double square = 0;
        for (double x : vector) {
            square += x * x;
        }
        double norm = Math.sqrt(square);
        for (int i = 0; i < vector.length; i++) {
            vector[i] /= norm;
        }
    }
}

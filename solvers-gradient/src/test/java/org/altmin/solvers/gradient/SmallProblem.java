package org.altmin.solvers.gradient;

import java.util.ArrayList;
import java.util.List;
import org.altmin.core.network.Initializer;
import org.altmin.core.network.Layer;
import org.altmin.core.network.Network;
import org.altmin.core.network.Problem;
import org.altmin.core.network.Weights;
import org.altmin.core.operator.Loss;
import org.altmin.core.operator.Operators;
import org.altmin.linalg.LinearAlgebra;
import org.altmin.linalg.Matrix;
import org.altmin.linalg.RandomStream;

/** Random problems of a few neurons and samples. */
final class SmallProblem {

    static final int[] WIDTHS = {4, 5, 5, 3};

    private SmallProblem() {
    }

    static Problem of(LinearAlgebra la, String activation, boolean skip, String loss, String penalty, int samples,
            long seed) {
        RandomStream random = new RandomStream(seed);
        List<Layer> hidden = new ArrayList<>();
        hidden.add(new Layer(WIDTHS[1], Operators.activation(activation), false));
        hidden.add(new Layer(WIDTHS[2], Operators.activation(activation), skip));
        Network network = new Network(WIDTHS[0], hidden, WIDTHS[3], true);
        Matrix inputs = la.allocate(WIDTHS[0], samples);
        random.fillGaussian(inputs, 0, 1);
        Loss operator = Operators.loss(loss);
        Matrix targets = la.allocate(WIDTHS[3], samples);
        double[] encoded = new double[WIDTHS[3] * samples];
        for (int j = 0; j < samples; j++) {
            int label = random.nextInt(WIDTHS[3]);
            for (int k = 0; k < WIDTHS[3]; k++) {
                encoded[j * WIDTHS[3] + k] = operator.encoding().entry(k, label, 0.1, WIDTHS[3]);
            }
        }
        la.upload(encoded, targets);
        Weights initial = new Initializer(Initializer.Scheme.GAUSSIAN, 0.6, Double.NaN).create(la, network, random);
        return new Problem(la, network, operator, Operators.regularizer(penalty), Operators.regularizer("none"),
                inputs, targets, operator.encoding().kind(), initial, seed);
    }
}

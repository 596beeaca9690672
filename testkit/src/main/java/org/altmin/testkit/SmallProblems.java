package org.altmin.testkit;

import org.altmin.core.network.Network;
import org.altmin.core.network.Problem;
import org.altmin.core.network.Weights;
import org.altmin.core.operator.Loss;
import org.altmin.core.operator.Regularizer;
import org.altmin.core.operator.TargetEncoding;
import org.altmin.linalg.LinearAlgebra;
import org.altmin.linalg.Matrix;
import org.altmin.linalg.RandomStream;
import org.altmin.testkit.reference.Dense;

/** Problems that a solver finishes in milliseconds, the same on every backend. */
public final class SmallProblems {

    private static final double SPREAD = 0.4;

    private SmallProblems() {
    }

    /**
     * Inputs scattered around one random centre for each output, which is their class; for a loss of real values the
     * target is the sine of the inputs' sum, shifted for each output. Initial weights are N(0, 1/n_in), biases 0.1.
     */
    public static Problem of(LinearAlgebra la, Network network, Loss loss, Regularizer weightPenalty,
            Regularizer statePenalty, int samples, long seed) {
        RandomStream random = new RandomStream(seed);
        Dense centres = Dense.drawn(network.inputs(), network.outputs(), random::nextGaussian);
        Dense inputs = Dense.zeros(network.inputs(), samples);
        Dense targets = Dense.zeros(network.outputs(), samples);
        for (int j = 0; j < samples; j++) {
            int label = random.nextInt(network.outputs());
            double sum = 0;
            for (int i = 0; i < network.inputs(); i++) {
                double x = centres.get(i, label) + SPREAD * random.nextGaussian();
                inputs.set(i, j, x);
                sum += x;
            }
            for (int row = 0; row < network.outputs(); row++) {
                targets.set(row, j, loss.encoding().kind() == TargetEncoding.Kind.VALUES ? Math.sin(sum + row)
                        : loss.encoding().entry(row, label, 0, network.outputs()));
            }
        }
        return new Problem(la, network, loss, weightPenalty, statePenalty, inputs.on(la), targets.on(la),
                loss.encoding().kind(), weights(la, network, random), seed);
    }

    /**
     * Puts another value where every second feature of every second sample is, where every third feature is, and in all
     * features of every fifth sample: with 0 most inputs are left out of products by solvers that can.
     *
     * @return the problem
     */
    public static Problem thinOut(Problem problem, double value) {
        Dense inputs = Dense.of(problem.inputs());
        for (int j = 0; j < inputs.columns(); j++) {
            for (int i = 0; i < inputs.rows(); i++) {
                if (i % 3 == 0 || i % 2 == 1 && j % 2 == 0 || j % 5 == 4) {
                    inputs.set(i, j, value);
                }
            }
        }
        problem.la().upload(inputs.values(), problem.inputs());
        return problem;
    }

    private static Weights weights(LinearAlgebra la, Network network, RandomStream random) {
        Weights weights = new Weights(la, network);
        for (int l = 1; l <= network.depth(); l++) {
            Matrix weight = weights.weight(l);
            random.fillGaussian(weight, 0, 1 / Math.sqrt(weight.columns()));
            if (network.bias()) {
                la.fill(weights.bias(l), 0.1);
            }
        }
        return weights;
    }
}

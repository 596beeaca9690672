package org.altmin.core.model;

import java.util.List;
import org.altmin.core.data.Preprocessing;
import org.altmin.core.network.Network;
import org.altmin.core.network.Weights;
import org.altmin.core.operator.LossTrait;
import org.altmin.core.operator.Operators;
import org.altmin.linalg.AltminException;
import org.altmin.linalg.LinearAlgebra;
import org.altmin.linalg.Precision;

/**
 * A trained network with everything that is needed to use it on raw features. It lives on the host; {@link #load}
 * brings its weights to a backend.
 *
 * @param network the architecture
 * @param features the names of its inputs in their order; empty if they have none, as pixels do
 * @param preprocessing what is applied to raw features first
 * @param outputs what the network's outputs mean
 * @param loss the {@linkplain org.altmin.core.operator.Operator#specification() specification} of the loss it was
 *     trained with
 * @param precision of the backend it was trained on, and of its tensors
 * @param provenance how it came about
 * @param tensors W1, b1, W2, b2, …: W_l of shape [n_l, n_{l−1}], b_l of shape [n_l], row-major; no b_l if the network
 *     has no biases
 */
public record Model(Network network, List<String> features, Preprocessing preprocessing, Outputs outputs, String loss,
        Precision precision, Provenance provenance, List<Tensor> tensors) {

    public Model {
        tensors = List.copyOf(tensors);
        features = List.copyOf(features);
        if (!features.isEmpty()) {
            requireFit("names of features", features.size(), network.inputs());
        }
        requireFit("outputs", outputs.count(), network.outputs());
        requireFeatures("mean", preprocessing.mean(), network.inputs());
        requireFeatures("deviation", preprocessing.deviation(), network.inputs());
        List<TensorInfo> expected = WeightTensors.infos(network, TensorType.of(precision));
        List<TensorInfo> found = tensors.stream().map(Tensor::info).toList();
        if (!expected.equals(found)) {
            throw new IllegalArgumentException("a " + network.shape() + " network in " + precision
                    + " has the tensors " + expected + ", not " + found);
        }
    }

    /** A model of weights that are on a backend. */
    public static Model of(Weights weights, List<String> features, Preprocessing preprocessing, Outputs outputs,
            String loss, Provenance provenance) {
        Precision precision = weights.weight(1).owner().precision();
        return new Model(weights.network(), features, preprocessing, outputs, loss, precision, provenance,
                WeightTensors.download(weights));
    }

    /** The weights, with their network, on a backend of the same precision or another. */
    public Weights load(LinearAlgebra la) {
        Weights weights = new Weights(la, network);
        WeightTensors.upload(tensors, weights);
        return weights;
    }

    /**
     * Whether the softmax of the outputs estimates class probabilities.
     *
     * @throws AltminException if the loss is not installed
     */
    public boolean givesProbabilities() {
        return outputs instanceof Outputs.Classes && Operators.loss(loss).traits().contains(LossTrait.SOFTMAX);
    }

    private static void requireFeatures(String what, double[] values, int inputs) {
        if (values.length != 1) {
            requireFit("entries of the preprocessing's " + what, values.length, inputs);
        }
    }

    private static void requireFit(String what, int found, int expected) {
        if (found != expected) {
            throw new AltminException("The model has " + found + " " + what + ", but its network needs " + expected
                    + ".");
        }
    }
}

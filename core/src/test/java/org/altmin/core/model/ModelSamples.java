package org.altmin.core.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.altmin.core.data.Preprocessing;
import org.altmin.core.network.Layer;
import org.altmin.core.network.Network;
import org.altmin.linalg.Precision;

/** Models for tests. */
final class ModelSamples {

    private ModelSamples() {
    }

    /** 3-4-4-2 with a skip connection. */
    static Network network(boolean bias) {
        return new Network(3, List.of(
                new Layer(4, new NamedActivation("leaky-relu", Map.of("slope", "0.1")), false),
                new Layer(4, new NamedActivation("tanh"), true)), 2, bias);
    }

    static Model model(Network network, Precision precision, long seed) {
        Random random = new Random(seed);
        List<Tensor> tensors = new ArrayList<>();
        for (TensorInfo info : WeightTensors.infos(network, TensorType.of(precision))) {
            int size = (int) info.size();
            if (precision == Precision.FLOAT32) {
                float[] values = new float[size];
                for (int i = 0; i < size; i++) {
                    values[i] = (float) random.nextGaussian();
                }
                tensors.add(Tensor.of(info.name(), info.shape(), values));
            } else {
                tensors.add(Tensor.of(info.name(), info.shape(), random.doubles(size, -1, 1).toArray()));
            }
        }
        List<String> names = new ArrayList<>();
        for (int i = 0; i < network.outputs(); i++) {
            names.add("class \"" + i + "\"");
        }
        double[] mean = random.doubles(network.inputs()).toArray();
        return new Model(network, List.of(), new Preprocessing(mean, new double[] {0.1}), new Outputs.Classes(names),
                "cross-entropy", precision,
                new Provenance("1.2.3", "glyphs", "generated with seed 7", "dladmm",
                        Map.of("rho", "1e-6", "updates", "exact"), 7), tensors);
    }
}

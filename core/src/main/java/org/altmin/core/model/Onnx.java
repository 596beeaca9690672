package org.altmin.core.model;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.altmin.core.data.Preprocessing;
import org.altmin.core.internal.AtomicFiles;
import org.altmin.core.internal.Json;
import org.altmin.core.network.Network;
import org.altmin.core.operator.LossTrait;
import org.altmin.core.operator.Operators;
import org.altmin.linalg.AltminException;

/**
 * Models in the Open Neural Network Exchange format, operator set 13. The graph takes raw features "x" of shape [batch,
 * n_0] in the model's precision, preprocesses them, and gives the network's outputs "logits" of shape [batch, n_L]; on
 * request also their softmax "probabilities". The same model gives the same bytes.
 *
 * @see <a href="https://github.com/onnx/onnx/blob/main/docs/IR.md">Open Neural Network Exchange specification</a>
 */
public final class Onnx {

    private static final int IR_VERSION = 7;
    private static final int OPERATOR_SET = 13;
    private static final long LARGEST = Integer.MAX_VALUE - (1 << 20);

    private Onnx() {
    }

    /**
     * @param softmax whether to add the output "probabilities"; only of models trained with a loss that has
     *     {@link LossTrait#SOFTMAX}
     * @throws AltminException if an activation has no ONNX counterpart (which), if the loss does not go with a softmax,
     *     if the weights exceed the 2 GiB that the format can hold, if the file exists and {@code replace} is not set,
     *     or if it cannot be written
     */
    public static void write(Path file, Model model, boolean softmax, boolean replace) {
        byte[] bytes = bytes(model, softmax);
        new AtomicFiles().writeFile(file, replace, AtomicFiles.Content.of(bytes));
    }

    static byte[] bytes(Model model, boolean softmax) {
        if (softmax && !model.givesProbabilities()) {
            throw new AltminException("Probabilities can be exported of models trained with a softmax loss ("
                    + Operators.namesOf(LossTrait.SOFTMAX) + "), but this one was trained with '" + model.loss()
                    + "'; export its outputs only.");
        }
        long size = model.tensors().stream().mapToLong(tensor -> tensor.info().bytes()).sum();
        if (size > LARGEST) {
            throw new AltminException("The weights take " + size + " bytes, more than the 2 GiB that one ONNX file can "
                    + "hold. Export to npz instead.");
        }
        Protobuf message = new Protobuf()
                .integer(1, IR_VERSION)
                .text(2, "altmin")
                .text(3, model.provenance().altminVersion())
                .message(7, graph(model, softmax).message())
                .message(8, new Protobuf().text(1, "").integer(2, OPERATOR_SET));
        metadata(model).forEach((key, value) -> message.message(14, new Protobuf().text(1, key).text(2, value)));
        return message.toByteArray();
    }

    private static OnnxGraph graph(Model model, boolean softmax) {
        Network network = model.network();
        OnnxGraph graph = new OnnxGraph("altmin", TensorType.of(model.precision()));
        graph.input("x", network.inputs());
        model.tensors().forEach(graph::constant);
        String state = preprocess(graph, model.preprocessing());
        for (int l = 1; l < network.depth(); l++) {
            affine(graph, network, l, state, "z" + l);
            String activated = network.skip(l) ? "h" + l : "a" + l;
            OnnxActivations.write(graph, network.activation(l), "z" + l, activated);
            if (network.skip(l)) {
                graph.node("Add", "a" + l, List.of(state, activated));
            }
            state = "a" + l;
        }
        affine(graph, network, network.depth(), state, "logits");
        graph.output("logits", network.outputs());
        if (softmax) {
            graph.node("Softmax", "probabilities", List.of("logits"), OnnxGraph.attribute("axis", -1L));
            graph.output("probabilities", network.outputs());
        }
        return graph;
    }

    private static String preprocess(OnnxGraph graph, Preprocessing preprocessing) {
        String state = "x";
        if (Arrays.stream(preprocessing.mean()).anyMatch(mean -> mean != 0)) {
            graph.constant("mean", List.of(preprocessing.mean().length), preprocessing.mean());
            graph.node("Sub", "centred", List.of(state, "mean"));
            state = "centred";
        }
        if (Arrays.stream(preprocessing.deviation()).anyMatch(deviation -> deviation != 1)) {
            graph.constant("deviation", List.of(preprocessing.deviation().length), preprocessing.deviation());
            graph.node("Div", "a0", List.of(state, "deviation"));
            state = "a0";
        }
        return state;
    }

    private static void affine(OnnxGraph graph, Network network, int layer, String from, String to) {
        List<String> inputs = new ArrayList<>(List.of(from, "W" + layer));
        if (network.bias()) {
            inputs.add("b" + layer);
        }
        graph.node("Gemm", to, inputs, OnnxGraph.attribute("transB", 1L));
    }

    private static Map<String, String> metadata(Model model) {
        String source = model.provenance().solver() + " on " + model.provenance().dataset();
        return model.outputs() instanceof Outputs.Classes classes
                ? new TreeMap<>(Map.of("classes", Json.line(classes.names()), "trained", source))
                : Map.of("trained", source);
    }
}

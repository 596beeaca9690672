package org.altmin.core.model;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.altmin.core.operator.Activation;
import org.altmin.linalg.AltminException;

/**
 * The ONNX counterparts of altmin's activations. Where the ONNX operator rounds its attribute to float32 and runtimes
 * have it in float32 only, a float64 graph composes the same function of elementary operators.
 */
final class OnnxActivations {

    private static final Map<String, Counterpart> BY_NAME = new TreeMap<>(Map.of(
            "relu", plain("Relu"),
            "sigmoid", plain("Sigmoid"),
            "tanh", plain("Tanh"),
            "softplus", new Counterpart(List.of(), OnnxActivations::softplus),
            "linear", plain("Identity"),
            "hard-tanh", new Counterpart(List.of(), OnnxActivations::hardTanh),
            "leaky-relu", new Counterpart(List.of("slope"), OnnxActivations::leakyRelu),
            "elu", new Counterpart(List.of("alpha"), OnnxActivations::elu)));

    private OnnxActivations() {
    }

    /** @param settings those it can express */
    private record Counterpart(List<String> settings, Writer writer) {
    }

    @FunctionalInterface
    private interface Writer {
        void write(OnnxGraph graph, Map<String, String> settings, String from, String to);
    }

    /**
     * Adds the nodes that compute {@code to} = h({@code from}).
     *
     * @throws AltminException if the activation, or one of its settings, has no ONNX counterpart
     */
    static void write(OnnxGraph graph, Activation activation, String from, String to) {
        Counterpart counterpart = BY_NAME.get(activation.name());
        if (counterpart == null) {
            throw new AltminException("The activation '" + activation.name() + "' has no ONNX counterpart; those that "
                    + "can be exported are " + String.join(", ", BY_NAME.keySet()) + ". Export to npz instead.");
        }
        if (!new TreeSet<>(counterpart.settings).equals(new TreeSet<>(activation.values().keySet()))) {
            throw new AltminException("The activation '" + activation.specification() + "' has no ONNX counterpart: "
                    + "only its settings " + counterpart.settings + " can be exported. Export to npz instead.");
        }
        counterpart.writer.write(graph, activation.values(), from, to);
    }

    private static Counterpart plain(String operator) {
        return new Counterpart(List.of(), (graph, settings, from, to) -> graph.node(operator, to, List.of(from)));
    }

    private static void softplus(OnnxGraph graph, Map<String, String> settings, String from, String to) {
        if (graph.type() == TensorType.F32) {
            graph.node("Softplus", to, List.of(from));
            return;
        }
        graph.constant(to + ".one", List.of(), 1);
        graph.node("Abs", to + ".abs", List.of(from));
        graph.node("Neg", to + ".neg", List.of(to + ".abs"));
        graph.node("Exp", to + ".exp", List.of(to + ".neg"));
        graph.node("Add", to + ".sum", List.of(to + ".exp", to + ".one"));
        graph.node("Log", to + ".log", List.of(to + ".sum"));
        graph.node("Relu", to + ".relu", List.of(from));
        graph.node("Add", to, List.of(to + ".relu", to + ".log"));
    }

    private static void leakyRelu(OnnxGraph graph, Map<String, String> settings, String from, String to) {
        double slope = Double.parseDouble(settings.get("slope"));
        if (graph.type() == TensorType.F32) {
            graph.node("LeakyRelu", to, List.of(from), OnnxGraph.attribute("alpha", (float) slope));
            return;
        }
        addNegativePart(graph, slope, from, negativePart(graph, from, to), to);
    }

    private static void elu(OnnxGraph graph, Map<String, String> settings, String from, String to) {
        double alpha = Double.parseDouble(settings.get("alpha"));
        if (graph.type() == TensorType.F32) {
            graph.node("Elu", to, List.of(from), OnnxGraph.attribute("alpha", (float) alpha));
            return;
        }
        graph.constant(to + ".one", List.of(), 1);
        graph.node("Exp", to + ".exp", List.of(negativePart(graph, from, to)));
        graph.node("Sub", to + ".expm1", List.of(to + ".exp", to + ".one"));
        addNegativePart(graph, alpha, from, to + ".expm1", to);
    }

    /** min(z, 0). */
    private static String negativePart(OnnxGraph graph, String from, String to) {
        graph.constant(to + ".zero", List.of(), 0);
        graph.node("Min", to + ".min", List.of(from, to + ".zero"));
        return to + ".min";
    }

    /** max(z, 0) + factor · negative. */
    private static void addNegativePart(OnnxGraph graph, double factor, String from, String negative, String to) {
        graph.constant(to + ".factor", List.of(), factor);
        graph.node("Mul", to + ".scaled", List.of(negative, to + ".factor"));
        graph.node("Relu", to + ".relu", List.of(from));
        graph.node("Add", to, List.of(to + ".relu", to + ".scaled"));
    }

    private static void hardTanh(OnnxGraph graph, Map<String, String> settings, String from, String to) {
        graph.constant(to + ".min", List.of(), -1);
        graph.constant(to + ".max", List.of(), 1);
        graph.node("Clip", to, List.of(from, to + ".min", to + ".max"));
    }
}

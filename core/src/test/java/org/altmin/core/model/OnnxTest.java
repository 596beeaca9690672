package org.altmin.core.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.Stream;
import org.altmin.core.data.Preprocessing;
import org.altmin.core.network.Layer;
import org.altmin.core.network.Network;
import org.altmin.linalg.AltminException;
import org.altmin.linalg.Precision;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class OnnxTest {

    private static final long SEED = 5;

    @TempDir
    Path folder;

    static Stream<Arguments> activations() {
        return Arrays.stream(Precision.values()).flatMap(precision -> Stream.of(
                activation(precision, "relu", Map.of(), z -> Math.max(z, 0)),
                activation(precision, "sigmoid", Map.of(), z -> 1 / (1 + Math.exp(-z))),
                activation(precision, "tanh", Map.of(), Math::tanh),
                activation(precision, "softplus", Map.of(), z -> Math.log1p(Math.exp(z))),
                activation(precision, "linear", Map.of(), z -> z),
                activation(precision, "hard-tanh", Map.of(), z -> Math.min(Math.max(z, -1), 1)),
                activation(precision, "leaky-relu", Map.of("slope", "0.1"), z -> z > 0 ? z : 0.1 * z),
                activation(precision, "elu", Map.of("alpha", "0.7"), z -> z > 0 ? z : 0.7 * Math.expm1(z))));
    }

    private static Arguments activation(Precision precision, String name, Map<String, String> settings,
            DoubleUnaryOperator h) {
        return Arguments.of(precision, new NamedActivation(name, settings), h);
    }

    @ParameterizedTest
    @MethodSource("activations")
    void theGraphComputesTheNetwork(Precision precision, NamedActivation activation, DoubleUnaryOperator h) {
        for (boolean bias : new boolean[] {true, false}) {
            Network network = new Network(3, List.of(new Layer(4, activation, false), new Layer(4, activation, true)),
                    2, bias);
            Model model = ModelSamples.model(network, precision, SEED);
            OnnxEvaluator onnx = new OnnxEvaluator(Onnx.bytes(model, true));
            double tolerance = precision == Precision.FLOAT32 ? 1e-5 : 1e-12;
            Random random = new Random(SEED);
            for (int sample = 0; sample < 20; sample++) {
                double[] x = random.doubles(3, -0.5, 1.5).toArray();
                double[] z = forward(model, x, h);
                double p = 1 / (1 + Math.exp(z[1] - z[0]));
                double scale = 1 + Math.max(Math.abs(z[0]), Math.abs(z[1]));
                assertThat(onnx.run("logits", x)).containsExactly(z, within(tolerance * scale));
                assertThat(onnx.run("probabilities", x)[0]).isEqualTo(p, within(tolerance * scale));
            }
        }
    }

    @Test
    void theModelIsDeclaredAsTheFormatAsks() {
        OnnxEvaluator onnx = new OnnxEvaluator(Onnx.bytes(model(Precision.FLOAT32), true));

        assertThat(onnx.model().get(1)).containsExactly(7L);
        Map<Integer, List<Object>> operatorSet = OnnxEvaluator.fields((byte[]) onnx.model().get(8).get(0));
        assertThat(operatorSet.get(2)).containsExactly(13L);
        assertThat(onnx.declared(11)).containsExactly(List.of("x", 1L, "batch", 3L));
        assertThat(onnx.declared(12)).containsExactly(List.of("logits", 1L, "batch", 2L),
                List.of("probabilities", 1L, "batch", 2L));
        assertThat(onnx.operators()).containsExactly("Sub", "Div", "Gemm", "LeakyRelu", "Gemm", "Tanh", "Add", "Gemm",
                "Softmax");
        assertThat(new OnnxEvaluator(Onnx.bytes(model(Precision.FLOAT64), false)).declared(12))
                .containsExactly(List.of("logits", 11L, "batch", 2L));
        Map<Integer, List<Object>> metadata = OnnxEvaluator.fields((byte[]) onnx.model().get(14).get(0));
        assertThat(new String((byte[]) metadata.get(2).get(0), StandardCharsets.UTF_8))
                .isEqualTo("[\"class \\\"0\\\"\",\"class \\\"1\\\"\"]");
    }

    @Test
    void preprocessingThatChangesNothingIsLeftOut() {
        Model model = model(Precision.FLOAT32);
        Model plain = new Model(model.network(), model.features(), Preprocessing.none(), model.outputs(), model.loss(),
                model.precision(), model.provenance(), model.tensors());

        assertThat(new OnnxEvaluator(Onnx.bytes(plain, false)).operators()).doesNotContain("Sub", "Div");
    }

    @Test
    void whatOnnxDoesNotHaveIsRefusedByName() {
        Model swish = withActivation(new NamedActivation("swish", Map.of("beta", "1")));
        assertThatThrownBy(() -> Onnx.bytes(swish, false)).isInstanceOf(AltminException.class)
                .hasMessageContaining("'swish'").hasMessageContaining("leaky-relu").hasMessageContaining("npz");
        Model capped = withActivation(new NamedActivation("relu", Map.of("cap", "6")));
        assertThatThrownBy(() -> Onnx.bytes(capped, false)).isInstanceOf(AltminException.class)
                .hasMessageContaining("'relu(cap=6)'");
    }

    @Test
    void probabilitiesAreOnlyOfCrossEntropy() {
        Model model = model(Precision.FLOAT32);
        Model hinge = new Model(model.network(), model.features(), model.preprocessing(), model.outputs(), "hinge",
                model.precision(), model.provenance(), model.tensors());
        assertThatThrownBy(() -> Onnx.bytes(hinge, true)).isInstanceOf(AltminException.class)
                .hasMessageContainingAll("'hinge'", "(cross-entropy)");
        assertThat(Onnx.bytes(hinge, false)).isNotEmpty();
    }

    @Test
    void theSameModelGivesTheSameBytesAndNothingIsOverwritten() {
        Path file = folder.resolve("model.onnx");
        Onnx.write(file, model(Precision.FLOAT32), false, false);

        assertThat(file).hasBinaryContent(Onnx.bytes(model(Precision.FLOAT32), false));
        assertThatThrownBy(() -> Onnx.write(file, model(Precision.FLOAT64), false, false))
                .isInstanceOf(AltminException.class).hasMessageContaining("exists already");
        assertThat(file).hasBinaryContent(Onnx.bytes(model(Precision.FLOAT32), false));
        Onnx.write(file, model(Precision.FLOAT64), false, true);
        assertThat(file).hasBinaryContent(Onnx.bytes(model(Precision.FLOAT64), false));
    }

    private static Model model(Precision precision) {
        return ModelSamples.model(ModelSamples.network(true), precision, SEED);
    }

    private static Model withActivation(NamedActivation activation) {
        return ModelSamples.model(Network.of(3, new int[] {4}, activation, 2), Precision.FLOAT32, SEED);
    }

    private static double[] forward(Model model, double[] x, DoubleUnaryOperator h) {
        double[] state = x.clone();
        model.preprocessing().apply(state, state.length, 1);
        Network network = model.network();
        int next = 0;
        for (int l = 1; l <= network.depth(); l++) {
            Tensor weights = model.tensors().get(next++);
            Tensor bias = network.bias() ? model.tensors().get(next++) : null;
            double[] z = new double[network.width(l)];
            for (int row = 0; row < z.length; row++) {
                double sum = bias == null ? 0 : bias.get(row);
                for (int i = 0; i < state.length; i++) {
                    sum += weights.get(row * state.length + i) * state[i];
                }
                double value = l < network.depth() ? h.applyAsDouble(sum) : sum;
                z[row] = network.skip(l) ? state[row] + value : value;
            }
            state = z;
        }
        return state;
    }
}

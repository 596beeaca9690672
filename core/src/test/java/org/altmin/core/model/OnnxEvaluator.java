package org.altmin.core.model;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;

/** Decodes the bytes of an ONNX model and computes its outputs for one sample, plainly and in double. */
final class OnnxEvaluator {

    private final Map<Integer, List<Object>> model;
    private final Map<Integer, List<Object>> graph;
    private final Map<String, double[]> values = new HashMap<>();

    OnnxEvaluator(byte[] bytes) {
        model = fields(bytes);
        graph = message(model, 7);
        for (Object constant : graph.getOrDefault(5, List.of())) {
            Map<Integer, List<Object>> tensor = fields((byte[]) constant);
            ByteBuffer raw = ByteBuffer.wrap((byte[]) tensor.get(9).get(0)).order(ByteOrder.LITTLE_ENDIAN);
            boolean single = number(tensor, 2) == 1;
            double[] elements = new double[raw.capacity() / (single ? 4 : 8)];
            for (int i = 0; i < elements.length; i++) {
                elements[i] = single ? raw.getFloat() : raw.getDouble();
            }
            values.put(text(tensor, 8), elements);
        }
    }

    /** By field number, every occurrence: a Long, a Float or the bytes of a text or message. */
    static Map<Integer, List<Object>> fields(byte[] bytes) {
        Map<Integer, List<Object>> fields = new LinkedHashMap<>();
        ByteBuffer in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        while (in.hasRemaining()) {
            long tag = varint(in);
            Object value = switch ((int) (tag & 7)) {
                case 0 -> varint(in);
                case 2 -> {
                    byte[] content = new byte[(int) varint(in)];
                    in.get(content);
                    yield content;
                }
                case 5 -> in.getFloat();
                default -> throw new AssertionError("wire type " + (tag & 7));
            };
            fields.computeIfAbsent((int) (tag >>> 3), field -> new ArrayList<>()).add(value);
        }
        return fields;
    }

    Map<Integer, List<Object>> model() {
        return model;
    }

    List<String> operators() {
        return graph.get(1).stream().map(node -> text(fields((byte[]) node), 4)).toList();
    }

    /** Name, element type, dimensions (the name of a free one) of the inputs (11) or outputs (12). */
    List<List<Object>> declared(int field) {
        List<List<Object>> declared = new ArrayList<>();
        for (Object value : graph.get(field)) {
            Map<Integer, List<Object>> info = fields((byte[]) value);
            Map<Integer, List<Object>> tensor = message(message(info, 2), 1);
            List<Object> row = new ArrayList<>(List.of(text(info, 1), number(tensor, 1)));
            for (Object dimension : message(tensor, 2).get(1)) {
                Map<Integer, List<Object>> extent = fields((byte[]) dimension);
                row.add(extent.containsKey(1) ? extent.get(1).get(0) : text(extent, 2));
            }
            declared.add(row);
        }
        return declared;
    }

    double[] run(String output, double... x) {
        values.put("x", x);
        for (Object bytes : graph.get(1)) {
            Map<Integer, List<Object>> node = fields((byte[]) bytes);
            List<double[]> inputs = node.get(1).stream()
                    .map(name -> values.get(new String((byte[]) name, StandardCharsets.UTF_8))).toList();
            values.put(text(node, 2), compute(text(node, 4), inputs, attributes(node)));
        }
        return values.get(output);
    }

    private static double[] compute(String operator, List<double[]> in, Map<String, Object> attributes) {
        return switch (operator) {
            case "Sub" -> binary(in, (a, b) -> a - b);
            case "Div" -> binary(in, (a, b) -> a / b);
            case "Add" -> binary(in, Double::sum);
            case "Mul" -> binary(in, (a, b) -> a * b);
            case "Min" -> binary(in, Math::min);
            case "Relu" -> unary(in, z -> Math.max(z, 0));
            case "Sigmoid" -> unary(in, z -> 1 / (1 + Math.exp(-z)));
            case "Tanh" -> unary(in, Math::tanh);
            case "Softplus" -> unary(in, z -> Math.log1p(Math.exp(z)));
            case "Identity" -> unary(in, z -> z);
            case "Abs" -> unary(in, Math::abs);
            case "Neg" -> unary(in, z -> -z);
            case "Exp" -> unary(in, Math::exp);
            case "Log" -> unary(in, Math::log);
            case "Clip" -> unary(in, z -> Math.min(Math.max(z, in.get(1)[0]), in.get(2)[0]));
            case "LeakyRelu" -> unary(in, z -> z > 0 ? z : (float) attributes.get("alpha") * z);
            case "Elu" -> unary(in, z -> z > 0 ? z : (float) attributes.get("alpha") * Math.expm1(z));
            case "Gemm" -> gemm(in, attributes);
            case "Softmax" -> softmax(in.get(0), attributes);
            default -> throw new AssertionError(operator);
        };
    }

    private static double[] gemm(List<double[]> in, Map<String, Object> attributes) {
        if (!attributes.equals(Map.of("transB", 1L))) {
            throw new AssertionError(attributes);
        }
        double[] x = in.get(0);
        double[] result = new double[in.get(1).length / x.length];
        for (int row = 0; row < result.length; row++) {
            result[row] = in.size() > 2 ? in.get(2)[row] : 0;
            for (int i = 0; i < x.length; i++) {
                result[row] += in.get(1)[row * x.length + i] * x[i];
            }
        }
        return result;
    }

    private static double[] softmax(double[] z, Map<String, Object> attributes) {
        if (!attributes.equals(Map.of("axis", -1L))) {
            throw new AssertionError(attributes);
        }
        double[] result = unary(List.of(z), Math::exp);
        double sum = 0;
        for (double element : result) {
            sum += element;
        }
        double total = sum;
        return unary(List.of(result), element -> element / total);
    }

    private static double[] unary(List<double[]> in, DoubleUnaryOperator operator) {
        return Arrays.stream(in.get(0)).map(operator).toArray();
    }

    private static double[] binary(List<double[]> in, DoubleBinaryOperator operator) {
        double[] result = new double[Math.max(in.get(0).length, in.get(1).length)];
        for (int i = 0; i < result.length; i++) {
            result[i] = operator.applyAsDouble(in.get(0)[i % in.get(0).length], in.get(1)[i % in.get(1).length]);
        }
        return result;
    }

    private static Map<String, Object> attributes(Map<Integer, List<Object>> node) {
        Map<String, Object> attributes = new HashMap<>();
        for (Object bytes : node.getOrDefault(5, List.of())) {
            Map<Integer, List<Object>> attribute = fields((byte[]) bytes);
            boolean isFloat = number(attribute, 20) == 1;
            attributes.put(text(attribute, 1), attribute.get(isFloat ? 2 : 3).get(0));
        }
        return attributes;
    }

    private static Map<Integer, List<Object>> message(Map<Integer, List<Object>> fields, int field) {
        return fields((byte[]) fields.get(field).get(0));
    }

    private static String text(Map<Integer, List<Object>> fields, int field) {
        return new String((byte[]) fields.get(field).get(0), StandardCharsets.UTF_8);
    }

    private static long number(Map<Integer, List<Object>> fields, int field) {
        return (long) fields.get(field).get(0);
    }

    private static long varint(ByteBuffer in) {
        long value = 0;
        for (int shift = 0; ; shift += 7) {
            byte next = in.get();
            value |= (long) (next & 0x7F) << shift;
            if (next >= 0) {
                return value;
            }
        }
    }
}

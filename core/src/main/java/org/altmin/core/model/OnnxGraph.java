package org.altmin.core.model;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/** Builds an ONNX graph of one data type whose first dimension of inputs and outputs, the batch, is free. */
final class OnnxGraph {

    private static final int INT = 2;
    private static final int FLOAT = 1;
    private static final int FLOAT_DATA = 1;
    private static final int DOUBLE_DATA = 11;

    private final TensorType type;
    private final Protobuf message = new Protobuf();

    OnnxGraph(String name, TensorType type) {
        this.type = type;
        message.text(2, name);
    }

    TensorType type() {
        return type;
    }

    Protobuf message() {
        return message;
    }

    void input(String name, int width) {
        message.message(11, value(name, width));
    }

    void output(String name, int width) {
        message.message(12, value(name, width));
    }

    /** An operator with its result named as the node. */
    void node(String operator, String result, List<String> inputs, Protobuf... attributes) {
        Protobuf node = new Protobuf();
        inputs.forEach(input -> node.text(1, input));
        node.text(2, result).text(3, result).text(4, operator);
        for (Protobuf attribute : attributes) {
            node.message(5, attribute);
        }
        message.message(1, node);
    }

    static Protobuf attribute(String name, long value) {
        return new Protobuf().text(1, name).integer(3, value).integer(20, INT);
    }

    static Protobuf attribute(String name, float value) {
        return new Protobuf().text(1, name).float32(2, value).integer(20, FLOAT);
    }

    /** A constant in the graph's type, rounded to it. */
    void constant(String name, List<Integer> shape, double... values) {
        if (type == TensorType.F64) {
            constant(Tensor.of(name, shape, values));
            return;
        }
        float[] rounded = new float[values.length];
        for (int i = 0; i < values.length; i++) {
            rounded[i] = (float) values[i];
        }
        constant(Tensor.of(name, shape, rounded));
    }

    /** A constant of the graph's type. */
    void constant(Tensor tensor) {
        ByteBuffer raw = ByteBuffer.allocate(Math.toIntExact(tensor.info().bytes())).order(ByteOrder.LITTLE_ENDIAN);
        Npz.putElements(tensor, raw);
        Protobuf constant = new Protobuf();
        tensor.shape().forEach(extent -> constant.integer(1, extent));
        message.message(5, constant.integer(2, dataType()).text(8, tensor.name()).bytes(9, raw.array()));
    }

    private Protobuf value(String name, int width) {
        Protobuf shape = new Protobuf()
                .message(1, new Protobuf().text(2, "batch"))
                .message(1, new Protobuf().integer(1, width));
        Protobuf tensor = new Protobuf().integer(1, dataType()).message(2, shape);
        return new Protobuf().text(1, name).message(2, new Protobuf().message(1, tensor));
    }

    private int dataType() {
        return type == TensorType.F32 ? FLOAT_DATA : DOUBLE_DATA;
    }
}

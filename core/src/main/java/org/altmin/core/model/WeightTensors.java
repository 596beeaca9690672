package org.altmin.core.model;

import java.util.ArrayList;
import java.util.List;
import org.altmin.core.network.Network;
import org.altmin.core.network.Weights;
import org.altmin.linalg.LinearAlgebra;
import org.altmin.linalg.Matrix;
import org.altmin.linalg.Precision;

/**
 * Weights as tensors: W_l of shape [n_l, n_{l−1}] and b_l of shape [n_l], row-major, named W1, b1, W2, b2, …; a network
 * without biases has no b_l.
 */
final class WeightTensors {

    private WeightTensors() {
    }

    /** Names and shapes, in the order of the layers. */
    static List<TensorInfo> infos(Network network, TensorType type) {
        List<TensorInfo> infos = new ArrayList<>();
        for (int l = 1; l <= network.depth(); l++) {
            infos.add(new TensorInfo("W" + l, type, List.of(network.width(l), network.width(l - 1))));
            if (network.bias()) {
                infos.add(new TensorInfo("b" + l, type, List.of(network.width(l))));
            }
        }
        return infos;
    }

    /** A copy in the precision of the weights' backend. */
    static List<Tensor> download(Weights weights) {
        Network network = weights.network();
        List<Tensor> tensors = new ArrayList<>();
        for (int l = 1; l <= network.depth(); l++) {
            List<Integer> shape = List.of(network.width(l), network.width(l - 1));
            tensors.add(download("W" + l, weights.weight(l), shape));
            if (network.bias()) {
                tensors.add(download("b" + l, weights.bias(l), shape.subList(0, 1)));
            }
        }
        return tensors;
    }

    /** Overwrites the weights with tensors of {@link #infos} shapes, rounded to the backend's precision. */
    static void upload(List<Tensor> tensors, Weights weights) {
        int next = 0;
        for (int l = 1; l <= weights.network().depth(); l++) {
            upload(tensors.get(next++), weights.weight(l));
            if (weights.network().bias()) {
                upload(tensors.get(next++), weights.bias(l));
            }
        }
    }

    private static Tensor download(String name, Matrix matrix, List<Integer> shape) {
        LinearAlgebra la = matrix.owner();
        int size = Math.toIntExact(matrix.size());
        if (la.precision() == Precision.FLOAT32) {
            float[] columns = new float[size];
            la.download(matrix, columns, 0);
            float[] rows = new float[size];
            for (int i = 0; i < size; i++) {
                rows[rowMajor(i, matrix.rows(), matrix.columns())] = columns[i];
            }
            return Tensor.of(name, shape, rows);
        }
        double[] columns = new double[size];
        la.download(matrix, columns, 0);
        double[] rows = new double[size];
        for (int i = 0; i < size; i++) {
            rows[rowMajor(i, matrix.rows(), matrix.columns())] = columns[i];
        }
        return Tensor.of(name, shape, rows);
    }

    private static void upload(Tensor tensor, Matrix matrix) {
        int size = Math.toIntExact(matrix.size());
        double[] columns = new double[size];
        for (int i = 0; i < size; i++) {
            columns[i] = tensor.get(rowMajor(i, matrix.rows(), matrix.columns()));
        }
        matrix.owner().upload(columns, matrix);
    }

    private static int rowMajor(int columnMajor, int rows, int columns) {
        return columnMajor % rows * columns + columnMajor / rows;
    }
}

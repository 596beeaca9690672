package org.altmin.core.model;

import java.util.List;

/** A named array on the host, row-major: the last index runs fastest. The array is shared, not copied. */
public sealed interface Tensor {

    TensorInfo info();

    /** The element at a row-major position. */
    double get(int position);

    default String name() {
        return info().name();
    }

    default List<Integer> shape() {
        return info().shape();
    }

    static Tensor of(String name, List<Integer> shape, float... values) {
        return new Float32(new TensorInfo(name, TensorType.F32, shape), values);
    }

    static Tensor of(String name, List<Integer> shape, double... values) {
        return new Float64(new TensorInfo(name, TensorType.F64, shape), values);
    }

    /** In float32. */
    record Float32(TensorInfo info, float[] values) implements Tensor {

        public Float32 {
            requireLength(info, TensorType.F32, values.length);
        }

        @Override
        public double get(int position) {
            return values[position];
        }
    }

    /** In float64. */
    record Float64(TensorInfo info, double[] values) implements Tensor {

        public Float64 {
            requireLength(info, TensorType.F64, values.length);
        }

        @Override
        public double get(int position) {
            return values[position];
        }
    }

    private static void requireLength(TensorInfo info, TensorType type, int length) {
        if (info.size() != length || info.type() != type) {
            throw new IllegalArgumentException(length + " elements of " + type + " do not make the tensor " + info);
        }
    }
}

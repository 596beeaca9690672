package org.altmin.core.model;

import org.altmin.linalg.Precision;

/** The number formats of the tensors altmin reads and writes, named as in safetensors files. */
public enum TensorType {
    F32(Float.BYTES),
    F64(Double.BYTES);

    private final int bytes;

    TensorType(int bytes) {
        this.bytes = bytes;
    }

    /** Bytes per element. */
    public int bytes() {
        return bytes;
    }

    public static TensorType of(Precision precision) {
        return precision == Precision.FLOAT32 ? F32 : F64;
    }
}

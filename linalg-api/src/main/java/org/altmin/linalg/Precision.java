package org.altmin.linalg;

/** The number format in which a {@link LinearAlgebra} stores its matrices. */
public enum Precision {
    FLOAT32(Float.BYTES),
    FLOAT64(Double.BYTES);

    private final int bytes;

    Precision(int bytes) {
        this.bytes = bytes;
    }

    /** Bytes per element. */
    public int bytes() {
        return bytes;
    }
}

package org.altmin.linalg.cuda.internal;

import org.altmin.linalg.Precision;

/** A floating-point type of CUDA C. */
enum Real {
    FLOAT("float", Float.BYTES),
    DOUBLE("double", Double.BYTES);

    private final String keyword;
    private final int bytes;

    Real(String keyword, int bytes) {
        this.keyword = keyword;
        this.bytes = bytes;
    }

    static Real of(Precision precision) {
        return precision == Precision.FLOAT32 ? FLOAT : DOUBLE;
    }

    String keyword() {
        return keyword;
    }

    int bytes() {
        return bytes;
    }

    /** The very value, rounded to the type, as CUDA C. */
    String literal(double value) {
        double rounded = this == FLOAT ? (float) value : value;
        if (Double.isNaN(rounded) || Double.isInfinite(rounded)) {
            return this == FLOAT
                    ? "__int_as_float(0x" + Integer.toHexString(Float.floatToIntBits((float) rounded)) + ")"
                    : "__longlong_as_double(0x" + Long.toHexString(Double.doubleToLongBits(rounded)) + "LL)";
        }
        return this == FLOAT ? Float.toHexString((float) rounded) + "f" : Double.toHexString(rounded);
    }
}

package org.altmin.linalg;

/** The operations of two operands; comparisons give 1 or 0. */
public enum BinaryOperation {
    ADD,
    SUBTRACT,
    MULTIPLY,
    DIVIDE,
    MIN,
    MAX,
    LESS,
    LESS_OR_EQUAL,
    EQUAL;

    /** The operation in double, the reference every backend is held against. */
    public double apply(double x, double y) {
        return switch (this) {
            case ADD -> x + y;
            case SUBTRACT -> x - y;
            case MULTIPLY -> x * y;
            case DIVIDE -> x / y;
            case MIN -> Math.min(x, y);
            case MAX -> Math.max(x, y);
            case LESS -> x < y ? 1 : 0;
            case LESS_OR_EQUAL -> x <= y ? 1 : 0;
            case EQUAL -> x == y ? 1 : 0;
        };
    }
}

package org.altmin.linalg;

/** The operations of one operand. Each follows the method of {@link Math} of the same name where there is one. */
public enum UnaryOperation {
    NEGATE,
    ABS,
    SQRT,
    EXP,
    EXPM1,
    LOG,
    LOG1P,
    TANH,
    /** 1/(1 + e<sup>-x</sup>). */
    LOGISTIC;

    /** The operation in double, the reference every backend is held against. */
    public double apply(double x) {
        return switch (this) {
            case NEGATE -> -x;
            case ABS -> Math.abs(x);
            case SQRT -> Math.sqrt(x);
            case EXP -> Math.exp(x);
            case EXPM1 -> Math.expm1(x);
            case LOG -> Math.log(x);
            case LOG1P -> Math.log1p(x);
            case TANH -> Math.tanh(x);
            case LOGISTIC -> 1 / (1 + Math.exp(-x));
        };
    }
}

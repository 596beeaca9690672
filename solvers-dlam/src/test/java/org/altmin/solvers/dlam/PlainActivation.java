package org.altmin.solvers.dlam;

import java.util.function.DoubleUnaryOperator;
import org.altmin.core.operator.Activation;
import org.altmin.core.operator.Operators;

/** An activation in plain arithmetic: h, and h⁻¹ extended by ∓∞ below and above the range. */
record PlainActivation(Activation activation, DoubleUnaryOperator value, DoubleUnaryOperator lowerInverse,
        DoubleUnaryOperator upperInverse) {

    private static final double SLOPE = 0.1;
    /** Where sigmoid and tanh have reached the end of their range, as their preimages have it. */
    private static final double LOGIT_MOST = 53 * Math.log(2);
    private static final double ARTANH_MOST = 27 * Math.log(2);

    static PlainActivation of(String name) {
        DoubleUnaryOperator leaky = v -> v < 0 ? v / SLOPE : v;
        return switch (name) {
            case "relu" -> new PlainActivation(Operators.activation(name), z -> Math.max(z, 0),
                    v -> v > 0 ? v : Double.NEGATIVE_INFINITY, v -> Math.max(v, 0));
            case "leaky-relu" -> new PlainActivation(Operators.activation("leaky-relu(slope=" + SLOPE + ")"),
                    z -> z < 0 ? SLOPE * z : z, leaky, leaky);
            case "sigmoid" -> new PlainActivation(Operators.activation(name), z -> 1 / (1 + Math.exp(-z)),
                    v -> v <= 0 ? Double.NEGATIVE_INFINITY : logit(v),
                    v -> v >= 1 ? Double.POSITIVE_INFINITY : logit(v));
            case "tanh" -> new PlainActivation(Operators.activation(name), Math::tanh,
                    v -> v <= -1 ? Double.NEGATIVE_INFINITY : artanh(v),
                    v -> v >= 1 ? Double.POSITIVE_INFINITY : artanh(v));
            case "linear" -> new PlainActivation(Operators.activation(name), z -> z, v -> v, v -> v);
            default -> throw new IllegalArgumentException(name);
        };
    }

    private static double logit(double v) {
        double attainable = Math.max(0, Math.min(v, 1));
        return Math.max(-LOGIT_MOST, Math.min(Math.log(attainable / (1 - attainable)), LOGIT_MOST));
    }

    private static double artanh(double v) {
        double attainable = Math.max(-1, Math.min(v, 1));
        double value = 0.5 * (Math.log1p(attainable) - Math.log1p(-attainable));
        return Math.max(-ARTANH_MOST, Math.min(value, ARTANH_MOST));
    }
}

package org.altmin.solvers.dlam;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.altmin.core.network.Network;
import org.altmin.core.network.Problem;
import org.altmin.core.operator.Operators;
import org.altmin.linalg.LinearAlgebra;
import org.altmin.testkit.SmallProblems;
import org.altmin.testkit.StateArchives;
import org.altmin.testkit.reference.Dense;

/** A small problem with its operators in plain arithmetic, and what follows of a solver's archived state. */
record Case(PlainActivation activation, PlainLoss loss, double decay, double rho, long seed) {

    private static final int[] HIDDEN = {6, 5};
    private static final int SAMPLES = 23;

    static final int DEPTH = HIDDEN.length + 1;

    static Case of(String activation, String loss, double decay, double rho, long seed) {
        return new Case(PlainActivation.of(activation), new PlainLoss(loss.equals("cross-entropy")), decay, rho, seed);
    }

    static List<String> activations() {
        return List.of("relu", "leaky-relu", "sigmoid", "tanh", "linear");
    }

    Problem problem(LinearAlgebra la) {
        Network network = Network.of(4, HIDDEN, activation.activation(), 3);
        return SmallProblems.of(la, network, Operators.loss(loss.crossEntropy() ? "cross-entropy" : "squared"),
                Operators.regularizer(decay > 0 ? "l2(strength=" + decay + ")" : "none"),
                Operators.regularizer("none"), SAMPLES, seed);
    }

    /** What a state archives. */
    record Variables(Map<String, Dense> matrices, Map<String, Number> values) {

        static Variables of(StateArchives.Saved saved) {
            return new Variables(saved.matrices(), saved.values());
        }

        Dense get(String name, int layer) {
            return matrices.get(name + layer);
        }
    }

    /** W_l a_{l−1} + b_l − z_l for any of the blocks. */
    static Dense residual(Dense weight, Dense inputs, Dense bias, Dense preActivation) {
        Dense result = weight.times(inputs);
        for (int j = 0; j < result.columns(); j++) {
            for (int i = 0; i < result.rows(); i++) {
                result.set(i, j, result.get(i, j) + bias.get(i, 0) - preActivation.get(i, j));
            }
        }
        return result;
    }

    /** F without its indicator. */
    double objective(Variables v, Dense inputs, Dense targets) {
        double sum = loss.value(v.get("z", DEPTH), targets);
        for (int l = 1; l <= DEPTH; l++) {
            Dense before = l == 1 ? inputs : v.get("a", l - 1);
            sum += rho / 2 * square(residual(v.get("W", l), before, v.get("b", l), v.get("z", l)));
            sum += decay / 2 * square(v.get("W", l));
        }
        return sum;
    }

    /** The largest amount by which an a_l lies outside h(z_l) ± ε. */
    double violation(Variables v, double tolerance) {
        double most = 0;
        for (int l = 1; l < DEPTH; l++) {
            Dense h = v.get("z", l).map(activation.value());
            for (double difference : v.get("a", l).plus(-1, h).values()) {
                most = Math.max(most, Math.abs(difference) - tolerance);
            }
        }
        return most;
    }

    static double square(Dense x) {
        return dot(x, x);
    }

    static double dot(Dense x, Dense y) {
        double sum = 0;
        for (int i = 0; i < x.values().length; i++) {
            sum += x.values()[i] * y.values()[i];
        }
        return sum;
    }

    static Dense row(Dense x, int i) {
        Dense result = Dense.zeros(1, x.columns());
        for (int j = 0; j < x.columns(); j++) {
            result.set(0, j, x.get(i, j));
        }
        return result;
    }

    /** Every combination of activation and loss. */
    static List<Case> all(double decay, double rho, long seed) {
        List<Case> result = new ArrayList<>();
        for (String activation : activations()) {
            result.add(of(activation, "cross-entropy", decay, rho, seed));
            result.add(of(activation, "squared", decay, rho, seed));
        }
        return result;
    }

    @Override
    public String toString() {
        return activation.activation().name() + (loss.crossEntropy() ? " cross-entropy" : " squared") + " decay="
                + decay + " rho=" + rho + " seed=" + seed;
    }
}

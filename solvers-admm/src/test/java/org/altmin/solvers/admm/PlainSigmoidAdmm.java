package org.altmin.solvers.admm;

import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import org.altmin.core.network.Problem;
import org.altmin.testkit.reference.Dense;

/**
 * Sigmoid-ADMM for the squared loss, written down plainly: every block by its formula in Lemma 8 of sigmoid-admm.md,
 * with biases as weights of a constant input, and what its theorems speak of. {@link SigmoidAdmm} must follow it.
 */
final class PlainSigmoidAdmm {

    /** h, h′ and the bounds L0, L1 and L2. */
    record Activation(DoubleUnaryOperator value, DoubleUnaryOperator derivative, double l0, double l1, double l2) {

        static final Activation SIGMOID = new Activation(z -> 1 / (1 + Math.exp(-z)),
                z -> 1 / (1 + Math.exp(-z)) * (1 - 1 / (1 + Math.exp(-z))), 1, 0.25, 1 / (6 * Math.sqrt(3)));
        static final Activation TANH = new Activation(Math::tanh, z -> 1 - Math.tanh(z) * Math.tanh(z), 1, 1,
                4 / (3 * Math.sqrt(3)));

        static Activation named(String name) {
            return name.equals("sigmoid") ? SIGMOID : TANH;
        }
    }

    /** [W_l b_l], or W_l alone in a network without biases. */
    final List<Dense> weight = new ArrayList<>();
    /** V_0 … V_L. */
    final List<Dense> v = new ArrayList<>();
    /** Λ_1 … Λ_L. */
    final List<Dense> lambda = new ArrayList<>();
    final SigmoidAdmm solver;
    final Activation activation;
    final Dense targets;
    final int depth;
    private final boolean bias;

    PlainSigmoidAdmm(Problem problem, SigmoidAdmm solver) {
        this.solver = solver;
        depth = problem.network().depth();
        bias = problem.network().bias();
        activation = Activation.named(depth > 1 ? problem.network().activation(1).name() : "sigmoid");
        targets = Dense.of(problem.targets());
        v.add(Dense.of(problem.inputs()));
        for (int l = 1; l <= depth; l++) {
            weight.add(Dense.of(bias ? problem.initial().augmented(l) : problem.initial().weight(l)));
            v.add(output(l));
            lambda.add(Dense.zeros(v.get(l).rows(), v.get(l).columns()));
        }
    }

    void step() {
        for (int l = depth; l >= 1; l--) {
            weight.set(l - 1, l == depth ? lastWeight() : hiddenWeight(l));
        }
        for (int l = 1; l < depth; l++) {
            v.set(l, hiddenState(l));
        }
        double beta = solver.beta(depth);
        v.set(depth, targets.plus(1, lambda.get(depth - 1)).plus(beta, output(depth)).map(x -> x / (1 + beta)));
        for (int l = 1; l <= depth; l++) {
            lambda.set(l - 1, lambda.get(l - 1).plus(solver.beta(l), residual(l)));
        }
    }

    /** Eq. (50). */
    private Dense lastWeight() {
        double beta = solver.beta(depth);
        Dense a = inputs(depth);
        Dense numerator = scaled(beta, v.get(depth)).plus(-1, lambda.get(depth - 1)).times(a.transposed());
        return rightSolved(numerator, shifted(scaled(beta, a.times(a.transposed())), solver.lambda()));
    }

    /** Eq. (51). */
    private Dense hiddenWeight(int l) {
        double beta = solver.beta(l);
        Dense a = inputs(l);
        Dense model = scaled(beta * stiffness(l) / 2, a.times(a.transposed()));
        Dense numerator = weight.get(l - 1).times(model).plus(-1, sensitivity(l).times(a.transposed()));
        return rightSolved(numerator, shifted(model, solver.lambda()));
    }

    /** Eq. (57), and eq. (56) for l = L − 1. */
    private Dense hiddenState(int l) {
        Dense w = weights(l + 1);
        double above = solver.beta(l + 1);
        Dense own = lambda.get(l - 1).plus(solver.beta(l), output(l));
        double c = l + 1 == depth ? above : above * stiffness(l + 1) / 2;
        Dense model = scaled(c, w.transposed().times(w));
        Dense right = l + 1 == depth
                ? own.plus(-1, w.transposed().times(lambda.get(depth - 1)
                        .plus(-above, v.get(depth).plus(-1, biasOnly(depth)))))
                : model.times(v.get(l)).plus(1, own).plus(-1, w.transposed().times(sensitivity(l + 1)));
        return PlainDlAdmm.solve(shifted(model, solver.beta(l)), right);
    }

    /** h of eq. (21), which is μ of eq. (22) for the layer below. */
    private double stiffness(int l) {
        double largest = 0;
        for (double x : v.get(l).plus(-1 / solver.beta(l), lambda.get(l - 1)).values()) {
            largest = Math.max(largest, Math.abs(x));
        }
        return solver.stiffness() == Stiffness.PUBLISHED ? largest
                : 2 * activation.l2() * (activation.l0() + largest) + 2 * activation.l1() * activation.l1();
    }

    /** (Λ + β(h(p) − V)) ∘ h′(p). */
    private Dense sensitivity(int l) {
        return product(lambda.get(l - 1).plus(solver.beta(l), residual(l)), slope(l));
    }

    /** h(p_l) − V_l. */
    Dense residual(int l) {
        return output(l).plus(-1, v.get(l));
    }

    /** The squared norms of the right-hand sides of the KKT conditions, eq. (24), as they are numbered there. */
    double[] kkt() {
        double[] result = new double[8];
        for (int l = 1; l <= depth; l++) {
            Dense sensitivity = product(lambda.get(l - 1), slope(l));
            int line = l == depth ? 2 : l == 1 ? 0 : 1;
            result[line] += dot(scaled(solver.lambda(), weight.get(l - 1))
                    .plus(1, sensitivity.times(inputs(l).transposed())));
            if (l > 1) {
                result[l == depth ? 4 : 3] += dot(weights(l).transposed().times(sensitivity)
                        .plus(-1, lambda.get(l - 2)));
            }
            result[l == depth ? 7 : 6] += dot(residual(l));
        }
        result[5] = dot(v.get(depth).plus(-1, targets).plus(-1, lambda.get(depth - 1)));
        return result;
    }

    /** ‖∇𝓛‖² over all W, b and V. */
    double squaredGradient() {
        double sum = 0;
        for (int l = 1; l <= depth; l++) {
            sum += dot(scaled(solver.lambda(), weight.get(l - 1))
                    .plus(1, sensitivity(l).times(inputs(l).transposed())));
            Dense pull = lambda.get(l - 1).plus(solver.beta(l), residual(l));
            sum += dot((l == depth ? v.get(depth).plus(-1, targets)
                    : weights(l + 1).transposed().times(sensitivity(l + 1))).plus(-1, pull));
        }
        return sum;
    }

    /** 𝓛, eq. (6). */
    double lagrangian() {
        double sum = dot(v.get(depth).plus(-1, targets)) / 2;
        for (int l = 1; l <= depth; l++) {
            Dense r = residual(l);
            sum += solver.lambda() / 2 * dot(weight.get(l - 1)) + solver.beta(l) / 2 * dot(r)
                    + dot(lambda.get(l - 1), r);
        }
        return sum;
    }

    /** What Lemma 15, eq. (60), says the step that led here from {@code before} took off 𝓛 at least. */
    double promisedDecrease(PlainSigmoidAdmm before) {
        double sum = 0;
        for (int l = 1; l <= depth; l++) {
            double beta = solver.beta(l);
            double stiffness = l == depth ? 2 : before.stiffness(l);
            Dense move = weight.get(l - 1).plus(-1, before.weight.get(l - 1));
            Dense change = v.get(l).plus(-1, before.v.get(l));
            sum += solver.lambda() / 2 * dot(move) + beta * stiffness / 4 * dot(move.times(before.inputs(l)))
                    - dot(lambda.get(l - 1).plus(-1, before.lambda.get(l - 1))) / beta;
            if (l == depth) {
                sum += (1 + beta) / 2 * dot(change);
            } else {
                double above = l + 1 == depth ? 2 : before.stiffness(l + 1);
                sum += beta / 2 * dot(change) + solver.beta(l + 1) * above / 4 * dot(weights(l + 1).times(change));
            }
        }
        return sum;
    }

    /** This point, which does not move with the solver. */
    PlainSigmoidAdmm(PlainSigmoidAdmm other) {
        solver = other.solver;
        activation = other.activation;
        targets = other.targets;
        depth = other.depth;
        bias = other.bias;
        weight.addAll(other.weight);
        v.addAll(other.v);
        lambda.addAll(other.lambda);
    }

    /** W_l. */
    private Dense weights(int l) {
        return weight.get(l - 1).columns(0, v.get(l - 1).rows());
    }

    /** [V_{l−1}; 1]. */
    Dense inputs(int l) {
        Dense before = v.get(l - 1);
        if (!bias) {
            return before;
        }
        Dense result = Dense.zeros(before.rows() + 1, before.columns());
        for (int j = 0; j < before.columns(); j++) {
            for (int i = 0; i <= before.rows(); i++) {
                result.set(i, j, i < before.rows() ? before.get(i, j) : 1);
            }
        }
        return result;
    }

    private Dense image(int l) {
        return weight.get(l - 1).times(inputs(l));
    }

    private Dense output(int l) {
        return l == depth ? image(l) : image(l).map(activation.value());
    }

    private Dense slope(int l) {
        return l == depth ? image(l).map(z -> 1) : image(l).map(activation.derivative());
    }

    private Dense biasOnly(int l) {
        return image(l).plus(-1, weights(l).times(v.get(l - 1)));
    }

    /** X A⁻¹ for a symmetric A. */
    private static Dense rightSolved(Dense x, Dense a) {
        return PlainDlAdmm.solve(a, x.transposed()).transposed();
    }

    private static Dense shifted(Dense a, double shift) {
        Dense result = scaled(1, a);
        for (int i = 0; i < a.rows(); i++) {
            result.set(i, i, result.get(i, i) + shift);
        }
        return result;
    }

    private static Dense scaled(double factor, Dense x) {
        return x.map(value -> factor * value);
    }

    private static Dense product(Dense x, Dense y) {
        Dense result = Dense.zeros(x.rows(), x.columns());
        for (int i = 0; i < result.values().length; i++) {
            result.values()[i] = x.values()[i] * y.values()[i];
        }
        return result;
    }

    static double dot(Dense x) {
        return dot(x, x);
    }

    static double dot(Dense x, Dense y) {
        double sum = 0;
        for (int i = 0; i < x.values().length; i++) {
            sum += x.values()[i] * y.values()[i];
        }
        return sum;
    }
}

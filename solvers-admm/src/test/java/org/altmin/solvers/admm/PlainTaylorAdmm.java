package org.altmin.solvers.admm;

import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import org.altmin.core.network.Problem;
import org.altmin.testkit.reference.Dense;

/** The ADMM of Taylor et al. with ReLU and squared loss, written down plainly. {@link TaylorAdmm} must follow it. */
final class PlainTaylorAdmm {

    private static final DoubleUnaryOperator RELU = x -> Math.max(x, 0);

    /** [W_l b_l]. */
    final List<Dense> weight = new ArrayList<>();
    final List<Dense> z = new ArrayList<>();
    final List<Dense> a = new ArrayList<>();
    Dense dual;
    private final TaylorAdmm solver;
    private final Dense targets;
    private final int depth;
    private int iteration;

    PlainTaylorAdmm(Problem problem, TaylorAdmm solver) {
        this.solver = solver;
        depth = problem.network().depth();
        targets = Dense.of(problem.targets());
        a.add(Dense.of(problem.inputs()));
        for (int l = 1; l <= depth; l++) {
            weight.add(Dense.of(problem.initial().augmented(l)));
            z.add(image(l));
            a.add(z.get(l - 1).map(RELU));
        }
        dual = Dense.zeros(targets.rows(), targets.columns());
    }

    void step() {
        double beta = solver.beta();
        double gamma = solver.gamma();
        for (int l = 1; l < depth; l++) {
            updateWeights(l);
            Dense w = weight.get(l).columns(0, a.get(l).rows());
            Dense bias = image(l + 1).plus(-1, w.times(a.get(l)));
            Dense left = w.transposed().times(w).map(x -> beta * x);
            for (int i = 0; i < left.rows(); i++) {
                left.set(i, i, left.get(i, i) + gamma);
            }
            Dense right = w.transposed().times(z.get(l).plus(-1, bias)).map(x -> beta * x)
                    .plus(gamma, z.get(l - 1).map(RELU));
            a.set(l, PlainDlAdmm.solve(left, right));
            Dense p = image(l);
            Dense pre = z.get(l - 1);
            for (int i = 0; i < p.values().length; i++) {
                pre.values()[i] = preActivation(p.values()[i], a.get(l).values()[i]);
            }
        }
        updateWeights(depth);
        Dense p = image(depth);
        Dense output = targets.plus(-1, dual).plus(beta, p).map(x -> x / (1 + beta));
        z.set(depth - 1, output);
        iteration++;
        if (iteration > solver.warmStart()) {
            dual = dual.plus(beta, output.plus(-1, p));
        }
    }

    double objective() {
        Dense output = z.get(depth - 1);
        double sum = PlainSigmoidAdmm.dot(output.plus(-1, targets)) / 2 + PlainSigmoidAdmm.dot(dual, output);
        for (int l = 1; l <= depth; l++) {
            sum += solver.beta() / 2 * PlainSigmoidAdmm.dot(z.get(l - 1).plus(-1, image(l)));
            if (l < depth) {
                sum += solver.gamma() / 2 * PlainSigmoidAdmm.dot(a.get(l).plus(-1, z.get(l - 1).map(RELU)));
            }
        }
        return sum;
    }

    /** z ãᵀ(ã ãᵀ + α diag(1, …, 1, 0))⁻¹ with ã = [a; 1]. */
    private void updateWeights(int l) {
        Dense inputs = augmented(l);
        Dense gram = inputs.times(inputs.transposed());
        int features = gram.rows() - 1;
        double trace = 0;
        for (int i = 0; i < features; i++) {
            trace += gram.get(i, i);
        }
        for (int i = 0; i < features; i++) {
            gram.set(i, i, gram.get(i, i) + solver.damping() * trace / features);
        }
        Dense right = inputs.times(z.get(l - 1).transposed());
        weight.set(l - 1, PlainDlAdmm.solve(gram, right).transposed());
    }

    private double preActivation(double p, double target) {
        double beta = solver.beta();
        double gamma = solver.gamma();
        double below = Math.min(p, 0);
        double above = Math.max((gamma * target + beta * p) / (gamma + beta), 0);
        double valueBelow = gamma * target * target + beta * (below - p) * (below - p);
        double valueAbove = gamma * (above - target) * (above - target) + beta * (above - p) * (above - p);
        return valueAbove <= valueBelow ? above : below;
    }

    private Dense image(int l) {
        return weight.get(l - 1).times(augmented(l));
    }

    private Dense augmented(int l) {
        Dense before = a.get(l - 1);
        Dense result = Dense.zeros(before.rows() + 1, before.columns());
        for (int j = 0; j < before.columns(); j++) {
            for (int i = 0; i <= before.rows(); i++) {
                result.set(i, j, i < before.rows() ? before.get(i, j) : 1);
            }
        }
        return result;
    }
}

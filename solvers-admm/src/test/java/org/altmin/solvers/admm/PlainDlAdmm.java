package org.altmin.solvers.admm;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;
import java.util.function.IntConsumer;
import org.altmin.core.network.Problem;
import org.altmin.core.step.LossStep;
import org.altmin.core.step.UpdateRule;
import org.altmin.testkit.reference.Dense;

/**
 * dlADMM with ReLU, written down plainly: every product is formed where it is needed, every subproblem is solved by its
 * definition. What {@link DlAdmm} must follow.
 */
final class PlainDlAdmm {

    private static final DoubleUnaryOperator RELU = z -> Math.max(z, 0);
    /** The Lipschitz constant of the cross-entropy's gradient. */
    private static final double CROSS_ENTROPY_CURVATURE = 0.5;

    final List<Dense> weight = new ArrayList<>();
    final List<Dense> bias = new ArrayList<>();
    final List<Dense> z = new ArrayList<>();
    final List<Dense> a = new ArrayList<>();
    Dense dual;
    /** The sum of the squares of all moves of the last step. */
    double squaredStep;
    private final Dense targets;
    private final DlAdmm settings;
    private final UpdateRule rule;
    private final boolean crossEntropy;
    private final boolean hasBias;
    private final double decay;
    private final int depth;
    private double rho;
    private double nu;
    private double scalarStart = 1;
    private int iteration;
    private final double[] lastLosses = {Double.NaN, Double.NaN, Double.NaN};

    /** @param decay μ of Ω = (μ/2)‖W‖² */
    PlainDlAdmm(Problem problem, DlAdmm settings, double decay) {
        this.settings = settings;
        this.decay = decay;
        rule = settings.updates();
        rho = settings.rho();
        nu = settings.nu();
        hasBias = problem.network().bias();
        depth = problem.network().depth();
        targets = Dense.of(problem.targets());
        crossEntropy = problem.loss().name().equals("cross-entropy");
        a.add(Dense.of(problem.inputs()));
        for (int l = 1; l <= depth; l++) {
            weight.add(Dense.of(problem.initial().weight(l)));
            bias.add(hasBias ? Dense.of(problem.initial().bias(l)) : Dense.zeros(problem.network().width(l), 1));
            z.add(image(l));
            a.add(z.get(l - 1).map(RELU));
        }
        dual = Dense.zeros(targets.rows(), targets.columns());
    }

    /** Continues from where the solver is, so that rounding does not add up over the steps. */
    void continueFrom(Map<String, Dense> state) {
        for (int l = 1; l <= depth; l++) {
            weight.set(l - 1, state.get("W" + l));
            z.set(l - 1, state.get("z" + l));
            if (hasBias) {
                bias.set(l - 1, state.get("b" + l));
            }
            if (l < depth) {
                a.set(l, state.get("a" + l));
            }
        }
        dual = state.get("u");
    }

    String penalties() {
        return "rho=" + rho + " nu=" + nu;
    }

    void step() {
        growPenalties();
        iteration++;
        squaredStep = 0;
        for (int l = depth; l >= 1; l--) {
            if (l < depth) {
                move(a, l, this::updateActivation, l);
                move(z, l - 1, this::updatePreActivation, l);
            } else {
                move(z, l - 1, layer -> updateOutput(), l);
            }
            move(bias, l - 1, this::updateBias, l);
            move(weight, l - 1, this::updateWeight, l);
        }
        for (int l = 1; l <= depth; l++) {
            move(weight, l - 1, this::updateWeight, l);
            move(bias, l - 1, this::updateBias, l);
            if (l < depth) {
                move(z, l - 1, this::updatePreActivation, l);
                move(a, l, this::updateActivation, l);
            } else {
                move(z, l - 1, layer -> updateOutput(), l);
            }
        }
        Dense gap = z.get(depth - 1).plus(-1, image(depth));
        dual = dual.plus(rho, gap);
        squaredStep += rho * rho * dot(gap, gap);
    }

    private void move(List<Dense> variables, int index, IntConsumer update, int layer) {
        Dense before = variables.get(index).map(DoubleUnaryOperator.identity());
        update.accept(layer);
        Dense move = variables.get(index).plus(-1, before);
        squaredStep += dot(move, move);
    }

    private void growPenalties() {
        if (settings.schedule() == PenaltySchedule.PAPER && iteration > 0 && iteration % 100 == 0) {
            rho *= 10;
        }
        if (settings.schedule() != PenaltySchedule.PUBLISHED) {
            return;
        }
        Dense outputs = a.get(0);
        for (int l = 1; l <= depth; l++) {
            outputs = linear(l, outputs).map(l < depth ? RELU : DoubleUnaryOperator.identity());
        }
        double now = loss(outputs);
        if (now > lastLosses[2] && lastLosses[2] > lastLosses[1] && lastLosses[1] > lastLosses[0]) {
            rho = Math.min(10 * rho, 0.1);
            nu = Math.min(10 * nu, 0.1);
            scalarStart *= 10;
        }
        lastLosses[0] = lastLosses[1];
        lastLosses[1] = lastLosses[2];
        lastLosses[2] = now;
    }

    double lagrangian() {
        Dense gap = z.get(depth - 1).plus(-1, image(depth));
        double value = loss(z.get(depth - 1)) + dot(dual, gap) + rho / 2 * dot(gap, gap);
        for (Dense w : weight) {
            value += decay / 2 * dot(w, w);
        }
        for (int l = 1; l < depth; l++) {
            Dense residual = z.get(l - 1).plus(-1, image(l));
            Dense misfit = a.get(l).plus(-1, z.get(l - 1).map(RELU));
            value += nu / 2 * (dot(residual, residual) + dot(misfit, misfit));
        }
        return value;
    }

    /** p_l = W_l a_{l−1} + b_l. */
    private Dense image(int l) {
        return linear(l, a.get(l - 1));
    }

    private Dense linear(int l, Dense inputs) {
        Dense image = weight.get(l - 1).times(inputs);
        for (int j = 0; j < image.columns(); j++) {
            for (int i = 0; i < image.rows(); i++) {
                image.set(i, j, image.get(i, j) + bias.get(l - 1).get(i, 0));
            }
        }
        return image;
    }

    /** p_l − z_l, and −u/ρ for the last layer. */
    private Dense residual(int l) {
        Dense residual = image(l).plus(-1, z.get(l - 1));
        return l < depth ? residual : residual.plus(-1 / rho, dual);
    }

    private double penalty(int l) {
        return l < depth ? nu : rho;
    }

    private void updateWeight(int l) {
        Dense inputs = a.get(l - 1);
        Dense gradient = residual(l).times(inputs.transposed());
        Dense w = weight.get(l - 1);
        if (rule == UpdateRule.EXACT) {
            Dense gram = inputs.times(inputs.transposed());
            double trace = 0;
            for (int i = 0; i < gram.rows(); i++) {
                trace += gram.get(i, i);
            }
            double alpha = settings.damping() * trace / gram.rows();
            double mu = decay / penalty(l);
            for (int i = 0; i < gram.rows(); i++) {
                gram.set(i, i, gram.get(i, i) + alpha + mu);
            }
            weight.set(l - 1, w.plus(-1, solve(gram, gradient.plus(mu, w).transposed()).transposed()));
            return;
        }
        Dense along = gradient.times(inputs);
        double[] scale = new double[w.rows()];
        for (int i = 0; i < w.rows(); i++) {
            double theta = rowNorm(along, i) / rowNorm(gradient, i);
            scale[i] = rowNorm(gradient, i) * rowNorm(along, i) > 0 ? 1 / theta : 0;
        }
        if (rule == UpdateRule.SCALAR) {
            double theta = scalarStart;
            while (theta * dot(gradient, gradient) < penalty(l) * dot(along, along)) {
                theta *= 2;
            }
            Arrays.fill(scale, penalty(l) / theta);
        }
        for (int i = 0; i < w.rows(); i++) {
            for (int k = 0; k < w.columns(); k++) {
                w.set(i, k, w.get(i, k) - scale[i] * gradient.get(i, k));
            }
        }
    }

    private void updateBias(int l) {
        if (!hasBias) {
            return;
        }
        Dense residual = residual(l);
        for (int i = 0; i < residual.rows(); i++) {
            double sum = 0;
            for (int j = 0; j < residual.columns(); j++) {
                sum += residual.get(i, j);
            }
            bias.get(l - 1).set(i, 0, bias.get(l - 1).get(i, 0) - sum / residual.columns());
        }
    }

    private void updateActivation(int l) {
        Dense above = weight.get(l);
        Dense state = a.get(l);
        double ratio = nu / penalty(l + 1);
        Dense gradient = above.transposed().times(residual(l + 1)).plus(ratio, state)
                .plus(-ratio, z.get(l - 1).map(RELU));
        if (rule == UpdateRule.EXACT) {
            Dense hessian = above.transposed().times(above);
            for (int i = 0; i < hessian.rows(); i++) {
                hessian.set(i, i, hessian.get(i, i) + ratio);
            }
            a.set(l, state.plus(-1, solve(hessian, gradient)));
            return;
        }
        Dense along = above.times(gradient);
        double scalar = scalarStart;
        while (scalar * dot(gradient, gradient)
                < penalty(l + 1) * (dot(along, along) + ratio * dot(gradient, gradient))) {
            scalar *= 2;
        }
        for (int j = 0; j < state.columns(); j++) {
            double norm = columnNorm(gradient, j);
            double scale = norm > 0 ? norm / (columnNorm(along, j) + ratio * norm) : 0;
            if (rule == UpdateRule.SCALAR) {
                scale = penalty(l + 1) / scalar;
            }
            for (int i = 0; i < state.rows(); i++) {
                state.set(i, j, state.get(i, j) - scale * gradient.get(i, j));
            }
        }
    }

    private void updatePreActivation(int l) {
        Dense image = image(l);
        for (int j = 0; j < image.columns(); j++) {
            for (int i = 0; i < image.rows(); i++) {
                double p = image.get(i, j);
                double target = a.get(l).get(i, j);
                double below = Math.min(p, 0);
                double above = Math.max((p + target) / 2, 0);
                double valueBelow = square(below - p) + square(target);
                double valueAbove = square(above - p) + square(above - target);
                z.get(l - 1).set(i, j, valueAbove <= valueBelow ? above : below);
            }
        }
    }

    private void updateOutput() {
        Dense centre = image(depth).plus(-1 / rho, dual);
        if (settings.lossProx() == LossStep.Method.FISTA) {
            z.set(depth - 1, fista(centre));
            return;
        }
        for (int j = 0; j < centre.columns(); j++) {
            double[] solution = crossEntropy ? crossEntropyProx(centre.column(j), targets.column(j))
                    : squaredProx(centre.column(j), targets.column(j));
            for (int i = 0; i < solution.length; i++) {
                z.get(depth - 1).set(i, j, solution[i]);
            }
        }
    }

    /** At most 500 accelerated steps z ← y − …, ended when R + (ρ/2)‖y − q‖² at y changes by less than 1e-3. */
    private Dense fista(Dense centre) {
        double stiffness = settings.fistaStiffness() > 0 ? settings.fistaStiffness()
                : crossEntropy ? CROSS_ENTROPY_CURVATURE : 1;
        Dense point = z.get(depth - 1);
        Dense before = point;
        double last = Double.POSITIVE_INFINITY;
        double t = 1;
        for (int i = 0; i < 500; i++) {
            Dense gap = point.plus(-1, centre);
            double now = loss(point) + rho / 2 * dot(gap, gap);
            if (Math.abs(now - last) < 1e-3) {
                break;
            }
            last = now;
            // argmin over z of ⟨∇R(y), z⟩ + (L/2)‖z − y‖² + (ρ/2)‖z − q‖².
            Dense next = centre.map(q -> rho * q).plus(stiffness, point).plus(-1, lossGradient(point))
                    .map(x -> x / (rho + stiffness));
            double following = (1 + Math.sqrt(1 + 4 * t * t)) / 2;
            point = next.plus((t - 1) / following, next.plus(-1, before));
            before = next;
            t = following;
        }
        return point;
    }

    private Dense lossGradient(Dense outputs) {
        Dense gradient = outputs.plus(-1, targets);
        for (int j = 0; crossEntropy && j < outputs.columns(); j++) {
            double[] p = softmax(outputs.column(j));
            for (int i = 0; i < p.length; i++) {
                gradient.set(i, j, p[i] - targets.get(i, j));
            }
        }
        return gradient;
    }

    private double[] squaredProx(double[] centre, double[] target) {
        double[] result = new double[centre.length];
        for (int i = 0; i < result.length; i++) {
            result[i] = (target[i] + rho * centre[i]) / (1 + rho);
        }
        return result;
    }

    /** Newton's method on the K-dimensional problem, each step halved until the gradient becomes shorter. */
    private double[] crossEntropyProx(double[] centre, double[] target) {
        double[] x = centre.clone();
        while (true) {
            double[] p = softmax(x);
            Dense hessian = Dense.zeros(x.length, x.length);
            for (int i = 0; i < x.length; i++) {
                for (int k = 0; k < x.length; k++) {
                    hessian.set(i, k, (i == k ? p[i] + rho : 0) - p[i] * p[k]);
                }
            }
            Dense gradient = proxGradient(x, centre, target);
            Dense move = solve(hessian, gradient);
            double step = 1;
            while (step > 1e-9 && columnNorm(proxGradient(moved(x, move, step), centre, target), 0)
                    >= columnNorm(gradient, 0)) {
                step /= 2;
            }
            if (step <= 1e-9) {
                return x;
            }
            x = moved(x, move, step);
        }
    }

    private Dense proxGradient(double[] x, double[] centre, double[] target) {
        double[] p = softmax(x);
        Dense gradient = Dense.zeros(x.length, 1);
        for (int i = 0; i < x.length; i++) {
            gradient.set(i, 0, p[i] - target[i] + rho * (x[i] - centre[i]));
        }
        return gradient;
    }

    private double loss(Dense outputs) {
        double sum = 0;
        for (int j = 0; j < outputs.columns(); j++) {
            double[] x = outputs.column(j);
            double[] y = targets.column(j);
            if (crossEntropy) {
                sum += crossEntropy(x, y);
            } else {
                for (int i = 0; i < x.length; i++) {
                    sum += square(x[i] - y[i]) / 2;
                }
            }
        }
        return sum;
    }

    private static double crossEntropy(double[] x, double[] target) {
        double max = Arrays.stream(x).max().orElseThrow();
        double sum = 0;
        for (double value : x) {
            sum += Math.exp(value - max);
        }
        double result = 0;
        for (int i = 0; i < x.length; i++) {
            result += target[i] * (max + Math.log(sum) - x[i]);
        }
        return result;
    }

    private static double[] softmax(double[] x) {
        double max = Arrays.stream(x).max().orElseThrow();
        double[] p = new double[x.length];
        double sum = 0;
        for (int i = 0; i < x.length; i++) {
            p[i] = Math.exp(x[i] - max);
            sum += p[i];
        }
        for (int i = 0; i < x.length; i++) {
            p[i] /= sum;
        }
        return p;
    }

    private static double[] moved(double[] x, Dense move, double step) {
        double[] result = x.clone();
        for (int i = 0; i < x.length; i++) {
            result[i] -= step * move.get(i, 0);
        }
        return result;
    }

    /** A⁻¹ B by Gaussian elimination with row exchanges. */
    static Dense solve(Dense a, Dense b) {
        Dense left = a.map(DoubleUnaryOperator.identity());
        Dense right = b.map(DoubleUnaryOperator.identity());
        int n = left.rows();
        for (int pivot = 0; pivot < n; pivot++) {
            int best = pivot;
            for (int i = pivot + 1; i < n; i++) {
                best = Math.abs(left.get(i, pivot)) > Math.abs(left.get(best, pivot)) ? i : best;
            }
            exchange(left, pivot, best);
            exchange(right, pivot, best);
            for (int i = 0; i < n; i++) {
                double factor = i == pivot ? 0 : left.get(i, pivot) / left.get(pivot, pivot);
                subtract(left, i, factor, pivot);
                subtract(right, i, factor, pivot);
            }
        }
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < right.columns(); j++) {
                right.set(i, j, right.get(i, j) / left.get(i, i));
            }
        }
        return right;
    }

    private static void exchange(Dense matrix, int first, int second) {
        for (int j = 0; j < matrix.columns(); j++) {
            double kept = matrix.get(first, j);
            matrix.set(first, j, matrix.get(second, j));
            matrix.set(second, j, kept);
        }
    }

    private static void subtract(Dense matrix, int row, double factor, int other) {
        for (int j = 0; j < matrix.columns() && factor != 0; j++) {
            matrix.set(row, j, matrix.get(row, j) - factor * matrix.get(other, j));
        }
    }

    private static double rowNorm(Dense matrix, int row) {
        double sum = 0;
        for (int j = 0; j < matrix.columns(); j++) {
            sum += square(matrix.get(row, j));
        }
        return sum;
    }

    private static double columnNorm(Dense matrix, int column) {
        double sum = 0;
        for (double x : matrix.column(column)) {
            sum += square(x);
        }
        return sum;
    }

    private static double dot(Dense x, Dense y) {
        double sum = 0;
        for (int i = 0; i < x.values().length; i++) {
            sum += x.values()[i] * y.values()[i];
        }
        return sum;
    }

    private static double square(double x) {
        return x * x;
    }
}

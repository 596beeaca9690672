package org.altmin.solvers.bcd;

import java.util.Arrays;
import java.util.List;
import org.altmin.core.network.Network;
import org.altmin.core.network.Problem;
import org.altmin.core.operator.Regularizer;
import org.altmin.core.step.BiasStep;
import org.altmin.linalg.Expr;
import org.altmin.linalg.Precision;
import org.altmin.linalg.RandomStream;
import org.altmin.testkit.reference.Dense;

/**
 * The three solvers as the papers write them, in plain loops over double arrays: weights and bias as one matrix [W b],
 * least squares by Gaussian elimination on the normal equations, nothing kept that could be computed again.
 */
final class PlainBcd {

    private static final Expr FIRST = Expr.input(0);
    private static final Expr SECOND = Expr.input(1);

    final Dense[] w;
    private final Bcd solver;
    private final Problem problem;
    private final Network network;
    private final int depth;
    private final Dense inputs;
    private final Dense targets;
    private final boolean two;
    private final Dense[] storedV;
    private final Dense[] storedU;
    private Dense[] v;
    private Dense[] u;
    private Dense y;
    private double alpha;
    private double growth = 1;
    private int steps;
    double objective;
    double squaredStep;

    PlainBcd(Bcd solver, Problem problem) {
        this.solver = solver;
        this.problem = problem;
        network = problem.network();
        depth = network.depth();
        two = solver.formulation() == Formulation.TWO_SPLITTING;
        inputs = Dense.of(problem.inputs());
        targets = Dense.of(problem.targets());
        alpha = solver.alpha();
        w = new Dense[depth + 1];
        for (int l = 1; l <= depth; l++) {
            w[l] = Dense.of(problem.initial().augmented(l));
        }
        load(allSamples());
        start();
        storedV = v.clone();
        storedU = u.clone();
    }

    void step() {
        objective = 0;
        squaredStep = 0;
        int n = problem.samples();
        int batch = solver.batch() == 0 ? n : solver.batch();
        RandomStream random = new RandomStream(problem.seed()).split("batches").split("epoch" + steps);
        boolean afresh = solver.states() == BatchStates.AFRESH;
        int[] order = afresh && batch < n ? random.permutation(n) : allSamples();
        int count = (n + batch - 1) / batch;
        int[] batches = afresh || count == 1 ? allOf(count) : random.permutation(count);
        for (int b : batches) {
            int[] samples = new int[Math.min(batch, n - b * batch)];
            for (int j = 0; j < samples.length; j++) {
                samples[j] = afresh ? order[b * batch + j] : b * batch + j;
            }
            load(samples);
            if (afresh) {
                start();
            }
            for (int i = 0; i < solver.sweeps(); i++) {
                sweep();
            }
            objective += dataTerms();
            store(samples);
        }
        objective += weightPenalties();
        alpha *= solver.alphaGrowth();
        growth *= solver.alphaGrowth();
        steps++;
    }

    /** The objective of all samples as it is now, before the first step. */
    double startingObjective() {
        return dataTerms() + weightPenalties();
    }

    private double weightPenalties() {
        double result = 0;
        for (int l = 1; l <= depth; l++) {
            result += sum(value(problem.weightPenalty(), weight(l)));
        }
        return result;
    }

    private int[] allSamples() {
        return allOf(problem.samples());
    }

    private static int[] allOf(int count) {
        int[] result = new int[count];
        Arrays.setAll(result, i -> i);
        return result;
    }

    private void load(int[] samples) {
        v = new Dense[depth + 1];
        u = new Dense[depth + 1];
        v[0] = gather(inputs, samples);
        y = gather(targets, samples);
        for (int l = 1; storedV != null && l <= depth; l++) {
            v[l] = gather(storedV[l], samples);
            u[l] = gather(storedU[l], samples);
        }
    }

    private void store(int[] samples) {
        for (int l = 1; l <= depth; l++) {
            for (int j = 0; j < samples.length; j++) {
                for (int i = 0; i < v[l].rows(); i++) {
                    storedV[l].set(i, samples[j], v[l].get(i, j));
                    storedU[l].set(i, samples[j], u[l].get(i, j));
                }
            }
        }
    }

    private static Dense gather(Dense source, int[] columns) {
        Dense result = Dense.zeros(source.rows(), columns.length);
        for (int j = 0; j < columns.length; j++) {
            for (int i = 0; i < source.rows(); i++) {
                result.set(i, j, source.get(i, columns[j]));
            }
        }
        return result;
    }

    private void start() {
        for (int l = 1; l <= depth; l++) {
            u[l] = image(l);
            v[l] = l == depth ? u[l].map(x -> x) : activated(l, u[l]).plus(network.skip(l) ? 1 : 0, shaped(l));
        }
    }

    /** V_{l−1} where it is added, else something of the right shape. */
    private Dense shaped(int l) {
        return network.skip(l) ? v[l - 1] : u[l];
    }

    private void sweep() {
        double g = solver.gamma();
        Dense centre = (two ? image(depth) : u[depth]).map(x -> g / (g + alpha) * x)
                .plus(alpha / (g + alpha), v[depth]);
        Expr prox = problem.loss().prox(FIRST, SECOND, Expr.constant(g + alpha));
        moveTo(v, depth, evaluate(prox, centre, y));
        if (!two) {
            moveTo(u, depth, v[depth].plus(1, image(depth)).map(x -> x / 2));
        }
        boolean statesFirst = solver.order() == UpdateOrder.STATES_FIRST;
        if (two || !statesFirst) {
            updateLinearWeight(depth, two ? v[depth] : u[depth]);
        }
        for (int l = depth - 1; l >= 1; l--) {
            if (!two) {
                updateState(l);
                Dense goal = network.skip(l) ? v[l].plus(-1, v[l - 1]) : v[l];
                Dense mean = image(l).map(x -> g / (g + alpha) * x).plus(alpha / (g + alpha), u[l]);
                moveTo(u, l, evaluate(network.activation(l).prox(FIRST, SECOND, Expr.constant((g + alpha) / g)), goal,
                        mean));
                if (!statesFirst) {
                    updateLinearWeight(l, u[l]);
                }
            } else {
                if (l == depth - 1) {
                    Dense near = activated(l, image(l)).map(x -> g / (g + alpha) * x).plus(alpha / (g + alpha), v[l]);
                    moveTo(v, l, leastSquaresState(l, near, (g + alpha) / g, v[depth]));
                } else {
                    proxLinearState(l);
                }
                proxLinearWeight(l);
            }
        }
        for (int l = depth; l >= 1 && !two && statesFirst; l--) {
            updateLinearWeight(l, u[l]);
        }
    }

    private double weightAlpha(int l) {
        return growth * (l == depth ? solver.outputAlpha() : solver.weightAlpha());
    }

    private void updateState(int l) {
        Dense centre = activated(l, u[l]).plus(network.skip(l) ? 1 : 0, shaped(l));
        double omega = 1;
        if (network.skip(l + 1)) {
            centre = centre.plus(1, v[l + 1]).plus(-1, activated(l + 1, u[l + 1])).map(x -> x / 2);
            omega = 2;
        }
        moveTo(v, l, leastSquaresState(l, centre, omega, u[l + 1]));
    }

    /** argmin (γ/2)‖W V + b − T‖² + (γω/2)‖V − S‖² + s(V), or one majorised step towards it. */
    private Dense leastSquaresState(int l, Dense centre, double omega, Dense target) {
        double g = solver.gamma();
        Dense weight = weight(l + 1);
        Dense free = target.plus(-1, biases(l + 1, target.columns()));
        boolean majorised = !two && solver.stateUpdates() == StateUpdates.MAJORISED;
        if (problem.statePenalty().isQuadratic() && !majorised) {
            Dense normal = weight.transposed().times(weight);
            addToDiagonal(normal, omega + problem.statePenalty().quadratic() / g);
            return solve(normal, centre.map(x -> omega * x).plus(1, weight.transposed().times(free)));
        }
        Dense residual = weight.times(v[l]).plus(-1, free);
        Dense slope = weight.transposed().times(residual).plus(omega, v[l].plus(-1, centre));
        Dense result = Dense.zeros(slope.rows(), slope.columns());
        for (int j = 0; j < slope.columns(); j++) {
            Dense direction = slope.columns(j, j + 1);
            double tau = problem.statePenalty().isZero()
                    ? rayleigh(squares(direction), squares(weight.times(direction)), omega)
                    : squares(weight) / weight.columns() + omega;
            Dense point;
            while (true) {
                point = penaltyProx(problem.statePenalty(), v[l].columns(j, j + 1).plus(-1 / tau, direction), g * tau);
                Dense move = point.plus(-1, v[l].columns(j, j + 1));
                if (squares(weight.times(move)) + omega * squares(move) <= tau * squares(move) * (1 + 1e-5)) {
                    break;
                }
                tau *= 2;
            }
            setColumn(result, j, point);
        }
        return result;
    }

    /** argmin (γ/2)‖[W b] Ã − T‖² + r(W) + (α/2)‖[W b] − [W b]₀‖², or some steps towards it. */
    private void updateLinearWeight(int l, Dense target) {
        double g = solver.gamma();
        double weightAlpha = weightAlpha(l);
        Regularizer penalty = problem.weightPenalty();
        Dense extended = extended(v[l - 1]);
        Dense normal = extended.times(extended.transposed()).map(x -> g * x);
        addToDiagonal(normal, weightAlpha);
        int m = network.width(l - 1);
        boolean joint = network.bias() && solver.biasStep() == BiasStep.JOINT;
        Dense goal = joint ? target : target.plus(-1, biases(l, target.columns()));
        Dense right = goal.times(extended.transposed()).map(x -> g * x).plus(weightAlpha, w[l]);
        if (!joint) {
            for (int i = 0; i <= m; i++) {
                normal.set(i, m, i == m ? 1 : 0);
                normal.set(m, i, i == m ? 1 : 0);
            }
            for (int i = 0; i < right.rows(); i++) {
                right.set(i, m, 0);
            }
        }
        Dense next;
        if (penalty.isQuadratic()) {
            for (int i = 0; i < m; i++) {
                normal.set(i, i, normal.get(i, i) + penalty.quadratic());
            }
            next = solve(normal, right.transposed()).transposed();
            if (!joint) {
                setColumn(next, m, biasAlone(l, target));
            }
        } else {
            next = descend(l, target, penalty);
        }
        squaredStep += squares(next.plus(-1, w[l]));
        w[l] = next;
    }

    /** With the bias always at its minimiser for W, as the implementation does. */
    private Dense descend(int l, Dense target, Regularizer penalty) {
        double g = solver.gamma();
        double weightAlpha = weightAlpha(l);
        Dense a = v[l - 1];
        int n = a.columns();
        int m = a.rows();
        boolean joint = network.bias() && solver.biasStep() == BiasStep.JOINT;
        double kappa = joint ? g / (g * n + weightAlpha) : 0;
        Dense ones = Dense.zeros(n, 1).map(x -> 1);
        Dense inputSum = a.times(ones);
        Dense residual = w[l].times(extended(a)).plus(-1, target);
        Dense residualSum = residual.times(ones);
        Dense metric = a.times(a.transposed()).plus(-kappa, inputSum.times(inputSum.transposed()));
        Dense gradient = residual.times(a.transposed()).plus(-kappa, residualSum.times(inputSum.transposed()));
        Dense start = weight(l);
        double anchor = weightAlpha / g;
        double stiffness = Math.sqrt(squares(metric)) + anchor;
        Dense now = start;
        Dense leading = start;
        double lowest = reduced(penalty, now, start, metric, gradient, anchor);
        double pace = 1;
        for (int step = 0; step < solver.proximalSteps(); step++) {
            Dense moved = leading.plus(-1, start);
            Dense slope = gradient.plus(1, moved.times(metric)).plus(anchor, moved);
            Dense next = penaltyProx(penalty, leading.plus(-1 / stiffness, slope), g * stiffness);
            double value = reduced(penalty, next, start, metric, gradient, anchor);
            if (value > lowest) {
                pace = 1;
                leading = now;
                continue;
            }
            lowest = value;
            double nextPace = (1 + Math.sqrt(1 + 4 * pace * pace)) / 2;
            leading = next.plus((pace - 1) / nextPace, next.plus(-1, now));
            pace = nextPace;
            now = next;
        }
        Dense total = now.plus(-1, start);
        Dense bias = w[l].columns(m, m + 1).plus(-kappa, residualSum).plus(-kappa, total.times(inputSum));
        Dense result = Dense.zeros(now.rows(), m + 1);
        for (int j = 0; j < m; j++) {
            setColumn(result, j, now.columns(j, j + 1));
        }
        setColumn(result, m, joint ? bias : biasAlone(l, target));
        return result;
    }

    /** The bias that is best for the old weights; without a bias the old one, 0. */
    private Dense biasAlone(int l, Dense target) {
        Dense old = biases(l, 1);
        if (!network.bias()) {
            return old;
        }
        Dense ones = Dense.zeros(target.columns(), 1).map(x -> 1);
        Dense sum = w[l].times(extended(v[l - 1])).plus(-1, target).times(ones);
        return old.plus(-solver.gamma() / (solver.gamma() * target.columns() + weightAlpha(l)), sum);
    }

    private double reduced(Regularizer penalty, Dense at, Dense start, Dense metric, Dense gradient, double anchor) {
        Dense move = at.plus(-1, start);
        return dot(move, gradient) + dot(move.times(metric), move) / 2 + anchor / 2 * squares(move)
                + sum(value(penalty, at)) / solver.gamma();
    }

    private void proxLinearState(int l) {
        double g = solver.gamma();
        double offset = 1 + alpha / g;
        Dense weight = weight(l + 1);
        Dense p = image(l + 1);
        Dense slope = weight.transposed().times(misfitGradient(l + 1, p, v[l + 1]))
                .plus(1, v[l].plus(-1, activated(l, image(l))));
        Dense result = Dense.zeros(slope.rows(), slope.columns());
        for (int j = 0; j < slope.columns(); j++) {
            Dense direction = slope.columns(j, j + 1);
            Dense old = v[l].columns(j, j + 1);
            Dense at = p.columns(j, j + 1);
            Dense goal = v[l + 1].columns(j, j + 1);
            double tau;
            if (problem.statePenalty().isZero()) {
                tau = rayleigh(squares(direction), gaussNewton(l + 1, at, weight.times(direction)), offset);
            } else {
                double curvature = 0;
                for (int k = 0; k < weight.rows(); k++) {
                    curvature += squares(slopes(l + 1, at.transposed().columns(k, k + 1))) * squares(row(weight, k));
                }
                tau = rayleigh(weight.columns(), curvature, offset);
            }
            Dense point = old;
            for (int trial = 0; trial < Backtracking.MOST_TRIALS; trial++) {
                Dense candidate = penaltyProx(problem.statePenalty(), old.plus(-1 / tau, direction), g * tau);
                Dense move = candidate.plus(-1, old);
                if (majorises(l + 1, at, goal, weight.times(move), squares(move), offset, tau)) {
                    point = candidate;
                    break;
                }
                tau *= 2;
            }
            setColumn(result, j, point);
        }
        moveTo(v, l, result);
    }

    private void proxLinearWeight(int l) {
        double g = solver.gamma();
        double offset = weightAlpha(l) / g;
        int m = network.width(l - 1);
        Dense extended = extended(v[l - 1]);
        Dense p = image(l);
        Dense slope = misfitGradient(l, p, v[l]).times(extended.transposed());
        Dense result = Dense.zeros(slope.rows(), m + 1);
        for (int i = 0; i < slope.rows(); i++) {
            Dense direction = row(slope, i);
            if (!network.bias()) {
                direction.set(0, m, 0);
            }
            Dense old = row(w[l], i);
            Dense at = row(p, i);
            Dense goal = row(v[l], i);
            double theta;
            if (problem.weightPenalty().isZero()) {
                theta = rayleigh(squares(direction), gaussNewton(l, at, direction.times(extended)), offset);
            } else {
                double curvature = 0;
                for (int j = 0; j < at.columns(); j++) {
                    curvature += squares(slopes(l, at.columns(j, j + 1))) * squares(v[l - 1].columns(j, j + 1));
                }
                theta = rayleigh(m, curvature, offset);
            }
            Dense point = old;
            for (int trial = 0; trial < Backtracking.MOST_TRIALS; trial++) {
                Dense free = old.plus(-1 / theta, direction);
                Dense candidate = penaltyProx(problem.weightPenalty(), free, g * theta);
                candidate.set(0, m, free.get(0, m));
                Dense move = candidate.plus(-1, old);
                if (majorises(l, at, goal, move.times(extended), squares(move), offset, theta)) {
                    point = candidate;
                    break;
                }
                theta *= 2;
            }
            setRow(result, i, point);
        }
        squaredStep += squares(result.plus(-1, w[l]));
        w[l] = result;
    }

    private boolean majorises(int l, Dense p, Dense goal, Dense image, double squaredMove, double offset,
            double stiffness) {
        double excess = squares(activated(l, p.plus(1, image)).plus(-1, goal))
                - squares(activated(l, p).plus(-1, goal)) - 2 * dot(misfitGradient(l, p, goal), image);
        return excess + offset * squaredMove <= stiffness * squaredMove * (1 + 1e-5);
    }

    private Dense misfitGradient(int l, Dense p, Dense goal) {
        Expr h = network.activation(l).value(FIRST);
        return evaluate(network.activation(l).derivative(FIRST).times(h.minus(SECOND)), p, goal);
    }

    private Dense slopes(int l, Dense p) {
        return evaluate(network.activation(l).derivative(FIRST), p);
    }

    private double gaussNewton(int l, Dense p, Dense image) {
        return squares(evaluate(network.activation(l).derivative(FIRST).times(SECOND), p, image));
    }

    private double dataTerms() {
        double result = sum(evaluate(problem.loss().value(FIRST, SECOND), v[depth], y));
        double g = solver.gamma();
        for (int l = 1; l <= depth; l++) {
            Dense pre = two ? image(l) : u[l];
            Dense value = l == depth ? pre : activated(l, pre).plus(network.skip(l) ? 1 : 0, shaped(l));
            result += g / 2 * squares(v[l].plus(-1, value));
            if (!two) {
                result += g / 2 * squares(u[l].plus(-1, image(l)));
            }
            if (l < depth) {
                result += sum(value(problem.statePenalty(), v[l]));
            }
        }
        return result;
    }

    private void moveTo(Dense[] variables, int l, Dense next) {
        squaredStep += squares(next.plus(-1, variables[l]));
        variables[l] = next;
    }

    private Dense image(int l) {
        return w[l].times(extended(v[l - 1]));
    }

    private Dense weight(int l) {
        return w[l].columns(0, network.width(l - 1));
    }

    private Dense biases(int l, int count) {
        Dense result = Dense.zeros(w[l].rows(), count);
        for (int j = 0; j < count; j++) {
            setColumn(result, j, w[l].columns(network.width(l - 1), network.width(l - 1) + 1));
        }
        return result;
    }

    private Dense activated(int l, Dense z) {
        return evaluate(network.activation(l).value(FIRST), z);
    }

    private static Dense value(Regularizer penalty, Dense x) {
        return evaluate(penalty.value(FIRST), x);
    }

    private static Dense penaltyProx(Regularizer penalty, Dense centre, double weight) {
        return evaluate(penalty.prox(FIRST, Expr.constant(weight)), centre);
    }

    private static Dense evaluate(Expr expr, Dense... arguments) {
        return Dense.of(expr, Precision.FLOAT64, arguments[0].rows(), arguments[0].columns(), new double[0],
                List.of(arguments));
    }

    /** c/n + offset, 1 + offset where there is no c or no n. */
    private static double rayleigh(double squaredNorm, double curvature, double offset) {
        return (squaredNorm * curvature > 0 ? curvature / squaredNorm : 1) + offset;
    }

    private static Dense extended(Dense a) {
        Dense result = Dense.zeros(a.rows() + 1, a.columns());
        for (int j = 0; j < a.columns(); j++) {
            for (int i = 0; i < a.rows(); i++) {
                result.set(i, j, a.get(i, j));
            }
            result.set(a.rows(), j, 1);
        }
        return result;
    }

    private static Dense row(Dense matrix, int i) {
        Dense result = Dense.zeros(1, matrix.columns());
        for (int j = 0; j < matrix.columns(); j++) {
            result.set(0, j, matrix.get(i, j));
        }
        return result;
    }

    private static void setRow(Dense matrix, int i, Dense row) {
        for (int j = 0; j < matrix.columns(); j++) {
            matrix.set(i, j, row.get(0, j));
        }
    }

    private static void setColumn(Dense matrix, int j, Dense column) {
        for (int i = 0; i < matrix.rows(); i++) {
            matrix.set(i, j, column.get(i, 0));
        }
    }

    private static void addToDiagonal(Dense matrix, double shift) {
        for (int i = 0; i < matrix.rows(); i++) {
            matrix.set(i, i, matrix.get(i, i) + shift);
        }
    }

    private static double sum(Dense x) {
        return Arrays.stream(x.values()).sum();
    }

    private static double squares(Dense x) {
        return dot(x, x);
    }

    private static double dot(Dense x, Dense y) {
        double result = 0;
        for (int i = 0; i < x.values().length; i++) {
            result += x.values()[i] * y.values()[i];
        }
        return result;
    }

    /** A⁻¹ B by elimination with row pivots. */
    private static Dense solve(Dense matrix, Dense right) {
        Dense a = matrix.map(x -> x);
        Dense b = right.map(x -> x);
        int n = a.rows();
        for (int k = 0; k < n; k++) {
            int pivot = k;
            for (int i = k + 1; i < n; i++) {
                pivot = Math.abs(a.get(i, k)) > Math.abs(a.get(pivot, k)) ? i : pivot;
            }
            swapRows(a, k, pivot);
            swapRows(b, k, pivot);
            for (int i = k + 1; i < n; i++) {
                double factor = a.get(i, k) / a.get(k, k);
                setRow(a, i, row(a, i).plus(-factor, row(a, k)));
                setRow(b, i, row(b, i).plus(-factor, row(b, k)));
            }
        }
        for (int k = n - 1; k >= 0; k--) {
            Dense solved = row(b, k);
            for (int i = k + 1; i < n; i++) {
                solved = solved.plus(-a.get(k, i), row(b, i));
            }
            double diagonal = a.get(k, k);
            setRow(b, k, solved.map(x -> x / diagonal));
        }
        return b;
    }

    private static void swapRows(Dense matrix, int i, int j) {
        Dense row = row(matrix, i);
        setRow(matrix, i, row(matrix, j));
        setRow(matrix, j, row);
    }
}

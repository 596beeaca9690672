package org.altmin.solvers.dlam;

import java.util.Arrays;
import java.util.function.DoubleBinaryOperator;
import org.altmin.core.network.Problem;
import org.altmin.core.step.UpdateRule;
import org.altmin.testkit.reference.Dense;

/** DLAM and mDLAM in nested loops, every residual formed anew, as the papers and the steps' Javadoc write them. */
final class PlainDlam {

    /** Below this a squared gradient is rounding, which the solver, moving its residuals along, does not have. */
    private static final double NO_GRADIENT = 1e-22;

    private final Case setting;
    private final Dlam settings;
    private final boolean accelerated;
    private final Dense targets;
    final Dense[] w = new Dense[Case.DEPTH + 1];
    final Dense[] b = new Dense[Case.DEPTH + 1];
    final Dense[] z = new Dense[Case.DEPTH + 1];
    final Dense[] a = new Dense[Case.DEPTH];
    private final Dense[] previousW = new Dense[Case.DEPTH + 1];
    private final Dense[] previousA = new Dense[Case.DEPTH];
    private final double[][] flexibility = new double[Case.DEPTH][];
    private double tolerance;
    private boolean project;
    private double nesterov = 1;

    PlainDlam(Case setting, Problem problem, Dlam settings, boolean accelerated) {
        this.setting = setting;
        this.settings = settings;
        this.accelerated = accelerated;
        tolerance = settings.tolerance().start();
        targets = Dense.of(problem.targets());
        a[0] = Dense.of(problem.inputs());
        for (int l = 1; l <= Case.DEPTH; l++) {
            w[l] = Dense.of(problem.initial().weight(l));
            b[l] = Dense.of(problem.initial().bias(l));
            z[l] = Case.residual(w[l], a[l - 1], b[l], Dense.zeros(w[l].rows(), a[0].columns()));
            previousW[l] = w[l];
            if (l < Case.DEPTH) {
                a[l] = z[l].map(setting.activation().value());
                previousA[l] = a[l];
                flexibility[l] = new double[a[0].columns()];
            }
        }
        for (int l = 1; l < Case.DEPTH; l++) {
            Arrays.fill(flexibility[l], w[l + 1].columns() / Case.square(w[l + 1]));
        }
    }

    /** Continues from where the solver is, so that rounding does not add up over the steps. */
    void continueFrom(Case.Variables v) {
        for (int l = 1; l <= Case.DEPTH; l++) {
            w[l] = v.get("W", l);
            b[l] = v.get("b", l);
            z[l] = v.get("z", l);
            previousW[l] = accelerated ? v.get("previous W", l) : w[l];
            if (l < Case.DEPTH) {
                a[l] = v.get("a", l);
                previousA[l] = accelerated ? v.get("previous a", l) : a[l];
                flexibility[l] = v.get("flexibility", l).values();
            }
        }
    }

    double tolerance() {
        return tolerance;
    }

    void step() {
        double next = (1 + Math.sqrt(1 + 4 * nesterov * nesterov)) / 2;
        double momentum = accelerated ? (nesterov - 1) / next : 0;
        nesterov = next;
        for (int l = 1; l <= Case.DEPTH; l++) {
            updateWeight(l, momentum);
            updateBias(l);
            Dense linear = residual(l).plus(1, z[l]);
            if (l == Case.DEPTH) {
                z[l] = setting.loss().prox(linear, targets, setting.rho());
            } else {
                z[l] = clippedToBounds(linear, a[l], z[l]);
                if (project) {
                    a[l] = clippedToBox(a[l], z[l]);
                }
                for (int i = 0; i < settings.stateSteps(); i++) {
                    updateActivation(l, momentum);
                }
            }
        }
        double nextTolerance = settings.tolerance().next(tolerance, setting.loss().value(z[Case.DEPTH], targets));
        project = nextTolerance < tolerance;
        tolerance = nextTolerance;
    }

    private void updateWeight(int l, double momentum) {
        if (settings.updates() == UpdateRule.EXACT) {
            w[l] = minimiser(l);
            return;
        }
        Dense current = w[l];
        Dense moved = weightStep(l, current.plus(momentum, current.plus(-1, previousW[l])));
        if (momentum > 0 && !sufficient(l, moved)) {
            moved = weightStep(l, current);
        }
        previousW[l] = current;
        w[l] = moved;
    }

    private double[] lastStiffness;

    /** W (ρ A Aᵀ + (μ + ρα) I) = ρ (α W − B Aᵀ), B = b − z, α relative to the mean diagonal entry of A Aᵀ. */
    private Dense minimiser(int l) {
        Dense in = a[l - 1];
        int order = in.rows();
        Dense gram = in.times(in.transposed());
        double trace = 0;
        for (int i = 0; i < order; i++) {
            trace += gram.get(i, i);
        }
        double alpha = settings.damping() * trace / order;
        Dense rest = Case.residual(Dense.zeros(w[l].rows(), order), in, b[l], z[l]);
        Dense right = w[l].map(x -> alpha * x).plus(-1, rest.times(in.transposed())).map(x -> setting.rho() * x);
        Dense left = gram.map(x -> setting.rho() * x);
        for (int i = 0; i < order; i++) {
            left.set(i, i, left.get(i, i) + setting.decay() + setting.rho() * alpha);
        }
        return solved(left, right.transposed()).transposed();
    }

    /** X with A X = B, A positive definite, by elimination. */
    private static Dense solved(Dense a, Dense b) {
        Dense left = a.map(x -> x);
        Dense right = b.map(x -> x);
        for (int pivot = 0; pivot < left.rows(); pivot++) {
            for (int i = 0; i < left.rows(); i++) {
                double factor = i == pivot ? 0 : left.get(i, pivot) / left.get(pivot, pivot);
                for (int j = 0; j < left.columns(); j++) {
                    left.set(i, j, left.get(i, j) - factor * left.get(pivot, j));
                }
                for (int j = 0; j < right.columns(); j++) {
                    right.set(i, j, right.get(i, j) - factor * right.get(pivot, j));
                }
            }
        }
        for (int i = 0; i < right.rows(); i++) {
            for (int j = 0; j < right.columns(); j++) {
                right.set(i, j, right.get(i, j) / left.get(i, i));
            }
        }
        return right;
    }

    /** prox_Ω(V − g(V)/θ), with θ doubled until the model lies above. */
    private Dense weightStep(int l, Dense point) {
        Dense g = Case.residual(point, a[l - 1], b[l], z[l]).times(a[l - 1].transposed());
        Dense result = Dense.zeros(g.rows(), g.columns());
        lastStiffness = new double[g.rows()];
        for (int i = 0; i < g.rows(); i++) {
            Dense row = Case.row(g, i);
            double norm = Case.square(row);
            double curvature = Case.square(row.times(a[l - 1]));
            double theta = norm > NO_GRADIENT ? curvature / norm : 1;
            for (int trial = 0; trial < 60; trial++) {
                double shrink = setting.decay() > 0
                        ? setting.rho() * theta / (setting.rho() * theta + setting.decay()) : 1;
                for (int j = 0; j < g.columns(); j++) {
                    result.set(i, j, (point.get(i, j) - g.get(i, j) / theta) * shrink);
                }
                Dense move = Case.row(result.plus(-1, point), i);
                if (setting.decay() == 0
                        || Case.square(move.times(a[l - 1])) <= theta * Case.square(move) * (1 + 1e-5)) {
                    break;
                }
                theta *= 2;
            }
            lastStiffness[i] = theta;
        }
        return result;
    }

    private boolean sufficient(int l, Dense moved) {
        Dense move = moved.plus(-1, w[l]);
        double decrease = setting.rho() / 2 * (Case.square(residual(l))
                - Case.square(Case.residual(moved, a[l - 1], b[l], z[l])))
                + setting.decay() / 2 * (Case.square(w[l]) - Case.square(moved));
        for (int i = 0; i < move.rows(); i++) {
            decrease -= 1e-4 * setting.rho() / 2 * lastStiffness[i] * Case.square(Case.row(move, i));
        }
        return decrease >= 0;
    }

    private void updateBias(int l) {
        Dense residual = residual(l);
        Dense moved = b[l].map(x -> x);
        for (int i = 0; i < moved.rows(); i++) {
            double sum = 0;
            for (int j = 0; j < residual.columns(); j++) {
                sum += residual.get(i, j);
            }
            moved.set(i, 0, b[l].get(i, 0) - sum / residual.columns());
        }
        b[l] = moved;
    }

    private void updateActivation(int l, double momentum) {
        Dense current = a[l];
        Dense moved = null;
        if (momentum > 0) {
            moved = stateStep(l, current.plus(momentum, current.plus(-1, previousA[l])), true);
        }
        if (moved == null) {
            moved = stateStep(l, current, false);
        }
        previousA[l] = current;
        a[l] = moved;
    }

    /** The new a_l, with its flexibility; null if the guard refuses. */
    private Dense stateStep(int l, Dense point, boolean guarded) {
        Dense above = residual(l + 1);
        Dense g = w[l + 1].transposed().times(Case.residual(w[l + 1], point, b[l + 1], z[l + 1]));
        Dense aim = Dense.zeros(g.rows(), g.columns());
        for (int j = 0; j < g.columns(); j++) {
            for (int i = 0; i < g.rows(); i++) {
                aim.set(i, j, point.get(i, j) - flexibility[l][j] * g.get(i, j));
            }
        }
        Dense direction = clippedToBox(aim, z[l]).plus(-1, a[l]);
        Dense image = w[l + 1].times(direction);
        Dense moved = a[l].map(x -> x);
        double[] flexible = flexibility[l].clone();
        double excess = 0;
        for (int j = 0; j < g.columns(); j++) {
            Dense d = direction.columns(j, j + 1);
            double slope = Case.dot(above.columns(j, j + 1), image.columns(j, j + 1));
            double curvature = Case.square(image.columns(j, j + 1));
            double factor = curvature > 0 ? Math.min(1, Math.max(0, -slope / curvature)) : 0;
            excess -= factor * slope + factor * factor * curvature / 2
                    + 1e-4 / 2 * factor * factor * Case.square(d) / flexibility[l][j];
            for (int i = 0; i < g.rows(); i++) {
                moved.set(i, j, a[l].get(i, j) + factor * d.get(i, 0));
            }
            if (Math.min(curvature, Case.square(d)) > 1e-30) {
                flexible[j] = Case.square(d) / curvature;
            }
        }
        if (guarded && excess < 0) {
            return null;
        }
        flexibility[l] = flexible;
        return moved;
    }

    private Dense clippedToBox(Dense point, Dense preActivation) {
        return combined(point, preActivation.map(setting.activation().value()),
                (p, h) -> Math.min(Math.max(p, h - tolerance), h + tolerance));
    }

    /** The old z counts as inside unless ε has just shrunk. */
    private Dense clippedToBounds(Dense point, Dense state, Dense old) {
        Dense lower = state.map(s -> setting.activation().lowerInverse().applyAsDouble(s - tolerance));
        Dense upper = state.map(s -> setting.activation().upperInverse().applyAsDouble(s + tolerance));
        return combined(combined(point, project ? lower : combined(lower, old, Math::min), Math::max),
                project ? upper : combined(upper, old, Math::max), Math::min);
    }

    private static Dense combined(Dense x, Dense y, DoubleBinaryOperator operator) {
        Dense result = Dense.zeros(x.rows(), x.columns());
        Arrays.setAll(result.values(), i -> operator.applyAsDouble(x.values()[i], y.values()[i]));
        return result;
    }

    private Dense residual(int l) {
        return Case.residual(w[l], a[l - 1], b[l], z[l]);
    }
}

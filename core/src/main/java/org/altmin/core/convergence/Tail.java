package org.altmin.core.convergence;

/**
 * The later half of a run's last phase.
 *
 * @param steps how many it has
 * @param first the objective before them
 * @param last the objective after them
 * @param linear the linear model of its decreases; null if too few of its steps decrease the objective
 * @param sublinear the sublinear model; null with the linear one
 */
record Tail(int steps, double first, double last, TailFit linear, TailFit sublinear) {

    private static final double GOOD_FIT = 0.9;
    /** A smaller rise may be the rounding of a single-precision state. */
    private static final double SMALLEST_RISE = 1e-6;

    /** What can be said of a tail. */
    enum Verdict {
        TOO_SHORT, RISING, TOO_FEW_DECREASES, UNCLEAR, NO_LIMIT, LINEAR, SUBLINEAR
    }

    Verdict verdict() {
        if (steps < ConvergenceRecord.FEWEST_STEPS) {
            return Verdict.TOO_SHORT;
        } else if (!(last - first <= SMALLEST_RISE * Math.abs(first))) {
            return Verdict.RISING;
        } else if (linear == null) {
            return Verdict.TOO_FEW_DECREASES;
        }
        TailFit better = better();
        if (better.determination() < GOOD_FIT) {
            return Verdict.UNCLEAR;
        } else if (!better.converges()) {
            return Verdict.NO_LIMIT;
        }
        return better == linear ? Verdict.LINEAR : Verdict.SUBLINEAR;
    }

    private TailFit better() {
        return linear.determination() >= sublinear.determination() ? linear : sublinear;
    }
}

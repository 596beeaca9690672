package org.altmin.solvers.bcd;

/** What is summed over the blocks of a step. The parts of the objective are those after a block's last sweep. */
final class Totals {

    double loss;
    /** Σ ‖V_i − σ_i(…)‖². */
    double squaredMisfit;
    /** Σ ‖U_i − W_i V_{i−1} − b_i‖². */
    double squaredResidual;
    double statePenalty;
    double squaredStep;
    long doublings;

    /** Adds another's sums; of an earlier sweep over the same block only the moves. */
    void add(Totals other, boolean lastSweep) {
        if (lastSweep) {
            loss += other.loss;
            squaredMisfit += other.squaredMisfit;
            squaredResidual += other.squaredResidual;
            statePenalty += other.statePenalty;
        }
        squaredStep += other.squaredStep;
        doublings += other.doublings;
    }
}

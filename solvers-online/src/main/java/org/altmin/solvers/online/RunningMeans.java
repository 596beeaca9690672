package org.altmin.solvers.online;

import org.altmin.core.solver.StateArchive;

/**
 * For every layer the running means of the pre-activations' variance, of the squared distance of their targets, and of
 * the activations' curvature.
 */
final class RunningMeans {

    private final double[] variance;
    private final double[] squaredDelta;
    private final double[] curvature;

    RunningMeans(int depth) {
        variance = new double[depth + 1];
        squaredDelta = new double[depth + 1];
        curvature = new double[depth + 1];
    }

    /** Adds a batch with weight {@code share}. */
    void add(int l, double share, double batchVariance, double batchSquaredDelta) {
        variance[l] += share * (batchVariance - variance[l]);
        squaredDelta[l] += share * (batchSquaredDelta - squaredDelta[l]);
    }

    /** Adds ‖W G‖²/‖G‖² of a batch with weight {@code share}. */
    void addCurvature(int l, double share, double batchCurvature) {
        curvature[l] += share * (batchCurvature - curvature[l]);
    }

    /** 1/τ, or 0 where no move of the activations is seen by the next layer. */
    double inverseCurvature(int l) {
        return curvature[l] > 0 ? 1 / curvature[l] : 0;
    }

    /** What takes targets to the distance of the pre-activations' deviation: √(1 + variance/squared distance). */
    double lengthening(int l) {
        return squaredDelta[l] > 0 ? Math.sqrt(1 + variance[l] / squaredDelta[l]) : 0;
    }

    void archive(StateArchive archive) {
        for (int l = 1; l < variance.length; l++) {
            variance[l] = archive.number("outputVariance" + l, variance[l]);
            squaredDelta[l] = archive.number("squaredDelta" + l, squaredDelta[l]);
            curvature[l] = archive.number("curvature" + l, curvature[l]);
        }
    }
}

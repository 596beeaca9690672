package org.altmin.solvers.dlam;

import org.altmin.core.network.Network;
import org.altmin.core.operator.TargetEncoding;

/**
 * What a run starts with where the settings leave it open: one of two, since everything measured between them was worse
 * than either (docs/dlam.md). The tolerance is on the scale of the activations, which for standardised inputs and
 * weights of full size are of order one; by how much of that they may miss follows from how exact the outputs must be,
 * and from whether the hidden layers have to change.
 */
enum Regime {

    /**
     * Small initial weights below wide tolerances: the hidden layers are free to become what the loss asks. For
     * classes, which need no exact outputs, where a hidden layer is narrow.
     */
    FREE(1, 0.1, 0.1),

    /**
     * Weights of full size and a small tolerance: the activations stay close to the network's. For real values, and for
     * wide layers, whose initial features nearly suffice.
     */
    CLOSE(1e-3, 1e-3, 1);

    /** Neurons from which on a layer counts as wide; by measurement. */
    static final int WIDE = 300;

    private final double tolerance;
    private final double leastTolerance;
    private final double initialScale;

    Regime(double tolerance, double leastTolerance, double initialScale) {
        this.tolerance = tolerance;
        this.leastTolerance = leastTolerance;
        this.initialScale = initialScale;
    }

    static Regime of(Network network, TargetEncoding.Kind targets) {
        return targets == TargetEncoding.Kind.CLASSES && narrowest(network) < WIDE ? FREE : CLOSE;
    }

    double tolerance() {
        return tolerance;
    }

    double leastTolerance() {
        return leastTolerance;
    }

    double initialScale() {
        return initialScale;
    }

    private static int narrowest(Network network) {
        int width = Integer.MAX_VALUE;
        for (int l = 1; l < network.depth(); l++) {
            width = Math.min(width, network.width(l));
        }
        return width;
    }
}

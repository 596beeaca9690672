package org.altmin.core.operator;

/** What a solver may need of an activation; of a loss see {@link LossTrait}. */
public enum ActivationTrait {
    /** Never decreasing, hence quasilinear: bounds on the value invert to an interval. */
    MONOTONE("monotone"),
    /** Finitely many linear pieces. */
    PIECEWISE_LINEAR("piecewise linear"),
    /** sup|h| is finite. */
    BOUNDED("bounded"),
    /** h″ exists everywhere and is bounded. */
    TWICE_DIFFERENTIABLE("twice differentiable");

    private final String label;

    ActivationTrait(String label) {
        this.label = label;
    }

    /** As written in messages. */
    public String label() {
        return label;
    }
}

package org.altmin.core.operator;

/** What a solver, or who reads a network's outputs, may need of a loss. */
public enum LossTrait {
    /** ∇R = z − y, so that R(z; y) = ½‖z − y‖² up to a constant: linear outputs are fitted by least squares. */
    QUADRATIC("quadratic"),
    /** ∇R = softmax(z) − y, so that fitted outputs are logarithms of class probabilities up to a constant. */
    SOFTMAX("softmax");

    private final String label;

    LossTrait(String label) {
        this.label = label;
    }

    /** As written in messages. */
    public String label() {
        return label;
    }
}

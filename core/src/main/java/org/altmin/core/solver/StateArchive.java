package org.altmin.core.solver;

import org.altmin.core.network.Weights;
import org.altmin.linalg.Matrix;

/** Where a {@link SolverState} is stored, or restored from. Names are unique within a state. */
public interface StateArchive {

    /** Stores the matrix, or overwrites its elements with the stored ones. */
    void matrix(String name, Matrix matrix);

    /** Stores the value and returns it, or returns the stored one. */
    double number(String name, double value);

    /** Stores the value and returns it, or returns the stored one. */
    long integer(String name, long value);

    /** All layers' weights and biases, under the names of a model file. */
    default void weights(Weights weights) {
        for (int l = 1; l <= weights.network().depth(); l++) {
            matrix("W" + l, weights.weight(l));
            matrix("b" + l, weights.bias(l));
        }
    }
}

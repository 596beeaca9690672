package org.altmin.core.step;

import java.util.HashMap;
import java.util.Map;
import org.altmin.linalg.Cholesky;
import org.altmin.linalg.LinearAlgebra;
import org.altmin.linalg.Matrix;

/**
 * Scratch matrices and factorisations that the steps of a solver take turns to use. Two requests for the same name and
 * shape give the same matrix, so a name stands for a use that does not outlive one step.
 */
public final class Workspace {

    private record Key(String name, int rows, int columns) {
    }

    private final LinearAlgebra la;
    private final Map<Key, Matrix> matrices = new HashMap<>();
    private final Map<Integer, Cholesky> factorizations = new HashMap<>();

    public Workspace(LinearAlgebra la) {
        this.la = la;
    }

    public LinearAlgebra la() {
        return la;
    }

    /** The scratch matrix of this name and shape, with anything in it. */
    public Matrix matrix(String name, int rows, int columns) {
        return matrices.computeIfAbsent(new Key(name, rows, columns), key -> la.allocate(rows, columns));
    }

    /** The factorisation of this order, with anything in it. */
    public Cholesky cholesky(int order) {
        return factorizations.computeIfAbsent(order, la::cholesky);
    }
}

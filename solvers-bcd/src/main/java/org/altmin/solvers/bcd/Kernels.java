package org.altmin.solvers.bcd;

import org.altmin.linalg.Expr;
import org.altmin.linalg.Kernel;

/** Passes that several updates make. */
final class Kernels {

    private static final Expr X = Expr.input(0);
    private static final Expr Y = Expr.input(1);

    static final Kernel SUM = Kernel.map(X.plus(Y));
    static final Kernel DIFFERENCE = Kernel.map(X.minus(Y));
    /** x + p₀(y − x). */
    static final Kernel BETWEEN = Kernel.map(X.plus(Expr.parameter(0).times(Y.minus(X))));

    private Kernels() {
    }
}

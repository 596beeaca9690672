package org.altmin.core.step;

import org.altmin.linalg.Expr;
import org.altmin.linalg.Kernel;

/** Kernels that weight steps (by rows) and state steps (by columns) have in common. */
final class RowMoves {

    private static final Expr X = Expr.input(0);
    private static final Expr SCALE = Expr.input(1);
    private static final Expr DIRECTION = Expr.input(2);

    static final Kernel SQUARE = Kernel.map(X.square());
    static final Kernel PRODUCT = Kernel.map(X.times(Expr.input(1)));

    /** x + scale ∘ direction. */
    static final Kernel SHIFT = Kernel.map(X.plus(SCALE.times(DIRECTION)));

    /** x + scale ∘ direction, and the square of the move. */
    static final Kernel MOVE = Kernel.builder().output(X.plus(SCALE.times(DIRECTION)))
            .sum(SCALE.times(DIRECTION).square()).build();

    private RowMoves() {
    }
}

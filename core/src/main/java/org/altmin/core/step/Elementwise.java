package org.altmin.core.step;

import org.altmin.linalg.Expr;
import org.altmin.linalg.Kernel;

/** The elementwise kernels that more than one step makes, of inputs x, y, z and parameter p. */
public final class Elementwise {

    private static final Expr X = Expr.input(0);
    private static final Expr Y = Expr.input(1);
    private static final Expr Z = Expr.input(2);
    private static final Expr P = Expr.parameter(0);

    /** x². */
    public static final Kernel SQUARE = Kernel.map(X.square());
    /** x y. */
    public static final Kernel PRODUCT = Kernel.map(X.times(Y));
    /** x + y. */
    public static final Kernel SUM = Kernel.map(X.plus(Y));
    /** x − y. */
    public static final Kernel DIFFERENCE = Kernel.map(X.minus(Y));
    /** x + y − z. */
    public static final Kernel SUM_LESS = Kernel.map(X.plus(Y).minus(Z));
    /** x + y z. */
    public static final Kernel PLUS_PRODUCT = Kernel.map(X.plus(Y.times(Z)));
    /** p x. */
    public static final Kernel SCALED = Kernel.map(P.times(X));
    /** p (x − y). */
    public static final Kernel SCALED_DIFFERENCE = Kernel.map(P.times(X.minus(Y)));
    /** x − p y. */
    public static final Kernel LESS_SCALED = Kernel.map(X.minus(P.times(Y)));
    /** x + p (y − x). */
    public static final Kernel TOWARDS = Kernel.map(X.plus(P.times(Y.minus(X))));

    /** x + y, and the total Σ y². */
    public static final Kernel MOVE = Kernel.builder().output(X.plus(Y)).sum(Y.square()).build();
    /** x + y z, and the total Σ (y z)². */
    public static final Kernel SCALED_MOVE = Kernel.builder().output(X.plus(Y.times(Z))).sum(Y.times(Z).square())
            .build();
    /** x − y, and the total Σ (x − y)². */
    public static final Kernel DIFFERENCE_AND_SQUARE = Kernel.builder().output(X.minus(Y)).sum(X.minus(Y).square())
            .build();

    /** The total Σ x. */
    public static final Kernel TOTAL = Kernel.sum(X);
    /** The total Σ (x − y)². */
    public static final Kernel SQUARED_DISTANCE = Kernel.sum(X.minus(Y).square());

    private Elementwise() {
    }
}

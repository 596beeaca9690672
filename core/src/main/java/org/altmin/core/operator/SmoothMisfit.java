package org.altmin.core.operator;

import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.altmin.core.operator.MisfitProx.Jet;
import org.altmin.linalg.Expr;

/**
 * The search behind {@link MisfitProx#smooth}. With the pull P(z) = h′(z)(t − h(z)) of the target,
 * f′(z) = w(z − c) − P(z).
 */
final class SmoothMisfit {

    private static final int NEAR_ROUNDS = 2;
    private static final int FAR_ROUNDS = 3;

    /** A point with P and its first two derivatives there, and 2 f(z). */
    private record Point(Expr z, Expr pull, Expr first, Expr second, Expr misfit) {
    }

    private final Function<Expr, Jet> h;
    private final double upper;
    private final Expr target;
    private final Expr centre;
    private final Expr weight;
    private final Expr base;
    private final Expr direction;

    SmoothMisfit(Function<Expr, Jet> h, double upper, Expr target, Expr centre, Expr weight) {
        this.h = h;
        this.upper = upper;
        this.target = target;
        this.centre = centre;
        this.weight = weight;
        this.base = limited(centre);
        Expr below = h.apply(base).value().atMost(target);
        this.direction = Expr.select(below, Expr.constant(1), Expr.constant(-1));
    }

    Expr minimiser(UnaryOperator<Expr> start) {
        Expr near = base;
        for (int round = 0; round < NEAR_ROUNDS; round++) {
            near = halley(at(near), base);
        }
        Expr aimed = limited(start.apply(direction));
        Expr begin = limited(Expr.select(ahead(aimed), aimed, base.plus(direction.times(0.5))));
        Point far = at(Expr.iterate(FAR_ROUNDS, begin, z -> logarithmic(at(z))));
        Point best = lower(at(near), far);
        Expr refined = halley(best, best.z());
        return halley(at(refined), refined);
    }

    private Point at(Expr z) {
        Jet jet = h.apply(z);
        Expr residual = target.minus(jet.value());
        Expr pull = jet.first().times(residual);
        Expr first = jet.second().times(residual).minus(jet.first().square());
        Expr second = jet.third().times(residual).minus(jet.first().times(jet.second()).times(3));
        Expr misfit = residual.square().plus(weight.times(z.minus(centre).square()));
        return new Point(z, pull, first, second, misfit);
    }

    private Point lower(Point near, Point far) {
        Expr better = far.misfit().atMost(near.misfit());
        return new Point(Expr.select(better, far.z(), near.z()), Expr.select(better, far.pull(), near.pull()),
                Expr.select(better, far.first(), near.first()), Expr.select(better, far.second(), near.second()),
                far.misfit().min(near.misfit()));
    }

    /** Halley's step z − 2 f′f″/(2 f″² − f′f‴), or {@code otherwise} where that is no point on the target's side. */
    private Expr halley(Point point, Expr otherwise) {
        Expr slope = weight.times(point.z().minus(centre)).minus(point.pull());
        Expr curvature = weight.minus(point.first());
        Expr bend = curvature.square().times(2).plus(slope.times(point.second()));
        Expr next = point.z().minus(slope.times(curvature).times(2).dividedBy(bend));
        return limited(Expr.select(ahead(next), next, otherwise));
    }

    /**
     * Euler's step towards the root of φ(z) = ln(w(z − c)/P(z)): the nearer root of its second-order expansion. Beyond
     * h⁻¹(t), where φ is undefined, Halley's step instead; if neither gives a point on the target's side, half the
     * way to c.
     */
    private Expr logarithmic(Point point) {
        Expr distance = point.z().minus(centre);
        Expr perDistance = Expr.constant(1).dividedBy(distance);
        Expr perPull = Expr.constant(1).dividedBy(point.pull());
        Expr growth = point.first().times(perPull);
        Expr value = weight.times(distance).times(perPull).log();
        Expr slope = perDistance.minus(growth);
        Expr curvature = growth.square().minus(perDistance.square()).minus(point.second().times(perPull));
        Expr root = slope.square().minus(value.times(curvature).times(2)).max(0).sqrt();
        Expr euler = point.z().minus(value.times(2).dividedBy(slope.plus(direction.times(root))));
        Expr next = Expr.select(euler.abs().lessThan(Float.MAX_VALUE), euler, halley(point, base));
        return limited(Expr.select(ahead(next), next, point.z().plus(base).times(0.5)));
    }

    /** Greater than 0 where z is finite and on the target's side of the base. */
    private Expr ahead(Expr z) {
        Expr way = direction.times(z.minus(base));
        return way.min(Expr.constant(Float.MAX_VALUE).minus(way));
    }

    private Expr limited(Expr z) {
        return upper == Double.POSITIVE_INFINITY ? z : z.min(upper);
    }
}

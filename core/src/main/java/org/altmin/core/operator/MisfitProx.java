package org.altmin.core.operator;

import java.util.List;
import java.util.function.Function;
import org.altmin.linalg.Expr;

/**
 * How activations build their {@link Activation#prox}: minimisers of the misfit
 * <pre>f(z) = ½(h(z) − t)² + (w/2)(z − c)²,  w &gt; 0.</pre>
 * It is not convex in general, so every method looks at all local minima that can be global and keeps the lowest, on a
 * tie the largest. Activations of any jar may use it.
 */
public final class MisfitProx {

    /** h(z) = slope·z + intercept for from ≤ z ≤ to. */
    public record Piece(double from, double to, double slope, double intercept) {

        public Piece {
            if (!(from < to) || !Double.isFinite(slope) || !Double.isFinite(intercept)) {
                throw new IllegalArgumentException("not a linear piece: slope " + slope + " and intercept " + intercept
                        + " from " + from + " to " + to);
            }
        }

        private Expr value(Expr z) {
            Expr rise = slope == 0 ? Expr.constant(0) : slope == 1 ? z : z.times(slope);
            return intercept == 0 ? rise : rise.plus(intercept);
        }
    }

    /** h(z), h′(z) and h″(z) at one point, sharing what they can. */
    public record Jet(Expr value, Expr slope, Expr curvature) {
    }

    private MisfitProx() {
    }

    /** f(z) for a value h(z). */
    public static Expr misfit(Expr z, Expr value, Expr target, Expr centre, Expr weight) {
        return value.minus(target).square().plus(weight.times(z.minus(centre).square())).times(0.5);
    }

    /**
     * The exact minimiser for a continuous piecewise linear h: f is a parabola on each piece, whose vertex
     * c + s(t − k − s c)/(s² + w) is clamped to the piece; the lowest of these points is taken. No rounding where h is
     * flat: there the point is c itself.
     *
     * @param pieces from left to right, covering ℝ
     */
    public static Expr piecewiseLinear(List<Piece> pieces, Expr target, Expr centre, Expr weight) {
        requireCover(pieces);
        Expr best = null;
        Expr lowest = null;
        for (Piece piece : pieces) {
            Expr z = clamp(vertex(piece, target, centre, weight), piece.from(), piece.to());
            Expr attained = misfit(z, piece.value(z), target, centre, weight);
            if (best == null) {
                best = z;
                lowest = attained;
            } else {
                best = Expr.select(attained.atMost(lowest), z, best);
                lowest = attained.min(lowest);
            }
        }
        return best;
    }

    /**
     * A stationary point of f between lower and upper, where f′(lower) ≤ 0 ≤ f′(upper): Newton's method on f′, with
     * bisection wherever it would leave the bracket.
     */
    public static Expr stationaryPoint(Function<Expr, Jet> jet, Expr lower, Expr upper, int rounds, Expr target,
            Expr centre, Expr weight) {
        Expr z = Expr.state(0);
        Jet at = jet.apply(z);
        Expr residual = at.value().minus(target);
        Expr first = at.slope().times(residual).plus(weight.times(z.minus(centre)));
        Expr second = at.slope().square().plus(at.curvature().times(residual)).plus(weight);
        Expr rising = first.atLeast(0);
        Expr from = Expr.select(rising, Expr.state(1), z);
        Expr to = Expr.select(rising, z, Expr.state(2));
        Expr newton = z.minus(first.dividedBy(second));
        Expr within = newton.atLeast(from).min(newton.atMost(to)).min(second.greaterThan(0));
        Expr next = Expr.select(within, newton, from.plus(to).times(0.5));
        Expr middle = lower.plus(upper).times(0.5);
        return new Expr.Iteration(rounds, List.of(middle, lower, upper), List.of(next, from, to)).result(0);
    }

    private static Expr vertex(Piece piece, Expr target, Expr centre, Expr weight) {
        double slope = piece.slope();
        if (slope == 0) {
            return centre;
        }
        Expr residual = target.minus(piece.value(centre));
        return centre.plus(residual.times(slope).dividedBy(weight.plus(slope * slope)));
    }

    private static Expr clamp(Expr z, double from, double to) {
        Expr above = from == Double.NEGATIVE_INFINITY ? z : z.max(from);
        return to == Double.POSITIVE_INFINITY ? above : above.min(to);
    }

    private static void requireCover(List<Piece> pieces) {
        double end = Double.NEGATIVE_INFINITY;
        for (Piece piece : pieces) {
            if (piece.from() != end) {
                throw new IllegalArgumentException("pieces must cover the line from left to right, but one ends at "
                        + end + " and the next begins at " + piece.from());
            }
            end = piece.to();
        }
        if (end != Double.POSITIVE_INFINITY) {
            throw new IllegalArgumentException("pieces must cover the line, but the last one ends at " + end);
        }
    }
}

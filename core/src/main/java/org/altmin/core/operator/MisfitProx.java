package org.altmin.core.operator;

import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;
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

    /** h(z), h′(z), h″(z) and h‴(z) at one point, sharing what they can. */
    public record Jet(Expr value, Expr first, Expr second, Expr third) {
    }

    private MisfitProx() {
    }

    /** f(z) for a value h(z). */
    public static Expr misfit(Expr z, Expr value, Expr target, Expr centre, Expr weight) {
        return twice(z, value, target, centre, weight).times(0.5);
    }

    private static Expr twice(Expr z, Expr value, Expr target, Expr centre, Expr weight) {
        return value.minus(target).square().plus(weight.times(z.minus(centre).square()));
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
            Expr attained = twice(z, piece.value(z), target, centre, weight);
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
     * The minimiser for a smooth non-decreasing h. Such an f has its minima between c and h⁻¹(t), and for the usual
     * shapes of h at most two: one beside c, held there by w, and one far from it, where h is close to t. Both are
     * approached, the lower one is refined. {@code start} says from where to look for the far one; the search is
     * reliable if that is within a few units of it on the scale on which h changes, and falls back to half a unit from
     * c if it does not lie on t's side of c.
     *
     * <p>The near minimum is sought by Halley's method on f′ from c, the far one by Euler's third-order method on
     * ln(w(z − c)) − ln(h′(z)(t − h(z))), which is nearly linear in the exponential tails of activations. In double the
     * result is a stationary point to rounding, in float32 it is accurate to about 2·10⁻⁶·max(1, |z|, |c|). Where two
     * minima attain the same value to rounding, either is returned.
     *
     * <p>Cost: h is evaluated eight times with its derivatives, and three logarithms.
     *
     * @param h the activation with its derivatives; where one jumps, a one-sided value; finite for every finite z
     * @param start given the direction from c to the minimum, 1 or −1, a point near the far minimum
     */
    public static Expr smooth(Function<Expr, Jet> h, UnaryOperator<Expr> start, Expr target, Expr centre,
            Expr weight) {
        return smooth(h, start, Double.POSITIVE_INFINITY, target, centre, weight);
    }

    /** As {@link #smooth(Function, UnaryOperator, Expr, Expr, Expr)}, over all z ≤ upper; h is not used above it. */
    public static Expr smooth(Function<Expr, Jet> h, UnaryOperator<Expr> start, double upper, Expr target, Expr centre,
            Expr weight) {
        return new SmoothMisfit(h, upper, target, centre, weight).minimiser(start);
    }

    /** Whichever of two points has the lower misfit, the second on a tie. */
    public static Expr lower(UnaryOperator<Expr> h, Expr first, Expr second, Expr target, Expr centre, Expr weight) {
        Expr atFirst = twice(first, h.apply(first), target, centre, weight);
        Expr atSecond = twice(second, h.apply(second), target, centre, weight);
        return Expr.select(atSecond.atMost(atFirst), second, first);
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

package org.altmin.activations;

import java.util.ArrayList;
import java.util.List;
import org.altmin.core.operator.MisfitProx;
import org.altmin.linalg.Expr;

/**
 * The prox of a polynomial activation: the lowest of all local minima of f(z) = ½(h(z) − t)² + (w/2)(z − c)².
 *
 * <p>They are rising roots of F(z) = (h(z) − t)h′(z) + w(z − c). Between two neighbouring roots of F′ there is at most
 * one root of F, and so on down to the quadratic derivative, whose roots are known. A root that does not exist becomes
 * an end of its interval, which keeps the roots sorted and the signs between them alternating. With r = |h(c) − t|,
 * f(z) ≤ f(c) bounds |z − c| by r/√w and |z| by Fujiwara's bound for the roots of h(z) = t ± r.
 */
final class PolynomialMisfit {

    private static final int ROUNDS = 40;

    private final Polynomial activation;
    private final Expr target;
    private final Expr centre;
    private final Expr weight;

    PolynomialMisfit(Polynomial activation, Expr target, Expr centre, Expr weight) {
        this.activation = activation;
        this.target = target;
        this.centre = centre;
        this.weight = weight;
    }

    Expr minimiser() {
        List<Expr> stationary = stationarity();
        Expr distance = activation.value(centre).minus(target).abs();
        Expr reach = distance.dividedBy(weight.sqrt());
        Expr bound = fujiwara(distance);
        Expr lower = centre.minus(reach).max(bound.negate().min(centre));
        Expr upper = centre.plus(reach).min(bound.max(centre));
        List<Expr> ends = intervals(roots(derivative(stationary), lower, upper), lower, upper);
        Expr best = null;
        for (int i = 0; i + 1 < ends.size(); i += 2) {
            Expr z = root(stationary, true, ends.get(i), ends.get(i + 1));
            best = best == null ? z : MisfitProx.lower(activation::value, best, z, target, centre, weight);
        }
        return best;
    }

    /** The coefficients of F. */
    private List<Expr> stationarity() {
        List<Double> a = activation.coefficients();
        int size = a.size();
        List<Expr> result = new ArrayList<>();
        for (int degree = 0; degree <= 2 * size - 3; degree++) {
            double constant = 0;
            for (int i = Math.max(1, degree + 2 - size); i < Math.min(size, degree + 1); i++) {
                constant += a.get(i) * (degree - i + 1) * a.get(degree - i + 1);
            }
            Expr sum = Expr.constant(constant);
            if (degree + 1 < size) {
                double slope = (degree + 1) * a.get(degree + 1);
                sum = sum.plus(Expr.constant(a.get(0)).minus(target).times(slope));
            }
            result.add(sum);
        }
        result.set(0, result.get(0).minus(weight.times(centre)));
        result.set(1, result.get(1).plus(weight));
        return result;
    }

    private Expr fujiwara(Expr distance) {
        List<Double> a = activation.coefficients();
        int degree = a.size() - 1;
        double known = 0;
        for (int k = 1; k < degree; k++) {
            known = Math.max(known, Math.pow(Math.abs(a.get(degree - k) / a.get(degree)), 1.0 / k));
        }
        Expr constant = target.minus(a.get(0)).abs().plus(distance).dividedBy(Math.abs(a.get(degree)));
        Expr constantsRoot = degree == 2 ? constant.sqrt() : constant.log().dividedBy(degree).exp();
        return constantsRoot.max(known).times(2);
    }

    /** The roots of a polynomial within [lower, upper], as many as its degree, sorted. */
    private static List<Expr> roots(List<Expr> polynomial, Expr lower, Expr upper) {
        if (polynomial.size() == 3) {
            return quadraticRoots(polynomial, lower, upper);
        }
        List<Expr> ends = intervals(roots(derivative(polynomial), lower, upper), lower, upper);
        List<Expr> result = new ArrayList<>();
        for (int i = 0; i + 1 < ends.size(); i++) {
            boolean rising = (ends.size() - i) % 2 == 0;
            result.add(root(polynomial, rising, ends.get(i), ends.get(i + 1)));
        }
        return result;
    }

    /** With a positive leading coefficient; twice the vertex if there is no root. */
    private static List<Expr> quadraticRoots(List<Expr> polynomial, Expr lower, Expr upper) {
        Expr twice = polynomial.get(2).times(2);
        Expr linear = polynomial.get(1).negate();
        Expr discriminant = linear.square().minus(twice.times(2).times(polynomial.get(0)));
        Expr root = discriminant.max(0).sqrt();
        return List.of(linear.minus(root).dividedBy(twice).clamp(lower, upper),
                linear.plus(root).dividedBy(twice).clamp(lower, upper));
    }

    private static List<Expr> intervals(List<Expr> roots, Expr lower, Expr upper) {
        List<Expr> result = new ArrayList<>(roots);
        result.add(0, lower);
        result.add(upper);
        return result;
    }

    private static List<Expr> derivative(List<Expr> polynomial) {
        List<Expr> result = new ArrayList<>();
        for (int k = 1; k < polynomial.size(); k++) {
            result.add(polynomial.get(k).times(k));
        }
        return result;
    }

    /**
     * The root of a polynomial that rises or falls throughout an interval. Newton's step is taken where it is short
     * beside the bracket, so that either it converges or the bracket is halved.
     */
    private static Expr root(List<Expr> polynomial, boolean rising, Expr lower, Expr upper) {
        Expr z = Expr.state(0);
        Expr value = polynomial.get(polynomial.size() - 1);
        Expr slope = Expr.constant(0);
        for (int k = polynomial.size() - 2; k >= 0; k--) {
            slope = slope.times(z).plus(value);
            value = value.times(z).plus(polynomial.get(k));
        }
        Expr isAbove = rising ? value.greaterThan(0) : value.lessThan(0);
        Expr from = Expr.select(isAbove, Expr.state(1), z);
        Expr to = Expr.select(isAbove, z, Expr.state(2));
        Expr step = value.dividedBy(slope);
        Expr newton = z.minus(step);
        Expr isShort = step.abs().times(8).atMost(to.minus(from));
        Expr isWithin = newton.atLeast(from).min(newton.atMost(to));
        Expr next = Expr.select(isShort.min(isWithin), newton, from.plus(to).times(0.5));
        Expr middle = lower.plus(upper).times(0.5);
        return new Expr.Iteration(ROUNDS, List.of(middle, lower, upper), List.of(next, from, to)).result(0);
    }
}

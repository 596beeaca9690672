package org.altmin.activations;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.altmin.core.operator.Activation;
import org.altmin.core.operator.ActivationTrait;
import org.altmin.core.settings.Setting;
import org.altmin.core.settings.Settings;
import org.altmin.linalg.AltminException;
import org.altmin.linalg.Expr;

/**
 * A polynomial of degree 2 or 3, h(z) = a₀ + a₁z + a₂z² (+ a₃z³): the polynomial activation of Zeng, Ouyang, Lau, Lin
 * and Yao, "Global convergence in deep learning with variable splitting via the Kurdyka-Łojasiewicz property" (Theorem
 * 1), after Liao and Poggio 2017, who replace the rectified linear unit by a polynomial that approximates it. The
 * default, 3/32 + z/2 + 15/32 z², is its least-squares approximation on [−1, 1].
 * <ul>
 * <li>Domain ℝ. Range: from or to the vertex a₀ − a₁²/(4a₂) for degree 2, ℝ for degree 3. h and h′ are unbounded,
 * h″ = 2a₂ for degree 2, unbounded for degree 3.
 * <li>Prox: f′ is a polynomial of degree 3 or 5. All its roots that can be minimisers are isolated, found and compared
 * ({@link PolynomialMisfit}); on a tie the largest is taken. That is about 2,200 operations an element for degree 2 and
 * 12,700 for degree 3.
 * <li>No bounds are inverted, even where the coefficients happen to give a monotone h.
 * </ul>
 *
 * @param coefficients a₀, a₁, a₂ and perhaps a₃; the last is not 0
 */
public record Polynomial(List<Double> coefficients) implements Activation {

    private static final List<Setting> SETTINGS = List.of(new Setting("coefficients", "0.09375 0.5 0.46875",
            "of 1, z, z^2 and perhaps z^3, separated by spaces; the last is not 0"));

    /** The least-squares approximation of max(z, 0) on [−1, 1]. */
    public Polynomial() {
        this(List.of(0.09375, 0.5, 0.46875));
    }

    public Polynomial {
        coefficients = List.copyOf(coefficients);
        if (!isValid(coefficients)) {
            throw new IllegalArgumentException("not the coefficients of a polynomial of degree 2 or 3: "
                    + coefficients);
        }
    }

    private static boolean isValid(List<Double> coefficients) {
        int size = coefficients.size();
        return (size == 3 || size == 4) && coefficients.get(size - 1) != 0
                && coefficients.stream().allMatch(Double::isFinite);
    }

    @Override
    public String name() {
        return "polynomial";
    }

    @Override
    public String description() {
        return "a0 + a1 z + a2 z^2 (+ a3 z^3)";
    }

    @Override
    public List<Setting> settings() {
        return SETTINGS;
    }

    @Override
    public Map<String, String> values() {
        return Map.of("coefficients", coefficients.stream().map(String::valueOf).collect(Collectors.joining(" ")));
    }

    @Override
    public Activation with(Map<String, String> given) {
        Settings settings = Settings.of("activation 'polynomial'", SETTINGS, given);
        List<Double> parsed = new ArrayList<>();
        for (String word : settings.text("coefficients").strip().split("\\s+")) {
            try {
                parsed.add(Double.valueOf(word));
            } catch (NumberFormatException e) {
                throw invalid(settings);
            }
        }
        if (!isValid(parsed)) {
            throw invalid(settings);
        }
        return new Polynomial(parsed);
    }

    private static AltminException invalid(Settings settings) {
        return settings.invalid("coefficients", "three or four numbers separated by spaces, the last not 0");
    }

    @Override
    public Expr value(Expr z) {
        return horner(z, 0);
    }

    @Override
    public Expr derivative(Expr z) {
        return horner(z, 1);
    }

    /** The polynomial (order 0) or its first derivative (order 1). */
    private Expr horner(Expr z, int order) {
        Expr result = null;
        for (int k = coefficients.size() - 1; k >= order; k--) {
            double coefficient = order == 0 ? coefficients.get(k) : k * coefficients.get(k);
            result = result == null ? Expr.constant(coefficient) : result.times(z).plus(coefficient);
        }
        return result;
    }

    @Override
    public Expr prox(Expr target, Expr centre, Expr weight) {
        return new PolynomialMisfit(this, target, centre, weight).minimiser();
    }

    @Override
    public Range range() {
        if (coefficients.size() == 4) {
            return Range.ALL;
        }
        double vertex = coefficients.get(0) - coefficients.get(1) * coefficients.get(1) / (4 * coefficients.get(2));
        return coefficients.get(2) > 0 ? new Range(vertex, Double.POSITIVE_INFINITY)
                : new Range(Double.NEGATIVE_INFINITY, vertex);
    }

    @Override
    public Smoothness smoothness() {
        double curvature = coefficients.size() == 3 ? Math.abs(2 * coefficients.get(2)) : Double.POSITIVE_INFINITY;
        return new Smoothness(Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY, curvature);
    }

    @Override
    public Set<ActivationTrait> traits() {
        return coefficients.size() == 3 ? Set.of(ActivationTrait.TWICE_DIFFERENTIABLE) : Set.of();
    }
}

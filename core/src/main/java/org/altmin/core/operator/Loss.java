package org.altmin.core.operator;

import java.util.Map;
import java.util.Set;
import org.altmin.core.settings.Settings;
import org.altmin.linalg.Expr;

/**
 * A convex loss R(z; Y) = Σ over samples and outputs of {@link #value}, z and Y being K × n. Ships as a service; see
 * {@link Operators}. Expressions may couple the elements of a column through {@link Expr#columnSum} and
 * {@link Expr#columnMax}; solvers evaluate all three in double.
 */
public interface Loss extends Operator<Loss> {

    /** The element's share of the loss: the sum over all elements is R. */
    Expr value(Expr z, Expr y);

    /** ∂R/∂z at the element. */
    Expr gradient(Expr z, Expr y);

    /**
     * The element of argmin over the column z of R(z; y) + (w/2)‖z − q‖², w &gt; 0, to the precision of double.
     *
     * @param centre q
     * @param weight w
     */
    Expr prox(Expr centre, Expr y, Expr weight);

    /** A Lipschitz constant of the gradient, +∞ if there is none: what FISTA and majorised steps need. */
    double curvature();

    /** Those of its properties that others rely on; none by default. */
    default Set<LossTrait> traits() {
        return Set.of();
    }

    /** How labels or values become Y, and z becomes a prediction. */
    TargetEncoding encoding();

    @Override
    default Loss with(Map<String, String> given) {
        Settings.of("loss '" + name() + "'", settings(), given);
        return this;
    }
}

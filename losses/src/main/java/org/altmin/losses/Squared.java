package org.altmin.losses;

import java.util.Set;
import org.altmin.core.operator.Loss;
import org.altmin.core.operator.LossTrait;
import org.altmin.core.operator.TargetEncoding;
import org.altmin.linalg.Expr;

/**
 * The squared loss, R(z; y) = ½‖z − y‖² on ℝᴷ.
 *
 * <p>Gradient z − y, with Lipschitz constant 1. Prox: (y + w q)/(1 + w), the only minimiser. Targets are real values;
 * class labels are taken one-hot.
 */
public final class Squared implements Loss {

    @Override
    public String name() {
        return "squared";
    }

    @Override
    public String description() {
        return "(z - y)^2 / 2";
    }

    @Override
    public Expr value(Expr z, Expr y) {
        return z.minus(y).square().times(0.5);
    }

    @Override
    public Expr gradient(Expr z, Expr y) {
        return z.minus(y);
    }

    @Override
    public Expr prox(Expr centre, Expr y, Expr weight) {
        return centre.plus(y.minus(centre).dividedBy(weight.plus(1)));
    }

    @Override
    public double curvature() {
        return 1;
    }

    @Override
    public Set<LossTrait> traits() {
        return Set.of(LossTrait.QUADRATIC);
    }

    @Override
    public TargetEncoding encoding() {
        return TargetEncoding.values();
    }
}

package org.altmin.testkit;

import java.util.Set;
import org.altmin.core.operator.Loss;
import org.altmin.core.operator.LossTrait;
import org.altmin.core.operator.TargetEncoding;
import org.altmin.linalg.Expr;

/** ½(z − y)², as a third party might write it. */
record Square(Mistake mistake) implements Loss {

    @Override
    public String name() {
        return "square";
    }

    @Override
    public String description() {
        return "half the squared distance";
    }

    @Override
    public Expr value(Expr z, Expr y) {
        Expr difference = z.minus(y);
        return mistake == Mistake.NOT_CONVEX ? difference.abs().sqrt() : difference.square().times(0.5);
    }

    @Override
    public Expr gradient(Expr z, Expr y) {
        return z.minus(y).times(mistake == Mistake.DERIVATIVE ? 1.0001 : 1);
    }

    @Override
    public Expr prox(Expr centre, Expr y, Expr weight) {
        return y.plus(weight.times(centre)).dividedBy(weight.plus(mistake == Mistake.PROX ? 1 + 1e-9 : 1));
    }

    @Override
    public double curvature() {
        return mistake == Mistake.SMOOTHNESS ? 0.9 : 1;
    }

    @Override
    public Set<LossTrait> traits() {
        return mistake == Mistake.TRAITS ? Set.of() : Set.of(LossTrait.QUADRATIC);
    }

    @Override
    public TargetEncoding encoding() {
        return mistake == Mistake.ENCODING ? new TargetEncoding(TargetEncoding.Kind.CLASSES, 0, 1)
                : TargetEncoding.values();
    }
}

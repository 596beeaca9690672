package org.altmin.core.model;

import java.util.Set;
import org.altmin.core.operator.Loss;
import org.altmin.core.operator.LossTrait;
import org.altmin.core.operator.TargetEncoding;
import org.altmin.linalg.Expr;

/** Losses of which only name and traits are asked, installed for the tests of this module. */
public abstract class NamedLoss implements Loss {

    /** With the trait. */
    public static final class CrossEntropy extends NamedLoss {

        @Override
        public String name() {
            return "cross-entropy";
        }

        @Override
        public Set<LossTrait> traits() {
            return Set.of(LossTrait.SOFTMAX);
        }
    }

    /** Without. */
    public static final class Hinge extends NamedLoss {

        @Override
        public String name() {
            return "hinge";
        }
    }

    @Override
    public String description() {
        return "a name";
    }

    @Override
    public Expr value(Expr z, Expr y) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Expr gradient(Expr z, Expr y) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Expr prox(Expr centre, Expr y, Expr weight) {
        throw new UnsupportedOperationException();
    }

    @Override
    public double curvature() {
        throw new UnsupportedOperationException();
    }

    @Override
    public TargetEncoding encoding() {
        throw new UnsupportedOperationException();
    }
}

package org.altmin.testkit;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.altmin.core.operator.Loss;
import org.altmin.core.operator.LossTrait;
import org.altmin.core.operator.TargetEncoding;
import org.altmin.linalg.Expr;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class LossContractTest {

    /** |z − y|, whose prox is soft thresholding. */
    private record Absolute(Mistake mistake) implements Loss {

        @Override
        public String name() {
            return "absolute";
        }

        @Override
        public String description() {
            return "distance";
        }

        @Override
        public Expr value(Expr z, Expr y) {
            return z.minus(y).abs();
        }

        @Override
        public Expr gradient(Expr z, Expr y) {
            return z.greaterThan(y).minus(z.lessThan(y));
        }

        @Override
        public Expr prox(Expr centre, Expr y, Expr weight) {
            Expr reach = Expr.constant(mistake == Mistake.PROX ? 0.999 : 1).dividedBy(weight);
            return y.plus(centre.minus(y).minus(centre.minus(y).clamp(reach.negate(), reach)));
        }

        @Override
        public double curvature() {
            return Double.POSITIVE_INFINITY;
        }

        @Override
        public Set<LossTrait> traits() {
            return mistake == Mistake.TRAITS ? Set.of(LossTrait.SOFTMAX) : Set.of();
        }

        @Override
        public TargetEncoding encoding() {
            return TargetEncoding.values();
        }
    }

    private static class Judged extends LossContract {

        private final Loss loss;

        Judged(Loss loss) {
            this.loss = loss;
        }

        @Override
        protected Loss loss() {
            return loss;
        }

        @Override
        protected boolean differentiable() {
            return loss instanceof Square;
        }
    }

    @Nested
    class OfASquare extends Judged {
        OfASquare() {
            super(new Square(Mistake.NONE));
        }
    }

    @Nested
    class OfADistance extends Judged {
        OfADistance() {
            super(new Absolute(Mistake.NONE));
        }
    }

    static Stream<Arguments> mistakes() {
        return Stream.of(
                noticed(new Square(Mistake.DERIVATIVE), test -> test.gradientMatchesFiniteDifferences(2)),
                noticed(new Square(Mistake.PROX), test -> test.proxIsOptimal(2)),
                noticed(new Absolute(Mistake.PROX), test -> test.proxIsOptimal(2)),
                noticed(new Square(Mistake.SMOOTHNESS), test -> test.curvatureBoundsTheGradientsChange(10)),
                noticed(new Square(Mistake.TRAITS), test -> test.traitsAreThoseOfTheGradient(2)),
                noticed(new Absolute(Mistake.TRAITS), test -> test.traitsAreThoseOfTheGradient(2)),
                noticed(new Square(Mistake.NOT_CONVEX), test -> test.isConvex(1)),
                noticed(new Square(Mistake.ENCODING), LossContract::encodingPrefersTheRightClass));
    }

    @ParameterizedTest
    @MethodSource("mistakes")
    void notices(Loss loss, Consumer<LossContract> test) {
        assertThatThrownBy(() -> test.accept(new Judged(loss))).isInstanceOf(AssertionError.class);
    }

    private static Arguments noticed(Loss loss, Consumer<LossContract> test) {
        return Arguments.of(loss, test);
    }
}

package org.altmin.testkit;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.function.Consumer;
import java.util.stream.Stream;
import org.altmin.core.operator.Regularizer;
import org.altmin.linalg.Expr;
import org.altmin.linalg.Precision;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class RegularizerContractTest {

    /** |x| + x², on x ≥ −1. */
    private record Toy(Mistake mistake) implements Regularizer {

        @Override
        public String name() {
            return "toy";
        }

        @Override
        public String description() {
            return "elastic net above -1";
        }

        @Override
        public Expr value(Expr x) {
            Expr penalty = mistake == Mistake.NOT_CONVEX ? x.abs().sqrt() : x.abs().plus(x.square());
            return Expr.select(x.atLeast(-1), penalty, Expr.constant(Double.POSITIVE_INFINITY));
        }

        @Override
        public Expr prox(Expr centre, Expr weight) {
            Expr scaled = weight.times(centre);
            Expr shrunk = scaled.minus(scaled.clamp(Expr.constant(-1), Expr.constant(1))).dividedBy(weight.plus(2));
            return mistake == Mistake.PROX ? shrunk : shrunk.max(-1);
        }

        @Override
        public double quadratic() {
            return mistake == Mistake.QUADRATIC ? 2.1 : 2;
        }
    }

    private static class Judged extends RegularizerContract {

        private final Regularizer regularizer;

        Judged(Regularizer regularizer) {
            this.regularizer = regularizer;
        }

        @Override
        protected Regularizer regularizer() {
            return regularizer;
        }
    }

    @Nested
    class OfAToy extends Judged {
        OfAToy() {
            super(new Toy(Mistake.NONE));
        }
    }

    static Stream<Arguments> mistakes() {
        return Stream.of(
                noticed(Mistake.PROX, test -> test.proxMatchesTheOracle(Precision.FLOAT64)),
                noticed(Mistake.QUADRATIC, RegularizerContract::quadraticPartIsTrue),
                noticed(Mistake.NOT_CONVEX, RegularizerContract::isConvexAndNowhereNaN),
                noticed(Mistake.NOT_CONVEX, test -> test.proxMatchesTheOracle(Precision.FLOAT32)));
    }

    @ParameterizedTest
    @MethodSource("mistakes")
    void notices(Mistake mistake, Consumer<RegularizerContract> test) {
        assertThatThrownBy(() -> test.accept(new Judged(new Toy(mistake)))).isInstanceOf(AssertionError.class);
    }

    private static Arguments noticed(Mistake mistake, Consumer<RegularizerContract> test) {
        return Arguments.of(mistake, test);
    }
}

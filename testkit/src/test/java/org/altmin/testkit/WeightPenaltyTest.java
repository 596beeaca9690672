package org.altmin.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.altmin.core.network.Network;
import org.altmin.core.network.Problem;
import org.altmin.core.network.Weights;
import org.altmin.core.operator.Regularizer;
import org.altmin.core.step.WeightPenalty;
import org.altmin.linalg.Expr;
import org.altmin.linalg.LinearAlgebra;
import org.altmin.linalg.Precision;
import org.altmin.testkit.reference.ReferenceProvider;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class WeightPenaltyTest {

    private static final Network NETWORK = Network.of(4, new int[] {5, 3}, new Ramp(0.1, Mistake.NONE), 2);
    private static final int WEIGHTS = 5 * 4 + 3 * 5 + 2 * 3;

    /** x² + 1, so that every element counts. */
    private record Shifted(boolean isZero) implements Regularizer {

        @Override
        public String name() {
            return "shifted";
        }

        @Override
        public String description() {
            return "x^2 + 1";
        }

        @Override
        public Expr value(Expr x) {
            return x.square().plus(1);
        }

        @Override
        public Expr prox(Expr centre, Expr weight) {
            return centre.times(weight.dividedBy(weight.plus(2)));
        }
    }

    @ParameterizedTest
    @EnumSource(Precision.class)
    void isTheSumOverTheWeightsOfAllLayersWithoutBiases(Precision precision) {
        try (LinearAlgebra la = ReferenceProvider.open(precision)) {
            Weights weights = weights(la);
            assertThat(penalty(la, new Shifted(false)).value(weights)).isCloseTo(
                    WEIGHTS + 5 * 4 * 0.25 + 3 * 5 * 4 + 2 * 3 * 9, within(1e-9));
        }
    }

    @ParameterizedTest
    @EnumSource(Precision.class)
    void isNotEvenAskedForWhereItIsZero(Precision precision) {
        try (LinearAlgebra la = ReferenceProvider.open(precision)) {
            assertThat(penalty(la, new Shifted(true)).value(weights(la))).isZero();
        }
    }

    @ParameterizedTest
    @EnumSource(Precision.class)
    void isInfiniteOutsideAConstraint(Precision precision) {
        try (LinearAlgebra la = ReferenceProvider.open(precision)) {
            Weights weights = weights(la);
            assertThat(penalty(la, new Constraint(0, 3)).value(weights)).isZero();
            assertThat(penalty(la, new Constraint(0, 2.5f)).value(weights)).isInfinite();
        }
    }

    /** Weights of ½, 2 and 3 in the three layers, and biases of 100. */
    private static Weights weights(LinearAlgebra la) {
        Weights weights = new Weights(la, NETWORK);
        double[] values = {0.5, 2, 3};
        for (int l = 1; l <= NETWORK.depth(); l++) {
            la.fill(weights.weight(l), values[l - 1]);
            la.fill(weights.bias(l), 100);
        }
        return weights;
    }

    private static WeightPenalty penalty(LinearAlgebra la, Regularizer omega) {
        Problem problem = SmallProblems.of(la, NETWORK, new Square(Mistake.NONE), omega, new Nothing(), 3, 1);
        return new WeightPenalty(problem);
    }
}

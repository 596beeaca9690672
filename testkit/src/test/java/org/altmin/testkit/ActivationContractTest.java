package org.altmin.testkit;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.altmin.core.operator.Activation;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ActivationContractTest {

    private static class Judged extends ActivationContract {

        private final Activation activation;

        Judged(Activation activation) {
            this.activation = activation;
        }

        @Override
        protected Activation activation() {
            return activation;
        }

        @Override
        protected List<Tie> ties() {
            return List.of(new Tie(15, -10, 0.5625, 6));
        }
    }

    @Nested
    class OfARamp extends Judged {
        OfARamp() {
            super(new Ramp(Mistake.NONE));
        }
    }

    @Nested
    class OfAShiftedRamp extends ActivationContract {

        @Override
        protected Activation activation() {
            return new Ramp(0.5, Mistake.NONE);
        }
    }

    @Nested
    class OfAFold extends ActivationContract {

        @Override
        protected Activation activation() {
            return new Fold();
        }

        @Override
        protected List<Tie> ties() {
            return List.of(new Tie(3, 0, 1, 1.5));
        }
    }

    static Stream<Arguments> mistakes() {
        return Stream.of(
                noticed(Mistake.DERIVATIVE, ActivationContract::derivativeMatchesFiniteDifferences),
                noticed(Mistake.DERIVATIVE, ActivationContract::smoothnessBoundsHoldAndAreReached),
                noticed(Mistake.PROX, ActivationContract::proxMatchesTheOracleInDouble),
                noticed(Mistake.PROX, ActivationContract::proxIsGoodEnoughInSingle),
                noticed(Mistake.TIE, ActivationContract::proxResolvesTies),
                noticed(Mistake.PREIMAGE, ActivationContract::preimageIsExactlyTheRightSet),
                noticed(Mistake.PREIMAGE_OUT_OF_RANGE, ActivationContract::preimageIsExactlyTheRightSet),
                noticed(Mistake.RANGE, ActivationContract::valuesFillTheRange),
                noticed(Mistake.SMOOTHNESS, ActivationContract::smoothnessBoundsHoldAndAreReached),
                noticed(Mistake.TRAITS, ActivationContract::traitsAreTrue),
                noticed(Mistake.SETTINGS, OperatorChecks::isMadeAgainFromItsValues),
                noticed(Mistake.SETTINGS, OperatorChecks::isMadeAgainFromItsSpecification),
                noticed(Mistake.SETTINGS, OperatorChecks::refusesAValueThatDoesNotFit));
    }

    @ParameterizedTest
    @MethodSource("mistakes")
    void notices(Mistake mistake, Consumer<ActivationContract> test) {
        assertThatThrownBy(() -> test.accept(new Judged(new Ramp(mistake)))).isInstanceOf(AssertionError.class);
    }

    private static Arguments noticed(Mistake mistake, Consumer<ActivationContract> test) {
        return Arguments.of(mistake, test);
    }
}

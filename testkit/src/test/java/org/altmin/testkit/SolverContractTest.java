package org.altmin.testkit;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.altmin.core.network.Network;
import org.altmin.core.network.Problem;
import org.altmin.core.solver.SolverFactory;
import org.altmin.core.solver.SolverState;
import org.altmin.linalg.LinearAlgebra;
import org.altmin.linalg.Precision;
import org.altmin.testkit.reference.Dense;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class SolverContractTest {

    private static class Judged extends SolverContract {

        private final Mistake mistake;

        Judged(Mistake mistake) {
            this.mistake = mistake;
        }

        @Override
        protected SolverFactory factory() {
            return new GradientDescent(mistake);
        }

        @Override
        protected Problem problem(LinearAlgebra la) {
            Network network = new Network(4, List.of(), 3, false);
            return SmallProblems.of(la, network, new Square(Mistake.NONE), new Nothing(), new Nothing(), 20, 5);
        }

        @Override
        protected double referenceObjective(Problem problem, SolverState state) {
            Dense error = Dense.of(state.weights().weight(1)).times(Dense.of(problem.inputs()))
                    .plus(-1, Dense.of(problem.targets()));
            return 0.5 * Arrays.stream(error.values()).map(x -> x * x).sum();
        }
    }

    @Nested
    class OfGradientDescent extends Judged {
        OfGradientDescent() {
            super(Mistake.NONE);
        }
    }

    static Stream<Arguments> mistakes() {
        Precision precision = Precision.FLOAT64;
        return Stream.of(
                noticed(Mistake.INITIAL_WEIGHTS,
                        test -> test.startsFromTheInitialWeightsAndLeavesTheProblemAlone(precision)),
                noticed(Mistake.ALLOCATION, test -> test.allocatesNothingInAStep(precision)),
                noticed(Mistake.ARCHIVE, test -> test.continuesBitForBitFromAnArchive(precision)),
                noticed(Mistake.DETERMINISM, test -> test.repeatsBitForBit(precision)),
                noticed(Mistake.TERMS, test -> test.movesAndReportsIt(precision)),
                noticed(Mistake.SQUARED_STEP, test -> test.movesAndReportsIt(precision)),
                noticed(Mistake.CONSTRAINT, test -> test.keepsConstrainedWeightsInside(precision)),
                noticed(Mistake.DIVISION,
                        test -> test.staysFiniteOnDegenerateData(SolverContract.Degenerate.INPUTS_ZERO)),
                noticed(Mistake.OBJECTIVE, SolverContract::reportsTheObjectiveOfItsState));
    }

    @ParameterizedTest
    @MethodSource("mistakes")
    void notices(Mistake mistake, Consumer<SolverContract> test) {
        assertThatThrownBy(() -> test.accept(new Judged(mistake))).isInstanceOf(AssertionError.class);
    }

    private static Arguments noticed(Mistake mistake, Consumer<SolverContract> test) {
        return Arguments.of(mistake, test);
    }
}

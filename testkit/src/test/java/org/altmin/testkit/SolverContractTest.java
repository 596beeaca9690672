package org.altmin.testkit;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.altmin.core.network.Network;
import org.altmin.core.network.Problem;
import org.altmin.core.operator.Loss;
import org.altmin.core.operator.Regularizer;
import org.altmin.core.operator.TargetEncoding;
import org.altmin.core.solver.SolverFactory;
import org.altmin.core.solver.SolverState;
import org.altmin.linalg.Expr;
import org.altmin.linalg.LinearAlgebra;
import org.altmin.linalg.Precision;
import org.altmin.testkit.reference.Dense;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class SolverContractTest {

    /** The solver has its own loss; this one says how targets are encoded. */
    private record Values() implements Loss {

        @Override
        public String name() {
            return "values";
        }

        @Override
        public String description() {
            return "real values";
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
            return y.plus(weight.times(centre)).dividedBy(weight.plus(1));
        }

        @Override
        public double curvature() {
            return 1;
        }

        @Override
        public TargetEncoding encoding() {
            return TargetEncoding.values();
        }
    }

    private record Nothing() implements Regularizer {

        @Override
        public String name() {
            return "nothing";
        }

        @Override
        public String description() {
            return "0";
        }

        @Override
        public Expr value(Expr x) {
            return Expr.constant(0);
        }

        @Override
        public Expr prox(Expr centre, Expr weight) {
            return centre;
        }

        @Override
        public boolean isZero() {
            return true;
        }
    }

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
            return SmallProblems.of(la, network, new Values(), new Nothing(), new Nothing(), 20, 5);
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
